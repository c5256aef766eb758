/** The service worker: it keeps the app on the phone, and a newer one waits until its officer has a moment. */

import { say } from '../shared/say.js';

const WORKER = '/sw.js';
const LOOK_AGAIN = 60 * 60 * 1000;

/** Register it; `line` offers a newer version while the officer is not `busy`. */
export async function keepShell(line, busy) {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(WORKER, { scope: '/patrol/', updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  const offer = () => registration.waiting && navigator.serviceWorker.controller && line.offer(() => takeOver(registration), busy);
  offer();
  registration.addEventListener('updatefound', () => registration.installing.addEventListener('statechange', offer));
  document.addEventListener('visibilitychange', () => !document.hidden && isOld() && look(registration));
}

/** Somebody works with this phone: from now on every screen is to open without a network. */
export async function keepRest() {
  const registration = await navigator.serviceWorker?.ready;
  registration?.active.postMessage('keep-rest');
}

/** What the worker says by itself, in the language of the page: it has no catalogue. */
export async function lendWords() {
  const registration = await navigator.serviceWorker?.ready;
  registration?.active.postMessage({ words: { title: say('push-unread'), body: say('push-unread-body') } });
}

/** { version, whole }: which version the phone keeps, and whether all of it; null where it keeps none. */
export function askShell() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage('version', [port2]);
    setTimeout(() => resolve(null), 2_000);
  });
}

let looked = Date.now();

function isOld() {
  return Date.now() - looked > LOOK_AGAIN;
}

function look(registration) {
  looked = Date.now();
  registration.update().catch(() => {});
}

function takeOver(registration) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage('take-over');
}
