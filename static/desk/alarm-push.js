/** Alarms on this computer while nobody looks at the desk: is it possible, is it wanted, and turning it on and off. */

import { ApiError, get, remove } from '../shared/api.js';
import { ready, subscribeWith } from '../shared/push.js';

const SCOPE = '/desk/';
const DEVICE = 'openpatrol-desk-device'; // {id, person}: what is told belongs to who turned it on

/** unsupported, blocked, off or on, for this person. */
export function alarmPush(personId) {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && device()?.person === personId ? 'on' : 'off';
}

/** In a click, or the browser refuses to ask. */
export async function turnOn(personId) {
  if ((await Notification.requestPermission()) === 'granted') await subscribe(personId);
}

/** Subscriptions end silently: where it is on, it is made sure of at every start. */
export async function makeSure(personId) {
  if (alarmPush(personId) === 'on') await subscribe(personId);
}

export async function turnOff() {
  const known = device();
  localStorage.removeItem(DEVICE);
  if (known) await remove(`/devices/${known.id}`).catch(unlessGone);
}

/** Somebody is on it, or it is over: what lies on this screen about it is taken away. */
export async function takeAway(alertId) {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
  for (const message of (await registration?.getNotifications?.({ tag: `alert-${alertId}` })) ?? []) message.close();
}

async function subscribe(personId) {
  await navigator.serviceWorker.register('/desk/sw.js', { scope: SCOPE });
  const { key } = await get('/push');
  const { id } = await subscribeWith(await ready(), key);
  localStorage.setItem(DEVICE, JSON.stringify({ id, person: personId }));
}

function device() {
  return JSON.parse(localStorage.getItem(DEVICE) ?? 'null');
}

function unlessGone(error) {
  if (!(error instanceof ApiError) || error.status !== 404) throw error;
}
