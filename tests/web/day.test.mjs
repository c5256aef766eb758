import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lackingIn, lastEnded, readingOf } from '../../static/patrol/papers.js';
import { projectShift, projectTasks, shiftNow } from '../../static/patrol/store/projection.js';

const at = (clock) => `2026-11-22T${clock}:00Z`;
const SHIFT = { id: 's', state: 'planned', started_at: null, ended_at: null, state_since: null, busy_until: null };
const step = (kind, clock, body = {}, more = {}) => ({ kind, about: { shift: 's' }, state: 'waiting', body: { recorded_at: at(clock), ...body }, ...more });
const briefing = (sha256, read = null) => ({ shift_id: 's', sha256, last_read: read && { sha256: read, read_at: at('07:50') } });

test('a shift is as its officer left it, before the server has heard of it', () => {
  const steps = [step('shift-start', '08:00'), step('shift-state', '10:00', { state: 'break' })];
  const shown = projectShift(SHIFT, steps);
  assert.equal(shown.state, 'break');
  assert.equal(shown.started_at, at('08:00'));
  assert.equal(shown.state_since, at('10:00'));
  assert.equal(projectShift(SHIFT, [...steps, step('shift-end', '16:00')]).ended_at, at('16:00'));
});

test('a step that was refused, and one of another shift, change nothing', () => {
  assert.equal(projectShift(SHIFT, [step('shift-start', '08:00', {}, { state: 'needs-you' })]).started_at, null);
  assert.equal(projectShift(SHIFT, [step('shift-start', '08:00', {}, { about: { shift: 'other' } })]).started_at, null);
});

test('who is busy for ten minutes is on patrol again after ten, with and without signal', () => {
  const busy = projectShift(SHIFT, [step('shift-start', '08:00'), step('shift-state', '10:00', { state: 'with_public', minutes: 10 })]);
  assert.equal(busy.busy_until, '2026-11-22T10:10:00.000Z');
  assert.equal(shiftNow(busy, Date.parse(at('10:09'))).state, 'with_public');
  const free = shiftNow(busy, Date.parse(at('10:10')));
  assert.equal(free.state, 'available');
  assert.equal(free.state_since, '2026-11-22T10:10:00.000Z');
});

test('a break lasts until its officer says so, also where they were busy for ten minutes before', () => {
  const steps = [step('shift-state', '10:00', { state: 'with_public', minutes: 10 }), step('shift-state', '10:05', { state: 'break' })];
  assert.equal(shiftNow(projectShift(SHIFT, steps), Date.parse(at('11:00'))).state, 'break');
});

const atCar = (kind, clock, task = 't') => step(kind, clock, {}, { task, about: {} });
const ON = { ...SHIFT, state: 'available', started_at: at('08:00') };

test('who is at a car observes, who prepares a notice serves, and who has left is on patrol again, with and without signal', () => {
  const steps = [atCar('arrive', '09:00'), atCar('sighting', '09:02'), atCar('preparation', '09:05'), atCar('outcome', '09:10')];
  const states = steps.map((_, index) => projectShift(ON, steps.slice(0, index + 1)).state);
  assert.deepEqual(states, ['observing', 'observing', 'serving', 'available']);
  assert.equal(projectShift(ON, steps).state_since, at('09:10'));
});

test('who leaves one of two cars still observes the other, unless that waits for a later look', () => {
  const steps = [atCar('arrive', '09:00'), atCar('outcome', '09:10')];
  const other = { id: 'u', state: 'arrived', not_before: null };
  assert.equal(projectShift(ON, steps, [other]).state, 'observing');
  assert.equal(projectShift(ON, steps, [{ ...other, not_before: at('09:15') }]).state, 'available');
});

test('what an officer said they do is not changed by what they do at a car', () => {
  const steps = [step('shift-state', '08:50', { state: 'with_public' }), atCar('arrive', '09:00'), atCar('outcome', '09:10')];
  assert.equal(projectShift(ON, steps).state, 'with_public');
});

test('a briefing is unread, read, or changed since it was', () => {
  assert.equal(readingOf(briefing('a'), []), 'unread');
  assert.equal(readingOf(briefing('a', 'a'), []), 'read');
  assert.equal(readingOf(briefing('b', 'a'), []), 'changed');
});

test('a briefing that was read without signal counts as read', () => {
  assert.equal(readingOf(briefing('a'), [step('briefing', '07:50', { sha256: 'a' })]), 'read');
  assert.equal(readingOf(briefing('a'), [step('briefing', '07:50', { sha256: 'a' }, { about: { shift: 'other' } })]), 'unread');
});

test('the log to sign is that of the shift that ended last', () => {
  const shifts = [{ id: 'early', ended_at: at('12:00') }, { id: 'late', ended_at: at('20:00') }, { id: 'on', ended_at: null }, null];
  assert.equal(lastEnded(shifts).id, 'late');
  assert.equal(lastEnded([null]), null);
});

test('a log lacks what was not sent, but no photos and not its own signature', () => {
  assert.equal(lackingIn([step('outcome', '10:00'), step('photo', '10:00'), step('log-sign', '10:00')]), 1);
});

test('work in hand stands in one order, whatever the server told last: what they were sent to, then what they raised', () => {
  const task = (id, raised, found = false) => ({ id, found, state: 'arrived', raised_at: at(raised) });
  const [sent, first, second] = [task('sent', '09:30'), task('first', '09:00', true), task('second', '09:10', true)];
  for (const told of [[sent, first, second], [second, first, sent], [first, sent, second]]) {
    assert.deepEqual(projectTasks(told, []).tasks.map(({ id }) => id), ['sent', 'first', 'second']);
  }
});
