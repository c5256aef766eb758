import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const SOURCE = readFileSync(new URL('../../static/patrol/sw.js', import.meta.url), 'utf8');
const APP = 'export {};';
const SUM = createHash('sha256').update(APP).digest('hex');
const ORIGIN = 'https://patrol.example';

/** The worker in a scope of its own; `happen` runs an event to its end. */
function makeWorker({ windows = [], answer = async () => ({ ok: true }), version = 'two', caches = makeCaches() } = {}) {
  const listeners = {};
  const said = { shown: [], sent: [], opened: [], badges: [] };
  const self = {
    addEventListener: (type, listener) => { listeners[type] = listener; },
    location: { origin: ORIGIN },
    skipWaiting() { said.tookOver = true; },
    clients: {
      claim: async () => {},
      matchAll: async () => windows,
      openWindow: async (url) => said.opened.push(url),
    },
    registration: { showNotification: async (title, options) => said.shown.push({ title, ...options }) },
  };
  const navigator = { setAppBadge: async (count) => said.badges.push(count), clearAppBadge: async () => said.badges.push(0) };
  const fetch = (url, options) => { said.sent.push([url, options]); return answer(options); };
  const SHELL = { version, page: '/patrol/', first: { '/patrol/': SUM, '/patrol/app.js': SUM }, rest: { '/patrol/map.js': SUM } };
  vm.runInNewContext(SOURCE, { SHELL, self, navigator, fetch, caches, crypto, URL, Promise, Response, Uint8Array });
  const happen = async (type, event) => {
    let done;
    const wait = (promise) => { done = promise; };
    listeners[type]({ ...event, waitUntil: wait, respondWith: wait });
    return done;
  };
  return { happen, said, caches };
}

/** The browser's caches, as far as the worker uses them. */
function makeCaches(...names) {
  const all = new Map(names.map((name) => [name, new Map()]));
  return {
    keys: async () => [...all.keys()],
    delete: async (name) => all.delete(name),
    open: async (name) => {
      if (!all.has(name)) all.set(name, new Map());
      const kept = all.get(name);
      return { put: async (address, response) => kept.set(address, response), match: async (address) => kept.get(address) };
    },
  };
}

const file = async () => new Response(APP);
const asked = (path, more = {}) => ({ request: { method: 'GET', mode: 'cors', url: ORIGIN + path, ...more } });

test('the shell is kept whole, and then opens without a network', async () => {
  let away = false;
  const { happen } = makeWorker({ answer: async () => { if (away) throw new TypeError('no network'); return file(); } });
  await happen('install', {});
  away = true;
  assert.equal(await (await happen('fetch', asked('/patrol/app.js'))).text(), APP);
  const page = await happen('fetch', asked('/patrol/?task=t', { mode: 'navigate' }));
  assert.equal(await page.text(), APP);
});

test('a file of another version, or one that is missing, spoils the installation', async () => {
  for (const answer of [async () => new Response('of tomorrow'), async () => new Response('', { status: 404 })]) {
    await assert.rejects(makeWorker({ answer }).happen('install', {}));
  }
});

test('the rest follows when somebody works with the phone, and says when all of it is there', async () => {
  const { happen } = makeWorker({ answer: file });
  await happen('install', {});
  const told = async () => {
    let said;
    await happen('message', { data: 'version', ports: [{ postMessage: (answer) => { said = answer; } }] });
    return { ...said };
  };
  assert.deepEqual(await told(), { version: 'two', whole: false });
  await happen('message', { data: 'keep-rest' });
  assert.deepEqual(await told(), { version: 'two', whole: true });
});

test('a part that is not kept yet comes in this version or not at all', async () => {
  let served = APP;
  const { happen } = makeWorker({ answer: async () => new Response(served) });
  await happen('install', {});
  assert.equal(await (await happen('fetch', asked('/patrol/map.js'))).text(), APP);
  served = 'of tomorrow';
  await assert.rejects(happen('fetch', asked('/patrol/map.js')));
});

test('what the browser has just loaded is not loaded again, unless it is of another version', async () => {
  const asked = [];
  const { happen } = makeWorker({
    answer: async ({ cache }) => { asked.push(cache); return new Response(cache === 'reload' ? APP : 'of yesterday'); },
  });
  await happen('install', {});
  assert.deepEqual(asked.sort(), ['force-cache', 'force-cache', 'reload', 'reload']);
});

test('a phone that could work without a network waits for all of the next version', async () => {
  const { happen, caches } = makeWorker({ answer: file, caches: makeCaches('openpatrol-shell-one') });
  await happen('install', {});
  assert.ok(await (await caches.open('openpatrol-shell-two')).match('/patrol/map.js'));
});

test('a new version puts the old one away when it takes over, and nothing that is not its own', async () => {
  const caches = makeCaches('openpatrol-shell-one', 'of-another-app');
  const { happen } = makeWorker({ answer: file, caches });
  await happen('install', {});
  assert.deepEqual(await caches.keys(), ['openpatrol-shell-one', 'of-another-app', 'openpatrol-shell-two']);
  await happen('activate', {});
  assert.deepEqual(await caches.keys(), ['of-another-app', 'openpatrol-shell-two']);
});

test('a new version waits until it is told to take over', async () => {
  const { happen, said } = makeWorker({ answer: file });
  await happen('install', {});
  assert.equal(said.tookOver, undefined);
  await happen('message', { data: 'take-over' });
  assert.equal(said.tookOver, true);
});

test('the API, other sites and writes are never answered from what is kept', async () => {
  const { happen } = makeWorker({ answer: file });
  await happen('install', {});
  assert.equal(await happen('fetch', asked('/api/v1/me')), undefined);
  assert.equal(await happen('fetch', asked('/patrol/app.js', { method: 'POST' })), undefined);
  assert.equal(await happen('fetch', { request: { method: 'GET', mode: 'cors', url: 'https://elsewhere.example/patrol/app.js' } }), undefined);
});

const message = (notification, badge = '1') => ({
  data: { json: () => ({ web_push: 8030, notification, app_badge: badge }) },
});

test('a push is shown, counted and receipted', async () => {
  const { happen, said } = makeWorker();
  await happen('push', message({
    title: 'Judd Street, bay 14', body: '47 min over', navigate: '/patrol/?task=t', tag: 'task-t',
    data: { kind: 'task.offered', task: 't', notification: 'n' },
  }, '2'));
  assert.equal(said.shown[0].title, 'Judd Street, bay 14');
  assert.equal(said.shown[0].tag, 'task-t');
  assert.equal(said.shown[0].renotify, true);
  assert.deepEqual(said.badges, [2]);
  assert.equal(said.sent[0][0], '/api/v1/notifications/n/receipt');
  assert.equal(said.sent[0][1].method, 'POST');
});

test('whatever comes in, something is shown', async () => {
  for (const data of [null, { json: () => null }, { json: () => ({}) }, { json() { throw new SyntaxError('no'); } }]) {
    const { happen, said } = makeWorker();
    await happen('push', { data });
    assert.equal(said.shown.length, 1);
    assert.equal(said.shown[0].title, 'OpenPatrol');
  }
});

test('a message that says nothing is shown in the words that the page left, also by a later worker', async () => {
  const { happen, caches } = makeWorker();
  await happen('message', { data: { words: { title: 'Mae rhywbeth wedi newid', body: 'Agorwch y dudalen.' } } });
  const later = makeWorker({ caches, version: 'three' });
  await later.happen('activate', {});
  await later.happen('push', { data: null });
  assert.equal(later.said.shown[0].title, 'Mae rhywbeth wedi newid');
});

test('a browser that gives the worker no cache still shows something', async () => {
  const { happen, said } = makeWorker({ caches: { open: async () => { throw new DOMException('no'); } } });
  await happen('push', { data: null });
  assert.equal(said.shown[0].title, 'OpenPatrol');
});

test('a receipt that gets lost loses nothing else', async () => {
  const { happen, said } = makeWorker({ answer: async () => { throw new TypeError('no network'); } });
  await happen('push', message({ title: 'A', data: { notification: 'n' } }));
  assert.equal(said.shown.length, 1);
});

test('news that can wait replaces the old silently', async () => {
  const { happen, said } = makeWorker();
  await happen('push', message({ title: 'The car may have left', tag: 'task-t', data: { kind: 'task.changed' } }));
  assert.equal(said.shown[0].renotify, false);
});

test('a tap goes to the page that is open', async () => {
  const told = [];
  const page = { url: `${ORIGIN}/patrol/`, postMessage: (said) => told.push(said.tapped), focus: async () => told.push('focus') };
  const { happen, said } = makeWorker({ windows: [{ url: `${ORIGIN}/desk/` }, page] });
  await happen('notificationclick', { notification: { close() {}, data: { task: 't', navigate: '/patrol/?task=t' } } });
  assert.deepEqual(told, ['t', 'focus']);
  assert.deepEqual(said.opened, []);
});

test('without an open page the tap opens the task, and never a page that is not ours', async () => {
  const { happen, said } = makeWorker();
  const tap = (navigate) => happen('notificationclick', { notification: { close() {}, data: { navigate } } });
  await tap('/patrol/?task=t');
  await tap('https://elsewhere.example/');
  assert.deepEqual(said.opened, [`${ORIGIN}/patrol/?task=t`, '/patrol/']);
});
