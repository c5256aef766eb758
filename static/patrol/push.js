/** Messages to this phone: is it possible, is it allowed, and subscribing to them. */

import { post } from '../shared/api.js';
import { bytesOf } from './bytes.js';
import { messagesShown } from './messages.js';

const LIMIT = 10_000;
const DEVICE = 'openpatrol-device';

/** What can be done about messages here: unsupported, install, blocked, off or on. */
export async function pushState() {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) {
    return needsInstalling() ? 'install' : 'unsupported';
  }
  if (Notification.permission === 'denied') return 'blocked';
  if (Notification.permission === 'default') return 'off';
  return localStorage.getItem(DEVICE) ? 'on' : 'off';
}

/** iPhones and iPads give messages only to an app on the home screen. */
function needsInstalling() {
  const apple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
  return apple && navigator.standalone !== true;
}

/** Ask (in a tap, or the browser refuses) and subscribe. The answer is the new state. */
export async function allow(pushKey) {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  await subscribe(pushKey);
  return pushState();
}

/** Where messages were allowed: see that they come. */
export async function renew(pushKey) {
  if (window.Notification?.permission === 'granted' && navigator.serviceWorker) await subscribe(pushKey);
}

/** Subscribe, or renew what is there, and tell the server. Subscriptions end silently, so at every start. */
export async function subscribe(pushKey) {
  const registration = await within(LIMIT, navigator.serviceWorker.ready);
  const key = bytesOf(pushKey);
  const known = await registration.pushManager.getSubscription();
  if (known && !sameKey(known.options.applicationServerKey, key)) await known.unsubscribe();
  const subscription = await subscribed(registration, key);
  let device = await tell(subscription);
  if (device.state !== 'active') { // the push service has given it up, and the browser does not know
    await subscription.unsubscribe();
    device = await tell(await subscribed(registration, key));
  }
  localStorage.setItem(DEVICE, device.id);
}

function subscribed(registration, key) {
  return within(LIMIT, registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return post('/devices', { endpoint, keys });
}

export function sendTest() {
  return post(`/devices/${localStorage.getItem(DEVICE)}/test`);
}

/** Whoever had the phone has gone: their messages leave its screen. That no more come is the server's doing. */
export async function forgetMessages() {
  localStorage.removeItem(DEVICE);
  for (const message of await messagesShown()) message.close();
  await navigator.clearAppBadge?.().catch(() => {});
}

/** The promise's value, or an error after so many milliseconds: without a network subscribing never ends. */
export function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The push service of this browser did not answer.')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function sameKey(buffer, bytes) {
  const known = new Uint8Array(buffer ?? []);
  return known.length === bytes.length && known.every((byte, index) => byte === bytes[index]);
}
