/** A page may end at any moment, also between the server's answer and its being kept on the phone. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Day } from '../../static/patrol/day.js';
import { Papers } from '../../static/patrol/papers.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Kept } from '../../static/patrol/store/kept.js';
import { Outbox } from '../../static/patrol/store/outbox.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const KEY = new Uint8Array(32).fill(7);
const NOON = '2026-06-10T12:00:00Z';
const OLU = { id: 'olu', name: 'Olu', role: 'officer' };
const SHIFT = { id: 's', state: 'available', started_at: '2026-06-10T08:00:00Z', ended_at: null, busy_until: null, planned_from: NOON, zones: [] };
const ME = { now: NOON, person: OLU, authority: { time_zone: 'Europe/London' }, shift: SHIFT };
const OFFERED = { id: 't', version: 1, state: 'offered', officer: OLU, bay: { id: 'b' }, found: false, sightings: 0, assignment: {} };
const ACCEPTED = { ...OFFERED, version: 2, state: 'accepted' };
const ACCEPT = { kind: 'accept', task: 't', path: '/tasks/t/accept', body: { version: 1, recorded_at: NOON } };
const NEVER = new Promise(() => {});
let count = 0;
let opened = [];

afterEach(() => {
  opened.forEach((outbox) => outbox.close());
  opened = [];
});

/** A page of Olu's phone; `answers(step)` is the server. */
async function openPage({ name = `answered${count += 1}`, answers = () => ACCEPTED } = {}) {
  const database = await openDatabase(name);
  const vault = await new Keyring(database, 1).keep(OLU.id, KEY);
  const got = [];
  const outbox = new Outbox({ database, vault, send: async (step) => { got.push(step.kind); return answers(step); } });
  opened.push(outbox);
  const kept = new Kept(database, vault);
  const day = new Day({ person: OLU.id, kept, outbox });
  const papers = new Papers({ kept, outbox });
  await outbox.load();
  await day.restore();
  const lying = async () => (await database.getAll('outbox')).length;
  return { name, outbox, kept, day, papers, got, lying };
}

/** It has an offer in hand, and writes down nothing more of the day. */
async function pageThatEndsAtTheAnswer(step, answers) {
  const page = await openPage({ answers });
  page.day.take({ me: ME, tasks: [OFFERED] });
  while (!(await page.kept.get('day'))) await new Promise(setImmediate);
  page.kept.put = () => NEVER;
  await page.outbox.add(step);
  const answered = new Promise((resolve) => { page.outbox.addEventListener('sent', resolve); });
  page.outbox.drain();
  await answered;
  return page;
}

test('a step lies on the phone until what was answered to it is kept', async () => {
  const { outbox, lying } = await openPage();
  let keep;
  outbox.addEventListener('sent', ({ detail: { until } }) => until(new Promise((resolve) => { keep = resolve; })));
  await outbox.add(ACCEPT);
  const drained = outbox.drain();
  await new Promise((resolve) => { outbox.addEventListener('sent', resolve); });
  assert.deepEqual([outbox.steps, outbox.waiting, await lying()], [[], [], 1]);
  keep();
  assert.equal(await drained, true);
  assert.equal(await lying(), 0);
});

test('what an officer took on is theirs when the page opens again without a network, and is not sent twice', async () => {
  const { name, day } = await pageThatEndsAtTheAnswer(ACCEPT);
  assert.equal(day.task.state, 'accepted');
  const again = await openPage({ name });
  await again.outbox.sayAgain();
  assert.equal(again.day.task.state, 'accepted');
  assert.deepEqual([again.outbox.steps, await again.lying()], [[], 0]);
  await again.outbox.drain();
  assert.deepEqual(again.got, []);
  const third = await openPage({ name });
  assert.equal(third.day.task.state, 'accepted');
});

test('a look that has arrived is counted once, whenever the page ended', async () => {
  const look = { ...ACCEPT, kind: 'sighting', path: '/tasks/t/sightings' };
  const { name } = await pageThatEndsAtTheAnswer(look, () => ({ ...ACCEPTED, version: 3, state: 'arrived', sightings: 1 }));
  const again = await openPage({ name });
  await again.outbox.sayAgain();
  await again.outbox.sayAgain();
  assert.equal(again.day.task.sightings, 1);
  assert.equal(again.day.looksAt(again.day.task).length, 1);
});

test('a briefing that was read counts as read, although the page ended at the answer', async () => {
  const read = { kind: 'briefing', path: '/shifts/s/briefing', body: { sha256: 'abc', recorded_at: NOON }, about: { shift: 's' } };
  const page = await openPage();
  await page.papers.briefing.open('/shifts/s/briefing');
  await page.papers.briefing.amend({ shift_id: 's', last_read: null });
  const { name } = page;
  page.kept.put = () => NEVER;
  await page.outbox.add(read);
  const answered = new Promise((resolve) => { page.outbox.addEventListener('sent', resolve); });
  page.outbox.drain();
  await answered;
  const again = await openPage({ name });
  await again.outbox.sayAgain();
  assert.equal(again.papers.briefing.said.last_read.sha256, 'abc');
});

test('a phone that knows nothing of the day yet lets an old answer go: the server says all of it', async () => {
  const { name, kept } = await pageThatEndsAtTheAnswer(ACCEPT);
  await kept.clear();
  const again = await openPage({ name });
  await again.outbox.sayAgain();
  assert.equal(await again.lying(), 0);
  assert.deepEqual(again.day.tasks, []);
});

test('what could not be kept is told, and holds nothing up', async () => {
  const { outbox, lying } = await openPage();
  const told = [];
  outbox.addEventListener('trouble', ({ detail: { error } }) => told.push(error.message));
  outbox.addEventListener('sent', ({ detail: { until } }) => until(Promise.reject(new Error('The disk is gone.'))));
  await outbox.add(ACCEPT);
  assert.equal(await outbox.drain(), true);
  assert.deepEqual([told, await lying()], [['The disk is gone.'], 0]);
});

test('of two values under one name the later lies there, however long the first took to seal', async () => {
  const database = await openDatabase(`answered${count += 1}`);
  const vault = await new Keyring(database, 1).keep(OLU.id, KEY);
  const kept = new Kept(database, vault);
  const seal = vault.seal.bind(vault);
  vault.seal = async (value, place) => {
    if (value === 'first') await new Promise((resolve) => { setTimeout(resolve, 20); });
    return seal(value, place);
  };
  await Promise.all([kept.put('day', 'first'), kept.put('day', 'second')]);
  assert.equal(await kept.get('day'), 'second');
});
