/** Whose phone it is: what stays when an officer goes, and what the next one can do with it. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { speakFor } from '../../static/shared/api.js';
import { Session } from '../../static/patrol/session.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { WRONG_PINS } from '../../static/patrol/store/vault.js';

const OLU = { id: 'olu', name: 'Olu' };
const ADA = { id: 'ada', name: 'Ada' };
const realFetch = globalThis.fetch;
let count = 0;
let opened = [];

beforeEach(() => {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name),
  };
});

afterEach(() => {
  opened.forEach((own) => own.outbox.close());
  opened = [];
  globalThis.fetch = realFetch;
  speakFor(null);
  delete globalThis.localStorage;
});

/** A phone, and a server that knows who is signed in: each has a key of their own. */
async function makePhone() {
  const database = await openDatabase(`session${count += 1}`);
  const session = new Session(database);
  const server = { who: OLU, away: false, told: [] };
  globalThis.fetch = async (url, { method, headers }) => {
    if (server.away) throw new TypeError('no network');
    if ((headers['OpenPatrol-Person'] ?? server.who.id) !== server.who.id) return new Response('{}', { status: 401 });
    server.told.push(`${method} ${url}`);
    const key = Buffer.alloc(32, server.who.id).toString('base64url');
    return new Response(JSON.stringify({ key }), { status: 200 });
  };
  const begin = async (who) => {
    server.who = who;
    session.reopen();
    const own = await session.begin(who, await session.askKey());
    opened.push(own);
    await own.outbox.load();
    return own;
  };
  return { database, session, server, begin };
}

const look = { kind: 'sighting', task: 't', path: '/tasks/t/sightings', body: { plate: 'AB12CDE' } };

test('what is unsent outlives the sign-out and the next officer, who can neither see nor send it', async () => {
  const { database, session, server, begin } = await makePhone();
  const own = await begin(OLU);
  await own.outbox.add(look);
  await own.photos.keep('look', 'abc', new Uint8Array([1, 2, 3]).buffer);
  await own.kept.draft('sighting u').save({ plate: 'XY34' });
  await session.signOut(own);
  assert.deepEqual(await database.getAll('keys'), []);
  assert.equal(session.last, null);
  assert.equal(await session.ofOthers(), 1);

  const hers = await begin(ADA);
  assert.deepEqual(hers.outbox.steps, []);
  assert.equal(hers.outbox.unreadable, 0);
  server.told = [];
  await hers.outbox.drain();
  assert.deepEqual(server.told, []);
  await session.signOut(hers);

  const again = await begin(OLU);
  assert.deepEqual(again.outbox.steps.map(({ body }) => body.plate), ['AB12CDE']);
  assert.deepEqual([...new Uint8Array(await again.photos.get('look', 'abc'))], [1, 2, 3]);
  assert.deepEqual(await again.kept.draft('sighting u').load(), { plate: 'XY34' });
});

test('a sign-out that the server does not hear of changes nothing, until its officer insists', async () => {
  const { database, session, server, begin } = await makePhone();
  const own = await begin(OLU);
  server.away = true;
  assert.equal(await session.signOut(own), false);
  assert.equal(session.isShut, false);
  assert.equal(await session.state(), 'open');
  await session.leave(own);
  assert.deepEqual(await database.getAll('keys'), []);
  assert.equal(session.isShut, true);
});

test('a sign-in that has ended on the phone ends at the server as soon as there is a network', async () => {
  const { session, server, begin } = await makePhone();
  await session.leave(await begin(OLU), (server.away = true));
  await session.tellEnd();
  assert.equal(session.isShut, true);
  server.away = false;
  server.told = [];
  await session.tellEnd();
  assert.deepEqual(server.told, ['POST /api/v1/sign-out']);
  assert.equal(session.isShut, false);
  await session.tellEnd();
  assert.equal(server.told.length, 1);
});

test('a sign-out that is told late ends nobody else’s sign-in', async () => {
  const { session, server, begin } = await makePhone();
  const own = await begin(OLU);
  server.away = true;
  await session.leave(own);
  Object.assign(server, { away: false, who: ADA, told: [] });
  await session.tellEnd();
  assert.deepEqual(server.told, []);
  assert.equal(session.isShut, false);
});

test('who signs out after somebody else signed in here leaves them theirs', async () => {
  const { session, server, begin } = await makePhone();
  const own = await begin(OLU);
  Object.assign(server, { who: ADA, told: [] });
  assert.equal(await session.signOut(own), true);
  assert.deepEqual([session.isShut, session.last, server.told], [false, null, []]);
});

test('a new PIN never keeps the key of whoever has signed in on another page', async () => {
  const { session, server, begin } = await makePhone();
  const own = await begin(OLU);
  await own.outbox.add(look);
  server.who = ADA;
  await assert.rejects(session.setPin('2468'), { name: 'ApiError', status: 401 });
  assert.equal(await session.state(), 'open');
  const again = await session.resume();
  opened.push(again);
  await again.outbox.load();
  assert.equal(again.outbox.unreadable, 0);
});

test('an officer who has to go takes away the own key, and not that of who has come on another page', async () => {
  const { database, session, server, begin } = await makePhone();
  const own = await begin(OLU);
  server.who = ADA;
  const other = new Session(database);
  speakFor(null);
  opened.push(await other.begin(ADA, await other.askKey()));
  await session.forget(own);
  assert.deepEqual((await database.getAll('keys')).map(({ person }) => person), ['ada']);
  assert.deepEqual(session.last, ADA);
});

test('behind a PIN nothing lies open; too many wrong ones shut the phone, and its work waits for the password', async () => {
  const { database, session, server, begin } = await makePhone();
  const own = await begin(OLU);
  await session.setPin('2468');
  server.told = [];
  await own.outbox.add(look);
  assert.equal(await session.state(), 'locked');
  assert.equal(await session.resume(), null);
  const [row] = await database.getAll('keys');
  assert.equal(row.key, undefined);
  for (let left = WRONG_PINS - 1; left >= 0; left -= 1) await assert.rejects(session.unlock('1111'), { name: 'WrongPin', left });
  assert.equal(session.isShut, true);
  assert.deepEqual(await database.getAll('keys'), []);
  await session.tellEnd();
  assert.deepEqual(server.told, ['POST /api/v1/sign-out'], 'the sign-in does not outlive the last wrong PIN');
  const again = await begin(OLU);
  assert.equal(again.outbox.steps.length, 1);
});

test('the key goes first: what else can’t be done at a sign-out keeps no phone open', async () => {
  const { database, session, begin } = await makePhone();
  const own = await begin(OLU);
  own.kept.clear = async () => { throw new Error('lost'); };
  await session.signOut(own);
  assert.deepEqual(await database.getAll('keys'), []);
  assert.equal(session.last, null);
});
