/*
 * Shows alarms where nobody sees the desk. It keeps nothing: the desk without a network would be a desk that lies.
 */

const API = '/api/v1';
const PAGE = '/desk/';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => event.waitUntil(pushed(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(clicked(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

/** Always shows something: a push without a notification costs the subscription. */
async function pushed(data) {
  const { title, body, tag, navigate = PAGE, data: said = {} } = read(data);
  const seen = said.kind === 'alert.seen'; // it takes the alarm's place, and asks for nobody
  await self.registration.showNotification(title, {
    body, tag, renotify: Boolean(tag) && !seen, silent: seen, requireInteraction: !seen, icon: '/patrol/icon-192.png', data: { navigate },
  });
  if (said.notification) await send(`/notifications/${encodeURIComponent(said.notification)}/receipt`, {}).catch(() => {});
}

function read(data) {
  try {
    const { notification } = data.json();
    if (notification.title) return notification;
  } catch {
    // it says nothing that can be shown
  }
  return { title: 'OpenPatrol', body: 'Open the desk to see what needs you.' };
}

/** To the desk that is open, or a new one. */
async function clicked(notification) {
  notification.close();
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const desk = pages.find((page) => new URL(page.url).pathname.startsWith(PAGE));
  return desk ? desk.focus() : self.clients.openWindow(ownAddress(notification.data?.navigate ?? PAGE));
}

/** Only ever a page of ours, whatever the message says. */
function ownAddress(navigate) {
  const url = new URL(navigate, self.location.origin);
  return url.origin === self.location.origin ? url.href : PAGE;
}

async function renew({ oldSubscription, newSubscription }) {
  const key = oldSubscription?.options?.applicationServerKey;
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys } = subscription.toJSON();
  await send('/devices', { endpoint, keys });
}

function send(path, body) {
  return fetch(API + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
