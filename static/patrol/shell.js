/** The service worker: it keeps the app on the phone, and a newer one waits until its officer has a moment. */

import { say } from '../shared/say.js';
import { whileSeen } from '../shared/while-seen.js';

const WORKER = '/sw.js';
const LOOK_AGAIN = 60 * 60 * 1000;
const ASK_AGAIN = 15_000;

/**
 * Register it; `line` offers a newer version while the officer is not `busy`. Whichever window takes it up, each that is
 * open is loaded anew: an old page would fetch the parts of the new one.
 */
export async function keepShell(line, busy) {
  if (!navigator.serviceWorker) return;
  follow(busy);
  const registration = await navigator.serviceWorker.register(WORKER, { scope: '/patrol/', updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  const offer = () => registration.waiting && navigator.serviceWorker.controller && whenFree(busy, () => line.offer(() => takeOver(registration)));
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

let asked = false; // in this window

function takeOver(registration) {
  asked = true;
  if (registration.waiting) registration.waiting.postMessage('take-over');
  else location.reload(); // another window was faster
}

/** The first worker of a page that had none changes nothing of it. */
function follow(busy) {
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) whenFree(() => !asked && busy(), () => location.reload());
    controlled = true;
  });
}

/** `run` once, as soon as the officer is not in the middle of something. */
function whenFree(busy, run) {
  const free = new AbortController();
  const look = () => {
    if (busy() || free.signal.aborted) return;
    free.abort();
    run();
  };
  whileSeen(ASK_AGAIN, look, free.signal);
  look();
}
