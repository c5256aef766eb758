/** A browser's subscription to messages, and that the server knows of it. */

import { post } from './api.js';
import { bytesOf } from './bytes.js';

const LIMIT = 10_000;

/**
 * Subscribe by this service worker's registration, or renew what is there, and tell the server. The answer is the
 * device as the server knows it.
 */
export async function subscribeWith(registration, pushKey) {
  const key = bytesOf(pushKey);
  const known = await registration.pushManager.getSubscription();
  if (known && !sameKey(known.options.applicationServerKey, key)) await known.unsubscribe();
  const subscription = await subscribed(registration, key);
  const device = await tell(subscription);
  if (device.state === 'active') return device;
  await subscription.unsubscribe(); // the push service has given it up, and the browser does not know
  return tell(await subscribed(registration, key));
}

/** The service worker that serves this page, once there is one. */
export function ready() {
  return within(LIMIT, navigator.serviceWorker.ready);
}

function subscribed(registration, key) {
  return within(LIMIT, registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return post('/devices', { endpoint, keys });
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
