/*
 * Shows what is pushed and opens the task. It keeps no copies of pages: an old page that speaks to a newer
 * server does more harm than none, until the phone can work without a network as a whole.
 */

const API = '/api/v1';
const PAGE = '/patrol/';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(pushed(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(tapped(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

/** Always shows something: a push without a notification costs the subscription. */
async function pushed(data) {
  const { notification, app_badge: badge } = read(data);
  const { title, body, tag, navigate, data: said = {} } = notification;
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: Boolean(tag) && said.kind !== 'task.changed',
    icon: '/patrol/icon-192.png',
    data: { ...said, navigate },
  });
  await Promise.allSettled([setBadge(badge), confirm(said.notification), tellPages({ open: said.task ?? null })]);
}

function read(data) {
  const fallback = { notification: { title: 'Something has changed', body: 'Open the page to see it.', navigate: PAGE } };
  try {
    const message = data.json();
    return message?.notification?.title ? message : fallback;
  } catch {
    return fallback;
  }
}

async function setBadge(count) {
  const number = Number(count);
  if (!navigator.setAppBadge || Number.isNaN(number)) return;
  await (number > 0 ? navigator.setAppBadge(number) : navigator.clearAppBadge());
}

/** The only proof for the server that the message reached someone. */
async function confirm(id) {
  if (id) await send(`/notifications/${encodeURIComponent(id)}/receipt`, {});
}

async function tapped(notification) {
  notification.close();
  const { task = null, navigate = PAGE } = notification.data ?? {};
  const page = (await pages())[0];
  if (!page) return self.clients.openWindow(ownAddress(navigate));
  page.postMessage({ open: task });
  return page.focus();
}

/** Only ever a page of ours, whatever the message says. */
function ownAddress(navigate) {
  const url = new URL(navigate, self.location.origin);
  return url.origin === self.location.origin ? url.href : PAGE;
}

async function tellPages(message) {
  (await pages()).forEach((page) => page.postMessage(message));
}

async function pages() {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter((client) => new URL(client.url).pathname.startsWith(PAGE));
}

async function renew({ oldSubscription, newSubscription }) {
  const subscription = newSubscription ?? (await subscribe(oldSubscription?.options?.applicationServerKey));
  const { endpoint, keys } = subscription.toJSON();
  await send('/devices', { endpoint, keys });
}

async function subscribe(knownKey) {
  const key = knownKey ?? (await (await fetch(`${API}/push`, { credentials: 'same-origin' })).json()).key;
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function send(path, body) {
  return fetch(API + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
