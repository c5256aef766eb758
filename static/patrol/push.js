/** Messages to this phone: is it possible, is it allowed, and subscribing to them. */

import { post } from '../shared/api.js';
import { ready, subscribeWith } from '../shared/push.js';
import { messagesShown } from './messages.js';

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
  const device = await subscribeWith(await ready(), pushKey);
  localStorage.setItem(DEVICE, device.id);
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
