/** What was recorded by a wrong clock, between the sign-in and the server's first word. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import { setOffset } from '../../static/shared/clock.js';
import { openDatabase } from '../../static/patrol/store/database.js';

setMaxListeners(50); // to one signal a hand listens, on all that is at it
const OLU = { id: 'olu', name: 'Olu', role: 'officer' };
const HOUR = 3_600_000;
const names = ['document', 'navigator', 'window', 'localStorage', 'fetch', 'addEventListener'];
const real = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
let count = 0;
let hands = [];

beforeEach(() => {
  const kept = new Map();
  const localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) };
  const document = Object.assign(new EventTarget(), { hidden: false });
  for (const [name, value] of Object.entries({ document, navigator: {}, window: {}, localStorage, addEventListener() {} })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
});

afterEach(() => {
  hands.forEach((hand) => hand.stop());
  hands = [];
  names.forEach((name, index) => (real[index] ? Object.defineProperty(globalThis, name, real[index]) : delete globalThis[name]));
});

const meAt = (now) => ({
  now: new Date(now).toISOString(), person: OLU, authority: { time_zone: 'Europe/London' }, shift: null, push_key: '',
});

/** A server whose clock is an hour behind this phone's; it has no `me` to tell while `mute`. */
function makeServer() {
  const server = { posted: [], mute: false };
  const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  globalThis.fetch = async (path, { method, body, signal }) => {
    if (path.includes('/live')) return new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason)); });
    if (path.includes('/vault')) return json({ key: Buffer.alloc(32, 7).toString('base64url') });
    if (path.endsWith('/me')) return server.mute ? json({}, 503) : json(meAt(Date.now() - HOUR));
    if (method === 'POST') server.posted.push({ path, ...JSON.parse(body) });
    return json({ items: [] });
  };
  return server;
}

/** An officer's hand on a phone that has not heard the server, with one look that was recorded so; not started yet. */
async function makeHand() {
  const { Session } = await import('../../static/patrol/session.js');
  const { Hand } = await import('../../static/patrol/hand.js');
  const session = new Session(await openDatabase(`hand${count += 1}`));
  setOffset(0, 'Europe/London');
  const own = await session.begin(OLU, await session.askKey());
  const told = [];
  const hand = new Hand(own, { session, notice: { say: (words) => told.push(words) } });
  hands.push(hand);
  const at = new Date().toISOString();
  const look = (options) => own.outbox.add({ kind: 'sighting', task: 't', path: '/tasks/t/sightings', unsure: true, body: { recorded_at: at } }, options);
  return { hand, told, look };
}

const anHourBack = ({ recorded_at: at }) => Math.abs(Date.now() - HOUR - Date.parse(at)) < 60_000;

test('who signs in on a phone with a wrong clock is told so, and what waited goes with the right time', async () => {
  const server = makeServer();
  const { hand, told, look } = await makeHand();
  await look();
  await hand.start({ me: meAt(Date.now() - HOUR), tasks: [], outcomes: [{ value: 'x' }] });
  assert.equal(await hand.send(), true);
  assert.deepEqual(server.posted.map(({ path }) => path), ['/api/v1/tasks/t/sightings']);
  assert.ok(server.posted.every(anHourBack), JSON.stringify(server.posted));
  assert.equal(told.length, 1);
});

test('a phone that is put into a pocket sends nothing by a clock that nobody has confirmed', async () => {
  const server = makeServer();
  server.mute = true;
  const { hand, look } = await makeHand();
  await hand.start();
  await look({ undoFor: 8_000 });
  assert.equal(await hand.send({ all: true }), false);
  for (let nth = 0; nth < 10; nth += 1) await hand.outbox.load(); // time enough for what would go
  assert.deepEqual(server.posted, []);
  server.mute = false;
  assert.equal(await hand.send({ all: true }), true);
  assert.equal(server.posted.length, 1);
  assert.ok(anHourBack(server.posted[0]));
});
