/** An officer's day between two answers of the server: what it said last of a thing holds, whichever comes last. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Day } from '../../static/patrol/day.js';

const realFetch = globalThis.fetch;
const NOON = '2026-06-10T12:00:00Z';
const OLU = { id: 'olu', name: 'Olu', role: 'officer' };
const SHIFT = { id: 's', state: 'available', started_at: '2026-06-10T08:00:00Z', ended_at: null, busy_until: null, planned_from: NOON, zones: [] };
const ME = { now: NOON, person: OLU, authority: { time_zone: 'Europe/London' }, shift: SHIFT };
const task = (state, version, more = {}) => ({
  id: 't', version, state, officer: OLU, bay: { id: 'b' }, found: false, sightings: 0, assignment: {}, ...more,
});
const step = (kind, more = {}) => ({ id: `${kind} step`, task: 't', kind, state: 'waiting', about: {}, body: { recorded_at: NOON }, ...more });

afterEach(() => { globalThis.fetch = realFetch; });

/** A day with these tasks; `outbox` has its `steps`, and tells what is sent by `answer(step, answer)`. */
function dayWith(...tasks) {
  const keeping = [];
  const outbox = Object.assign(new EventTarget(), { steps: [], keeping });
  outbox.answer = (sent, answer) => {
    outbox.steps = outbox.steps.filter(({ id }) => id !== sent.id);
    outbox.dispatchEvent(new CustomEvent('sent', { detail: { step: sent, answer, until: (kept) => keeping.push(kept) } }));
  };
  const lying = new Map();
  const kept = { get: async (name) => lying.get(name) ?? null, put: async (name, value) => lying.set(name, structuredClone(value)) };
  const day = new Day({ person: OLU.id, kept, outbox });
  day.take({ me: ME, tasks });
  return { day, outbox, kept };
}

/** A promise and its resolve. */
function later() {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
}

/** A server that answers when it is told to: `answers(tasks, me)` lets go what was asked for. */
function slowServer() {
  const asked = [];
  globalThis.fetch = (path) => new Promise((resolve) => { asked.push({ path, resolve }); });
  const json = (body) => new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } });
  const said = (path, tasks, me) => {
    if (path.includes('/me')) return me;
    if (path.includes('/tasks?')) return { items: tasks };
    return path.includes('/next') ? { then: null } : { items: [], walk: null };
  };
  return function answers(tasks, me = ME) {
    for (const { path, resolve } of asked.splice(0)) resolve(json(said(path, tasks, me)));
    globalThis.fetch = async (path) => json(said(path, tasks, me));
  };
}

for (const kind of ['decline', 'look-again']) {
  test(`what its officer gave back (${kind}) does not come back with the server’s answer, nor with the page`, async () => {
    const { day, outbox, kept } = dayWith(task('arrived', 3));
    const given = step(kind);
    outbox.steps = [given];
    outbox.dispatchEvent(new Event('change'));
    assert.equal(day.task, null);
    outbox.answer(given, task('waiting', 4, { officer: null }));
    assert.equal(day.task, null);
    const again = new Day({ person: OLU.id, kept, outbox });
    await again.restore();
    assert.equal(again.task, null);
  });
}

test('what its officer called unsafe is a supervisor’s by the server’s answer, and in nobody’s hand', () => {
  const { day, outbox } = dayWith(task('accepted', 2));
  outbox.answer(step('decline', { body: { recorded_at: NOON, reason: 'unsafe' } }), task('escalated', 3, { officer: null }));
  assert.equal(day.task, null);
  assert.deepEqual(day.tasks, []);
});

test('a list that was asked for before an answer does not put the task back to what it was', async () => {
  const { day, outbox } = dayWith(task('accepted', 2));
  const answers = slowServer();
  const loading = day.load();
  outbox.answer(step('arrive'), task('arrived', 3));
  answers([task('accepted', 2)]);
  await loading;
  assert.deepEqual([day.task.state, day.task.version], ['arrived', 3]);
});

test('nor does it take away what was told of the same version, or a task that it could not have yet', async () => {
  const { day, outbox } = dayWith(task('arrived', 3));
  const answers = slowServer();
  const loading = day.load();
  outbox.answer(step('sighting'), task('arrived', 3, { sightings: 1 }));
  outbox.answer(step('found', { task: 'u' }), task('arrived', 1, { id: 'u', found: true }));
  answers([task('arrived', 3)]);
  await loading;
  assert.equal(day.task.sightings, 1);
  assert.deepEqual(day.observations.map(({ id }) => id), ['u']);
});

test('a list that was asked for after the answers says what is, and what is no more', async () => {
  const { day, outbox } = dayWith();
  outbox.answer(step('arrive'), task('arrived', 3));
  outbox.answer(step('found', { task: 'u' }), task('arrived', 1, { id: 'u', found: true }));
  slowServer()([task('arrived', 3, { sightings: 2 })]);
  await day.load();
  assert.equal(day.task.sightings, 2);
  assert.deepEqual(day.observations, []);
});

test('an answer that was overtaken by a newer list changes nothing', async () => {
  const { day, outbox } = dayWith(task('offered', 1));
  slowServer()([task('withdrawn', 5)]);
  await day.load();
  outbox.answer(step('accept'), task('accepted', 2));
  assert.equal(day.task, null);
});

test('who began a break while they were asked about is on a break; other news of them is taken', async () => {
  const { day, outbox } = dayWith();
  const answers = slowServer();
  const loading = day.load();
  outbox.answer(step('shift-state', { task: null, about: { shift: 's' } }), { ...SHIFT, state: 'break' });
  answers([], { ...ME, contact: { phone: '999' } });
  await loading;
  assert.equal(day.shift.state, 'break');
  assert.equal(day.me.contact.phone, '999');
  slowServer()([]);
  await day.load();
  assert.equal(day.shift.state, 'available');
});

test('a look that arrives while the others are asked for stays known', async () => {
  const { day, outbox } = dayWith(task('arrived', 3));
  const [asked, said] = [later(), later()];
  slowServer()([task('arrived', 3, { sightings: 1 })]);
  const atOnce = globalThis.fetch;
  globalThis.fetch = (path) => {
    if (!path.includes('/sightings')) return atOnce(path);
    asked.resolve();
    return said.promise.then(() => atOnce(path));
  };
  const loading = day.load();
  await asked.promise;
  outbox.answer(step('sighting', { body: { id: 'look', recorded_at: NOON } }), task('arrived', 3, { sightings: 2 }));
  said.resolve();
  await loading;
  assert.deepEqual(day.looksAt(day.task).map(({ id }) => id), ['look']);
});

test('what the server says while another officer is signed in is not theirs: nothing of it is taken, nor kept', async () => {
  const { day, kept } = dayWith(task('accepted', 3));
  const before = await kept.get('day');
  const answers = slowServer();
  const loading = day.load();
  answers([{ ...task('arrived', 9), id: 'hers' }], { ...ME, person: { ...OLU, id: 'ada', name: 'Ada' }, shift: { ...SHIFT, id: 'hers' } });
  await assert.rejects(loading, { status: 401 });
  assert.equal(day.shift.id, 's');
  assert.deepEqual(day.tasks.map(({ id, state }) => [id, state]), [['t', 'accepted']]);
  assert.deepEqual(await kept.get('day'), before);
});

test('a street to walk is asked for once the server has heard that they are free', async () => {
  const { day, outbox } = dayWith();
  const me = { ...ME, shift: { ...SHIFT, state: 'break' } };
  slowServer()([], me);
  await day.load();
  let hints = 0;
  const answering = globalThis.fetch;
  globalThis.fetch = (path) => { hints += path.includes('/suggestion'); return answering(path); };
  const back = step('shift-state', { task: null, about: { shift: SHIFT.id }, body: { state: 'available', recorded_at: NOON } });
  outbox.steps = [back];
  outbox.dispatchEvent(new Event('change'));
  await day.load();
  assert.deepEqual([day.idle, hints], [true, 0]);
  outbox.answer(back, SHIFT);
  me.shift = SHIFT;
  await day.load();
  assert.deepEqual([day.idle, hints], [true, 1]);
});
