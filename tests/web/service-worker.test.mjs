import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';

const SOURCE = readFileSync(new URL('../../static/patrol/sw.js', import.meta.url), 'utf8');
const ORIGIN = 'https://patrol.example';

/** The worker in a scope of its own; `happen` runs an event to its end. */
function makeWorker({ windows = [], answer = async () => ({ ok: true }) } = {}) {
  const listeners = {};
  const said = { shown: [], sent: [], opened: [], badges: [] };
  const self = {
    addEventListener: (type, listener) => { listeners[type] = listener; },
    location: { origin: ORIGIN },
    skipWaiting() {},
    clients: {
      claim: async () => {},
      matchAll: async () => windows,
      openWindow: async (url) => said.opened.push(url),
    },
    registration: { showNotification: async (title, options) => said.shown.push({ title, ...options }) },
  };
  const navigator = { setAppBadge: async (count) => said.badges.push(count), clearAppBadge: async () => said.badges.push(0) };
  const fetch = (url, options) => { said.sent.push([url, options]); return answer(); };
  vm.runInNewContext(SOURCE, { self, navigator, fetch, URL, Promise });
  const happen = async (type, event) => {
    let done;
    listeners[type]({ ...event, waitUntil: (promise) => { done = promise; } });
    await done;
  };
  return { happen, said };
}

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
    assert.equal(said.shown[0].title, 'Something has changed');
  }
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
  const page = { url: `${ORIGIN}/patrol/`, postMessage: (said) => told.push(said.open), focus: async () => told.push('focus') };
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
