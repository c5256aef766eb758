/** What can go wrong on a phone between any two moments. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ApiError } from '../../static/shared/api.js';
import { asIncident } from '../../static/patrol/endings.js';
import { UNDO_FOR } from '../../static/shared/undo.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { exported } from '../../static/patrol/store/export.js';
import { Outbox } from '../../static/patrol/store/outbox.js';
import { Photos } from '../../static/patrol/store/photos.js';
import { Sent } from '../../static/patrol/store/sent.js';
import { Kept } from '../../static/patrol/store/kept.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const KEY = new Uint8Array(32).fill(7);
const OURS = 'https://openpatrol.org/problems/refused';
let count = 0;
let opened = [];

afterEach(() => {
  opened.forEach((outbox) => outbox.close());
  opened = [];
});

async function makePhone({ send = async () => ({}), clock = Date.now, name = `hard${count += 1}`, key = KEY, forget, around = (database) => database } = {}) {
  const database = around(await openDatabase(name));
  const vault = await new Keyring(database, 1).keep('olu', key);
  const got = [];
  const sending = async (step, received) => { got.push(step); return send(step, got.length, received); };
  const outbox = new Outbox({ database, vault, send: sending, clock, forget });
  opened.push(outbox);
  await outbox.load();
  return { outbox, got, database, vault, name };
}

const refusal = (status, more = {}) => new ApiError({ status, type: OURS, detail: `answered ${status}`, ...more });
const step = (kind, task = 't', version = 1) => ({ kind, task, path: `/tasks/${task}/${kind}`, body: { version } });
const kinds = (steps) => steps.map(({ kind }) => kind);

/** A promise and its resolve. */
function later() {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
}

/** `run` in a browser with these locks. */
async function withLocks(locks, run) {
  const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  try {
    await run();
  } finally {
    if (known) Object.defineProperty(globalThis, 'navigator', known);
    else delete globalThis.navigator;
  }
}

test('what is recorded while another step is on its way goes in the same go', async () => {
  const answer = later();
  const { outbox, got } = await makePhone({ send: (each) => (each.kind === 'accept' ? answer.promise : {}) });
  await outbox.add(step('accept'));
  const drained = outbox.drain();
  await outbox.add(step('arrive'));
  outbox.drain();
  answer.resolve({});
  assert.equal(await drained, true);
  assert.deepEqual(kinds(got), ['accept', 'arrive']);
});

test('what is recorded in the very moment in which all is sent is not left lying', async () => {
  const [looked, free] = [later(), later()];
  const letGoLate = async (_, __, run) => {
    const done = await run();
    looked.resolve();
    await free.promise;
    return done;
  };
  await withLocks({ request: letGoLate }, async () => {
    const { outbox, got } = await makePhone();
    const drained = outbox.drain();
    await looked.promise;
    await outbox.add(step('accept'));
    outbox.drain();
    free.resolve();
    assert.equal(await drained, true);
    assert.equal(got.length, 1);
  });
});

test('a step that was taken back while another one is on its way does not come back with its answer', async () => {
  const answer = later();
  const { outbox, got } = await makePhone({ send: () => answer.promise });
  await outbox.add(step('arrive'));
  const declined = await outbox.add(step('decline'));
  const drained = outbox.drain();
  await new Promise((resolve) => { outbox.addEventListener('change', resolve, { once: true }); setTimeout(resolve, 30); });
  assert.equal(await outbox.undo(declined), true);
  answer.resolve({ version: 7 });
  await drained;
  assert.deepEqual(kinds(got), ['arrive']);
  assert.deepEqual(outbox.steps, []);
});

test('two pages of one phone: what one took back the other does not send, and what one added the other sees', async () => {
  const { outbox, name } = await makePhone();
  const { outbox: another, got } = await makePhone({ name });
  const id = await outbox.add(step('decline'));
  await another.load();
  assert.equal(another.steps.length, 1);
  assert.equal(await outbox.undo(id), true);
  assert.equal(await another.undo(id), false);
  await another.drain();
  assert.equal(got.length, 0);
});

test('a look at the phone that was overtaken by a later one shows nothing old', async () => {
  const slow = later();
  let looks = 0;
  const around = (database) => Object.assign(Object.create(database), {
    put: (...what) => database.put(...what),
    again: (run) => database.again(run),
    transaction: (...what) => database.transaction(...what),
    getAllFromIndex: async (...what) => {
      looks += 1;
      const mine = looks;
      const rows = await database.getAllFromIndex(...what);
      if (mine === 2) await slow.promise;
      return rows;
    },
  });
  const { outbox } = await makePhone({ around });
  const first = outbox.load();
  await outbox.add(step('accept'));
  slow.resolve();
  await first;
  assert.equal(outbox.steps.length, 1);
});

test('a server that asks for time is given it', async () => {
  const { outbox, got } = await makePhone({ send: async () => { throw refusal(429, { retryAfter: 30 }); } });
  await outbox.add(step('accept'));
  assert.equal(await outbox.drain(), false);
  assert.equal(await outbox.drain(), false);
  assert.equal(got.length, 1);
  assert.ok(outbox.nextIn() > 29_000 && outbox.nextIn() <= 30_000, `${outbox.nextIn()}`);
});

test('a step over which the server stumbles keeps its own task waiting, and nobody else', async () => {
  const { outbox, got } = await makePhone({ send: async ({ kind }) => { if (kind === 'outcome') throw refusal(500); return {}; } });
  for (const each of [step('outcome'), step('addenda'), step('accept', 'another')]) await outbox.add(each);
  assert.equal(await outbox.drain(), false);
  assert.deepEqual(kinds(got), ['outcome', 'accept']);
  assert.deepEqual(kinds(outbox.waiting), ['outcome', 'addenda']);
});

test('a fault of our own in one step stops no other, and is told', async () => {
  const told = [];
  const { outbox, got } = await makePhone({ send: async ({ kind }) => { if (kind === 'outcome') throw new TypeError('ours'); return {}; } });
  outbox.addEventListener('trouble', ({ detail }) => told.push(detail.error.message));
  for (const each of [step('outcome'), step('accept', 'another')]) await outbox.add(each);
  assert.equal(await outbox.drain(), false);
  assert.deepEqual(kinds(got), ['outcome', 'accept']);
  assert.deepEqual(told, ['ours']);
});

test('a clock that is turned back while a step can be taken back does not keep it for an hour', async () => {
  let at = 5_000_000;
  const { outbox, got } = await makePhone({ clock: () => at });
  await outbox.add(step('decline'), { undoFor: 8_000 });
  assert.equal(outbox.nextIn(), 8_000);
  at -= 3_600_000;
  assert.equal(await outbox.drain(), true);
  assert.equal(got.length, 1);
});

test('nothing is woken up for what only its officer can decide', async () => {
  const { outbox } = await makePhone({ send: async () => { throw refusal(409); } });
  await outbox.add(step('accept'));
  await outbox.add(step('arrive'));
  assert.equal(await outbox.drain(), true);
  assert.equal(outbox.waiting.length, 1);
  assert.equal(outbox.nextIn(), null);
});

const lookWithPhoto = (id = 'look') => [
  { ...step('sighting'), body: { id, version: 1 } }, { kind: 'photo', task: 't', about: { sighting: id, sha256: 'abc' } },
];

/** A phone at whose server nothing of task t is taken, and what it forgot for good. `keeps`: of these, a record is kept. */
async function makeRefused({ keeps = [] } = {}) {
  const clock = { at: 1_000_000 };
  const forgotten = [];
  const send = async ({ kind, task }) => {
    if (task !== 't' || kind === 'photo') return {};
    throw refusal(409, keeps.includes(kind) ? { kept: true } : {});
  };
  const forget = async ({ kind }) => { forgotten.push(kind); };
  const phone = await makePhone({ clock: () => clock.at, send, forget });
  const theMomentIsOver = () => { clock.at += UNDO_FOR; return phone.outbox.drain(); };
  return { ...phone, forgotten, theMomentIsOver };
}

test('what was let go comes back within its moment, and afterwards is gone with its photos', async () => {
  const { outbox, forgotten, theMomentIsOver } = await makeRefused();
  const [look] = await outbox.addAll(lookWithPhoto());
  await outbox.drain();
  await outbox.letGo(look);
  assert.deepEqual(outbox.steps, []);
  await outbox.drain();
  assert.equal(await outbox.restore(look), true);
  assert.deepEqual(outbox.steps.map(({ state }) => state), ['needs-you', 'waiting']);
  await outbox.letGo(look);
  await theMomentIsOver();
  assert.deepEqual(forgotten, ['sighting', 'photo']);
  assert.equal(await outbox.restore(look), false);
  assert.deepEqual(outbox.steps, []);
});

test('the photos of a look that the supervisor has go to the server', async () => {
  const { outbox, got, forgotten, theMomentIsOver } = await makeRefused({ keeps: ['sighting'] });
  const [look] = await outbox.addAll(lookWithPhoto());
  await outbox.drain();
  await outbox.leave(look);
  await outbox.drain();
  assert.deepEqual(kinds(got), ['sighting']);
  await theMomentIsOver();
  assert.deepEqual(kinds(got), ['sighting', 'photo']);
  assert.deepEqual(forgotten, ['sighting']);
  assert.deepEqual(outbox.steps, []);
});

test('photos of a look that nobody has can go nowhere: they go with it', async () => {
  const { outbox, got, forgotten, theMomentIsOver } = await makeRefused();
  const [look] = await outbox.addAll(lookWithPhoto());
  await outbox.drain();
  await outbox.leave(look, { all: true });
  await theMomentIsOver();
  assert.deepEqual(kinds(got), ['sighting']);
  assert.deepEqual(forgotten, ['sighting', 'photo']);
});

test('while a step can be brought back, what came after it waits, and goes when the moment is over', async () => {
  const { outbox, got, theMomentIsOver } = await makeRefused();
  const [arrived] = await outbox.addAll([step('arrive'), step('outcome'), step('accept', 'another')]);
  await outbox.drain();
  for (const way of [() => outbox.letGo(arrived), () => outbox.sayAnew(arrived), () => outbox.leave(arrived, { all: true })]) {
    await way();
    await outbox.drain({ all: true });
    assert.deepEqual(kinds(got), ['arrive', 'accept']);
    assert.equal(outbox.nextIn(), UNDO_FOR);
    assert.equal(await outbox.restore(arrived), true);
  }
  assert.equal(outbox.nextIn(), null);
  assert.deepEqual(kinds(outbox.needingYou), ['arrive']);
  await outbox.letGo(arrived);
  await theMomentIsOver();
  assert.deepEqual(kinds(got), ['arrive', 'accept', 'outcome']);
});

test('what was left with the supervisor and brought back goes there no longer, nor does what waits behind it', async () => {
  const { outbox, theMomentIsOver } = await makeRefused({ keeps: ['outcome'] });
  const [arrived] = await outbox.addAll([step('arrive'), step('outcome')]);
  await outbox.drain();
  await outbox.leave(arrived, { all: true });
  await outbox.restore(arrived);
  await outbox.letGo(arrived);
  await theMomentIsOver();
  assert.deepEqual(kinds(outbox.needingYou), ['outcome']);
});

test('what is left with the supervisor takes along what waits behind it: what the server has kept, and wishes that are over', async () => {
  const { outbox, got, theMomentIsOver } = await makeRefused({ keeps: ['sighting', 'outcome'] });
  const [arrived] = await outbox.addAll(['arrive', 'sighting', 'look-again', 'outcome'].map((kind) => step(kind)));
  const arrivedToo = [];
  outbox.addEventListener('sent', ({ detail }) => arrivedToo.push(detail.step.kind));
  await outbox.drain();
  await outbox.leave(arrived, { all: true });
  await theMomentIsOver();
  assert.deepEqual(kinds(got), ['arrive', 'sighting', 'look-again', 'outcome']);
  assert.deepEqual(arrivedToo, ['sighting', 'look-again', 'outcome']);
  assert.deepEqual(outbox.steps, []);
});

test('what waits behind what was left, and nobody has, needs its officer', async () => {
  const { outbox, theMomentIsOver } = await makeRefused({ keeps: ['outcome'] });
  const [arrived] = await outbox.addAll([step('arrive'), step('sighting'), step('outcome')]);
  await outbox.drain();
  await outbox.leave(arrived, { all: true });
  await theMomentIsOver();
  assert.deepEqual(outbox.steps.map(({ kind, state }) => [kind, state]), [['sighting', 'needs-you'], ['outcome', 'waiting']]);
});

const notice = { ...step('outcome'), body: { version: 3, outcome: 'notice_served', details: { notice_number: 'AB1' } } };
const papered = { ...notice, otherwise: asIncident({ notice_number: 'AB1' }) };
const needsEvidence = (kept = true) => async ({ body }) => { if (body.outcome === 'notice_served') throw refusal(422, { kept }); return {}; };

test('a notice on the car that the server can’t take is kept there under its own id, and the visit ends as an incident', async () => {
  const { outbox, got } = await makePhone({ send: needsEvidence() });
  const sent = [];
  outbox.addEventListener('sent', ({ detail }) => sent.push(detail.step.body.outcome));
  const [id] = await outbox.addAll([papered]);
  assert.equal(await outbox.drain(), true);
  assert.deepEqual(got.map(({ body }) => [body.outcome, body.version]), [['notice_served', 3], ['incident', 3]]);
  assert.deepEqual(got[1].body.details, { reference: 'Notice on the car: AB1', notice_number: 'AB1' });
  assert.equal(got[0].body.id, id);
  assert.ok(got[1].body.id !== id && got[1].body.id === got[1].id);
  assert.deepEqual([sent, outbox.steps], [['incident'], []]);
});

test('where the server finds the evidence complete the notice is served, and no incident is told', async () => {
  const { outbox, got } = await makePhone();
  await outbox.addAll([papered]);
  await outbox.drain();
  assert.deepEqual(got.map(({ body }) => body.outcome), ['notice_served']);
});

test('what the server did not keep, or refused because the task has changed, is its officer’s to decide', async () => {
  for (const send of [needsEvidence(false), async () => { throw refusal(409, { kept: true }); }]) {
    const { outbox } = await makePhone({ send });
    await outbox.addAll([papered]);
    await outbox.drain();
    assert.deepEqual(outbox.steps.map(({ state, body }) => [state, body.outcome]), [['needs-you', 'notice_served']]);
  }
});

test('a refusal that the phone did not foresee can go on as an incident too', async () => {
  const { outbox, got } = await makePhone({ send: needsEvidence() });
  const [id] = await outbox.addAll([notice]);
  await outbox.drain();
  await outbox.instead(id, asIncident({}));
  assert.equal(await outbox.drain(), true);
  assert.deepEqual(got[1].body.details, { reference: 'Notice on the car, without a number' });
  assert.deepEqual(outbox.steps, []);
});

test('what another phone of the same officer did already asks for no decision', async () => {
  const task = { id: 't', version: 4, state: 'accepted', officer: { id: 'olu' } };
  const { outbox, got } = await makePhone({ send: async ({ kind }) => { if (kind === 'accept') throw refusal(409, { task }); return {}; } });
  await outbox.addAll([step('accept'), step('outcome')]);
  assert.equal(await outbox.drain(), true);
  assert.deepEqual(outbox.steps, []);
  assert.equal(got[1].body.version, 4);
});

test('what is put right is sent under its own id', async () => {
  const { outbox, got } = await makePhone({ send: async ({ body }) => { if (body.plate === 'A') throw refusal(422); return {}; } });
  const id = await outbox.add({ ...step('sighting'), body: { version: 3, plate: 'A', note: 'n' } });
  await outbox.drain();
  await outbox.correct(id, { plate: 'AB12 CDE' });
  await outbox.drain();
  assert.deepEqual(got.at(-1).body, { version: 3, plate: 'AB12 CDE', note: 'n', id });
  assert.deepEqual(outbox.steps, []);
});

/** A database whose disk is full while `full()` says so. */
const fullOf = (full) => (database) => Object.assign(Object.create(database), {
  getAllFromIndex: (...what) => database.getAllFromIndex(...what),
  put: (...what) => database.put(...what),
  again: (run) => database.again(run),
  transaction: (...what) => {
    if (full()) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    return database.transaction(...what);
  },
});

test('on a full phone a step is held while the page is open, says so, is sent, and is put down when there is room', async () => {
  let full = true;
  let away = true;
  const send = async () => { if (away) throw refusal(0); return {}; };
  const { outbox, got, name } = await makePhone({ around: fullOf(() => full), send });
  const id = await outbox.add(step('sighting'));
  assert.deepEqual(outbox.steps.map(({ loose }) => loose), [true]);
  await outbox.drain();
  assert.equal(outbox.steps[0].tries, 1);
  full = false;
  await outbox.drain();
  assert.equal(outbox.steps[0].loose, undefined);
  const { outbox: reopened } = await makePhone({ name });
  assert.deepEqual(reopened.steps.map((each) => each.id), [id]);
  full = true;
  away = false;
  await outbox.drain();
  assert.equal(got.at(-1).id, id);
});

test('a page that has lost its database opens it anew and keeps what was recorded', async () => {
  const { outbox, database } = await makePhone();
  database.close();
  await outbox.add(step('accept'));
  assert.equal(outbox.steps.length, 1);
  database.close();
  assert.equal(await outbox.drain(), true);
});

test('what another key has sealed stays where it lies, is counted, and stops nobody', async () => {
  const { outbox, name } = await makePhone();
  await outbox.add(step('accept'));
  const { outbox: renewed, got, database } = await makePhone({ name, key: new Uint8Array(32).fill(9) });
  await renewed.add(step('arrive'));
  assert.equal(await renewed.drain(), true);
  assert.deepEqual(kinds(got), ['arrive']);
  assert.equal(renewed.unreadable, 1);
  assert.equal((await database.getAll('outbox')).length, 1);
});

test('a page that was closed while a step was on its way raises nothing and sends nothing more', async () => {
  const answer = later();
  const { outbox, got, name } = await makePhone({ send: () => answer.promise });
  await outbox.add(step('accept'));
  await outbox.add(step('arrive'));
  const drained = outbox.drain();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  outbox.close();
  answer.resolve({});
  await drained;
  assert.deepEqual(kinds(got), ['accept']);
  const { outbox: reopened } = await makePhone({ name });
  assert.deepEqual(kinds(reopened.steps), ['arrive']);
});

test('five hundred steps that waited the whole day go in one go, each once', async () => {
  const { outbox, got } = await makePhone();
  await outbox.addAll(Array.from({ length: 500 }, (_, nth) => step('sighting', `t${nth % 40}`)));
  assert.equal(await outbox.drain(), true);
  assert.equal(new Set(got.map(({ id }) => id)).size, 500);
  assert.equal(got.length, 500);
});

test('times that were told by a wrong clock are put right before they go, once; those that were sure stay', async () => {
  const { outbox, got } = await makePhone();
  const at = '2026-01-12T12:00:00.000Z';
  await outbox.add({ ...step('sighting'), unsure: true, body: { recorded_at: at, photos: [{ sha256: 'a', taken_at: at }] } });
  await outbox.add({ ...step('outcome', 'u'), body: { recorded_at: at } });
  await outbox.settleTimes(-3_600_000);
  await outbox.settleTimes(-3_600_000);
  await outbox.drain();
  assert.equal(got[0].body.recorded_at, '2026-01-12T11:00:00.000Z');
  assert.equal(got[0].body.photos[0].taken_at, '2026-01-12T11:00:00.000Z');
  assert.equal(got[1].body.recorded_at, at);
});

test('what is sent while times are put right waits for that', async () => {
  const { outbox, got } = await makePhone({ send: async ({ kind }) => { if (kind === 'arrive') throw refusal(409); return {}; } });
  const look = (task) => ({ ...step('sighting', task), unsure: true, body: { recorded_at: '2026-01-12T12:00:00.000Z' } });
  await outbox.add(step('arrive'));
  await outbox.drain();
  await outbox.addAll([...Array.from({ length: 20 }, () => look('t')), look('u')]);
  outbox.settleTimes(-3_600_000);
  await outbox.drain();
  assert.deepEqual(got.slice(1).map(({ task, body }) => [task, body.recorded_at]), [['u', '2026-01-12T11:00:00.000Z']]);
});

test('where browsers lock, a page waits for the one that sends, and then sends what that one left', async () => {
  const free = later();
  const locks = { request: async (_, __, run) => { await free.promise; return run(); } };
  await withLocks(locks, async () => {
    const { outbox, got } = await makePhone();
    await outbox.add(step('accept'));
    const drained = outbox.drain();
    assert.equal(got.length, 0);
    free.resolve();
    assert.equal(await drained, true);
    assert.equal(got.length, 1);
    locks.request = async () => { throw Object.assign(new Error('late'), { name: 'TimeoutError' }); };
    await outbox.add(step('arrive'));
    assert.equal(await outbox.drain(), true);
    assert.equal(got.length, 2);
  });
});

test('unsent work can be taken along as it was recorded, with its photos', async () => {
  const { outbox, database, vault } = await makePhone();
  const photos = new Photos(database, vault);
  await photos.keep('look', 'abc', new Uint8Array([1, 2, 3]).buffer);
  await outbox.add({ ...step('sighting'), body: { id: 'look', plate: 'AB12CDE', recorded_at: '2026-01-12T11:00:00.000Z' } });
  await outbox.add({ kind: 'photo', task: 't', about: { sighting: 'look', sha256: 'abc' } });
  const { officer, steps } = JSON.parse(await exported(outbox.steps, photos, 'Olu', Date.UTC(2026, 0, 12)));
  assert.equal(officer, 'Olu');
  assert.equal(steps[0].recorded_at, '2026-01-12T11:00:00.000Z');
  assert.equal(steps[0].body.plate, 'AB12CDE');
  assert.deepEqual([...Buffer.from(steps[1].jpeg_base64, 'base64')], [1, 2, 3]);
});

test('what arrived today can be looked up, without what was seen', async () => {
  const { outbox, database, vault } = await makePhone();
  const sent = new Sent(new Kept(database, vault));
  let at = 1_000;
  outbox.addEventListener('sent', ({ detail }) => sent.note(detail.step, at));
  await outbox.add({ ...step('sighting'), about: { street: 'Judd Street' }, body: { plate: 'AB12CDE' } });
  await outbox.drain();
  at = 2_000;
  await outbox.add(step('outcome'));
  await outbox.drain();
  const arrived = await sent.since(0);
  assert.deepEqual(kinds(arrived), ['outcome', 'sighting']);
  assert.ok(!JSON.stringify(arrived).includes('AB12CDE'));
  assert.deepEqual(kinds(await sent.since(1_500)), ['outcome']);
});
