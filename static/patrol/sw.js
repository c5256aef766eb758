/*
 * Keeps the app's shell, so that it opens without a network; shows what is pushed, and opens the task.
 *
 * SHELL stands in front of this file: the shell's version, its page, and the SHA-256 of each file. A version is
 * kept whole or not at all, and nothing of the API is ever kept here: what is an officer's own lies encrypted in
 * the page's database.
 */

const API = '/api/v1';
const PAGE = '/patrol/';
const FAMILY = 'openpatrol-shell-';
const CACHE = FAMILY + SHELL.version;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => answer(event));
self.addEventListener('message', (event) => asked(event));
self.addEventListener('sync', (event) => event.waitUntil(tellPages({ send: true })));
self.addEventListener('push', (event) => event.waitUntil(pushed(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(tapped(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

/** By the page: take over from an older version, or say which one this is. */
function asked({ data, ports }) {
  if (data === 'take-over') self.skipWaiting();
  if (data === 'version') ports[0].postMessage(SHELL.version);
}

/** Every file of this version, or none: what another version left in between is refused. */
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(SHELL.files).map(async ([address, sha256]) => {
    const response = await fetch(address, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    if ((await sumOf(response.clone())) !== sha256) throw new Error(`${address} is of another version`);
    await cache.put(address, response);
  }));
}

async function sumOf(response) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The shell from what is kept, in one version; all else is the network's. */
function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const address = request.mode === 'navigate' && pathname === PAGE ? PAGE : pathname;
  if (address in SHELL.files) event.respondWith(kept(address, request));
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address, { ignoreVary: true })) ?? fetch(request);
}

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
  await Promise.allSettled([setBadge(badge), confirm(said.notification), tellPages({ told: said.kind ?? null })]);
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
  page.postMessage({ tapped: task });
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
