import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { ApiError } from '../../static/shared/api.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { canBeLeft, meaningOf } from '../../static/patrol/store/order.js';
import { Outbox } from '../../static/patrol/store/outbox.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const KEY = new Uint8Array(32).fill(7);
let count = 0;
let opened = [];

afterEach(() => {
  opened.forEach((outbox) => outbox.close());
  opened = [];
});

/** A phone with an outbox, and a server that answers as it is told. */
async function makePhone({ answers = () => ({}), clock = Date.now, name = `db${count += 1}`, person = 'olu', key = KEY } = {}) {
  const database = await openDatabase(name);
  const vault = await new Keyring(database, 1).keep(person, key);
  const got = [];
  const send = async (step) => { got.push(step); return answers(step, got.length); };
  const outbox = new Outbox({ database, vault, send, clock });
  opened.push(outbox);
  await outbox.load();
  return { outbox, got, database, name };
}

const refuse = (status, more = {}) => { throw new ApiError({ status, type: 'https://openpatrol.org/problems/refused', detail: `answered ${status}`, ...more }); };
const step = (kind, task = 't', version = 1) => ({ kind, task, path: `/tasks/${task}/${kind}`, body: { version } });
const kinds = (steps) => steps.map(({ kind }) => kind);

test('steps go in the order in which they were done, and leave only when they were taken', async () => {
  const { outbox, got } = await makePhone();
  for (const kind of ['accept', 'arrive', 'sightings']) await outbox.add(step(kind));
  assert.deepEqual(kinds(outbox.waiting), ['accept', 'arrive', 'sightings']);
  assert.equal(await outbox.drain(), true);
  assert.deepEqual(kinds(got), ['accept', 'arrive', 'sightings']);
  assert.deepEqual(outbox.steps, []);
});

test('without an answer everything stays, in order, and the same bytes are sent again', async () => {
  let away = true;
  const { outbox, got } = await makePhone({ answers: () => (away ? refuse(0) : {}) });
  await outbox.add(step('accept'));
  await outbox.add(step('arrive'));
  assert.equal(await outbox.drain(), false);
  assert.equal(got.length, 1);
  away = false;
  await outbox.drain();
  assert.deepEqual(kinds(got), ['accept', 'accept', 'arrive']);
  assert.deepEqual(got[0].body, got[1].body);
});

test('what waits survives the end of the page', async () => {
  const { outbox, name } = await makePhone();
  await outbox.add(step('accept'));
  const { outbox: reopened, got } = await makePhone({ name });
  assert.deepEqual(kinds(reopened.waiting), ['accept']);
  await reopened.drain();
  assert.equal(got.length, 1);
});

test('a step upon another one that waited sees the version that this one was answered', async () => {
  const { outbox, got } = await makePhone({ answers: (_, nth) => ({ version: 10 + nth }) });
  await outbox.add(step('arrive', 't', 3));
  await outbox.add(step('sightings', 't', 3));
  await outbox.add(step('accept', 'another', 5));
  await outbox.drain();
  assert.deepEqual(got.map(({ body }) => body.version), [3, 11, 5]);
});

test('a step that is tapped while the answer to the one before it is coming sees that answer', async () => {
  let tapped = null;
  const phone = await makePhone({ answers: ({ kind }) => {
    if (kind === 'preparation') tapped = phone.outbox.add(step('outcome', 't', 3));
    return { version: 4 };
  } });
  await phone.outbox.add(step('preparation', 't', 3));
  await phone.outbox.drain();
  await tapped;
  await phone.outbox.drain();
  assert.deepEqual(phone.got.map(({ kind, body }) => [kind, body.version]), [['preparation', 3], ['outcome', 4]]);
});

test('what was recorded upon a newer task than an answer tells of stays upon that', async () => {
  const { outbox, got } = await makePhone({ answers: () => ({ version: 4 }) });
  await outbox.add(step('arrive', 't', 3));
  await outbox.add(step('outcome', 't', 6));
  await outbox.drain();
  assert.deepEqual(got.map(({ body }) => body.version), [3, 6]);
});

test('a refused step waits for its officer with what the server says; its task waits, others go past', async () => {
  const now = { id: 't', version: 9, state: 'withdrawn' };
  const { outbox, got } = await makePhone({ answers: ({ kind }) => (kind === 'outcome' ? refuse(409, { task: now }) : {}) });
  await outbox.add(step('outcome', 't'));
  await outbox.add(step('addenda', 't'));
  await outbox.add(step('accept', 'another'));
  await outbox.drain();
  assert.deepEqual(kinds(got), ['outcome', 'accept']);
  const [refused] = outbox.needingYou;
  assert.equal(refused.problem.status, 409);
  assert.deepEqual(refused.problem.task, now);
  assert.deepEqual(kinds(outbox.waiting), ['addenda']);
});

test('a refused step is sent again upon the task as it is now, under its own id; or goes by the officer’s word', async () => {
  let stale = true;
  const { outbox, got } = await makePhone({ answers: () => (stale ? refuse(409) : {}) });
  await outbox.add(step('outcome'));
  await outbox.add(step('outcome', 'another'));
  await outbox.drain();
  stale = false;
  const [first, second] = outbox.needingYou;
  await outbox.sendAgain(first.id, 9);
  await outbox.letGo(second.id);
  await outbox.drain();
  assert.equal(got.at(-1).id, first.id);
  assert.equal(got.at(-1).body.version, 9);
  assert.deepEqual(outbox.steps, []);
});

test('a sign-in that has ended keeps everything and says so', async () => {
  const { outbox } = await makePhone({ answers: () => refuse(401) });
  let told = 0;
  outbox.addEventListener('signed-out', () => { told += 1; });
  await outbox.add(step('accept'));
  assert.equal(await outbox.drain(), false);
  assert.equal(told, 1);
  assert.deepEqual(kinds(outbox.waiting), ['accept']);
});

test('every answer means one of four things', () => {
  const meaning = (status) => meaningOf({ status, type: 'https://openpatrol.org/problems/refused' });
  for (const status of [0, 200, 408, 425, 429, 502, 503, 504]) assert.equal(meaning(status), 'away', `${status}`);
  for (const status of [500, 501, 507, undefined]) assert.equal(meaning(status), 'stuck', `${status}`);
  for (const status of [400, 403, 404, 409, 413, 422]) assert.equal(meaning(status), 'needs-you', `${status}`);
  assert.equal(meaning(401), 'signed-out');
});

test('only a wish, and what the server has kept, can be left with the supervisor: what was seen is never let go so', () => {
  for (const kind of ['found', 'sighting', 'preparation', 'outcome', 'addendum', 'photo']) {
    assert.equal(canBeLeft({ kind, problem: { kept: true } }), true);
    assert.equal(canBeLeft({ kind, problem: {} }), false, kind);
  }
  for (const kind of ['accept', 'decline', 'arrive', 'look-again']) assert.equal(canBeLeft({ kind, problem: {} }), true, kind);
});

test('a phone that was reported lost keeps everything and goes on trying, until it counts as found', () => {
  assert.equal(meaningOf({ status: 409, type: 'https://openpatrol.org/problems/lost-phone' }), 'away');
});

test('what a café’s network says is no decision of our server, unless it is said again and again', () => {
  assert.equal(meaningOf({ status: 403, type: 'about:blank' }, 1), 'away');
  assert.equal(meaningOf({ status: 403, type: 'about:blank' }, 5), 'needs-you');
});

test('within its time a step can be taken back; it is not sent before, unless the page goes away', async () => {
  let at = 1000;
  const { outbox, got } = await makePhone({ clock: () => at });
  const id = await outbox.add(step('decline'), { undoFor: 8000 });
  await outbox.drain();
  assert.equal(got.length, 0);
  assert.equal(await outbox.undo(id), true);
  await outbox.add(step('decline'), { undoFor: 8000 });
  at += 8001;
  await outbox.drain();
  assert.equal(got.length, 1);
  await outbox.add(step('decline', 'u'), { undoFor: 8000 });
  await outbox.drain({ all: true });
  assert.equal(got.length, 2);
});

test('photos follow when all else has gone, each after its sighting, and hold nobody up', async () => {
  const { outbox, got } = await makePhone({ answers: ({ kind }) => (kind === 'photo' ? refuse(422) : {}) });
  const look = await outbox.add(step('sighting'));
  await outbox.add({ kind: 'photo', task: 't', about: { sighting: look } });
  await outbox.add(step('outcome'));
  await outbox.drain();
  assert.deepEqual(kinds(got), ['sighting', 'outcome', 'photo']);
  const { outbox: another, got: sent } = await makePhone({ answers: ({ kind }) => (kind === 'sighting' ? refuse(409) : {}) });
  const refused = await another.add(step('sighting'));
  await another.add({ kind: 'photo', task: 't', about: { sighting: refused } });
  await another.drain();
  assert.deepEqual(kinds(sent), ['sighting']);
});

test('one page of several drains, so nothing goes twice', async () => {
  const { outbox, got } = await makePhone({ answers: () => new Promise((resolve) => setTimeout(resolve, 5, {})) });
  await outbox.add(step('accept'));
  await Promise.all([outbox.drain(), outbox.drain(), outbox.drain()]);
  assert.equal(got.length, 1);
});

test('the next officer on the phone sees nothing of it, and what lies there can’t be read', async () => {
  const { outbox, name } = await makePhone();
  await outbox.add({ ...step('sightings'), body: { version: 1, plate: 'AB12CDE' } });
  const { outbox: ofAnother, database } = await makePhone({ name, person: 'ada', key: new Uint8Array(32).fill(9) });
  assert.deepEqual(ofAnother.steps, []);
  const [row] = await database.getAll('outbox');
  assert.deepEqual(Object.keys(row).sort(), ['at', 'id', 'order', 'person', 'sealed']);
  assert.ok(!Buffer.from(row.sealed.data).toString('latin1').includes('AB12CDE'));
});
