/*
 * Keeps the app's shell, so that it opens without a network; shows what is pushed, and opens the task.
 *
 * SHELL stands in front of this file: the shell's version, its page, and how the SHA-256 of each file begins: of the
 * `first`, without which it does not open, and of the `rest`, which follows once somebody has signed in. All that is
 * kept is of one version, and nothing of the API is ever kept here: what is an officer's own lies encrypted in the
 * page's database.
 */

const API = '/api/v1';
const PAGE = '/patrol/';
const FAMILY = 'openpatrol-shell-';
const CACHE = FAMILY + SHELL.version;
const WORDS = 'openpatrol-words'; // what the page left for this worker to say, in the language of its officer
const ANY = { ignoreVary: true }; // however it was compressed on its way

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => answer(event));
self.addEventListener('message', (event) => asked(event));
self.addEventListener('sync', (event) => event.waitUntil(tellPages({ send: true })));
self.addEventListener('push', (event) => event.waitUntil(pushed(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(tapped(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

/** By the page: take over from an older version, keep the rest too, keep words, or say which version this is, and is it whole. */
function asked(event) {
  const { data, ports } = event;
  if (data === 'take-over') self.skipWaiting();
  if (data === 'keep-rest') event.waitUntil(keep(SHELL.rest).catch(() => {}));
  if (data?.words) event.waitUntil(keepWords(data.words));
  if (data === 'version') event.waitUntil(isWhole().then((whole) => ports[0].postMessage({ version: SHELL.version, whole })));
}

/** Whoever could work without a network can do so with the next version: it waits until it is whole. */
async function install() {
  const older = (await caches.keys()).some((name) => name.startsWith(FAMILY) && name !== CACHE);
  await keep(older ? { ...SHELL.first, ...SHELL.rest } : SHELL.first);
}

async function isWhole() {
  const cache = await caches.open(CACHE);
  const missing = await Promise.all(Object.keys(SHELL.rest).map(async (address) => !(await cache.match(address, ANY))));
  return !missing.includes(true);
}

/** Every one of these files, as this version has it: what another version left in between is refused. */
async function keep(files) {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(files).map(async ([address, sha256]) => {
    if (await cache.match(address, ANY)) return;
    await cache.put(address, await fetched(address, sha256));
  }));
}

/** From what the browser has just loaded for the page, if that is it; else anew. */
async function fetched(address, sha256) {
  for (const cache of ['force-cache', 'reload']) {
    const response = await fetch(address, { cache });
    if (response.ok && (await sumOf(response.clone())).startsWith(sha256)) return response;
  }
  throw new Error(`${address} can't be had in this version`);
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
  if (address in SHELL.first || address in SHELL.rest) event.respondWith(kept(address, request));
}

/** A file that is not kept yet is had in this version or not at all: after a deploy the server has the next one. */
async function kept(address, request) {
  const cache = await caches.open(CACHE);
  const sha256 = address === PAGE ? null : (SHELL.first[address] ?? SHELL.rest[address]);
  return (await cache.match(address, ANY)) ?? (sha256 ? fetched(address, sha256) : fetch(request));
}

/** Always shows something: a push without a notification costs the subscription. */
async function pushed(data) {
  const { notification, app_badge: badge } = read(data) ?? (await fallback());
  const { title, body, tag, navigate, data: said = {} } = notification;
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: Boolean(tag) && !['task.changed', 'alert.seen'].includes(said.kind),
    icon: '/patrol/icon-192.png',
    data: { ...said, navigate, shown: Date.now() }, // not every browser tells a message's own time
  });
  await Promise.allSettled([setBadge(badge), confirm(said.notification), tellPages({ told: said.kind ?? null })]);
}

/** What the message says; null of one that says nothing that can be shown. */
function read(data) {
  try {
    const message = data.json();
    return message?.notification?.title ? message : null;
  } catch {
    return null;
  }
}

async function fallback() {
  const words = await keptWords().catch(() => null);
  return { notification: { title: 'OpenPatrol', body: '', ...words, navigate: PAGE } };
}

async function keptWords() {
  const kept = await (await caches.open(WORDS)).match(PAGE);
  return kept?.json();
}

async function keepWords(words) {
  await (await caches.open(WORDS)).put(PAGE, new Response(JSON.stringify(words)));
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
