import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  carState, hintWords, lawfulWords, lookWords, overWords, placeWords, reasonWords, walkWords, workWords,
} from '../../static/shared/task-words.js';

const LONDON = 'Europe/London';
const at = (time) => Date.parse(`2026-01-12T${time}Z`);
const makeTask = (task = {}) => ({
  state: 'accepted',
  why: 'Over a 2 h limit',
  overstay_from: '2026-01-12T11:00:00Z',
  lawful_from: '2026-01-12T11:11:00Z',
  lawful_until: '2026-01-12T18:30:00Z',
  sightings_needed: 1,
  sightings: 0,
  priority_reasons: ['likely still there'],
  may_have_left_at: null,
  officer: { id: '1', name: 'Ann' },
  assignment: { walk_metres: 238, walk_seconds: 170, reason: 'nearest of four' },
  ...task,
});

test('how long a car is over is said in plain words', () => {
  assert.equal(overWords(makeTask(), at('11:47:30'), LONDON), '47 min over a 2 h limit');
  assert.equal(
    overWords(makeTask({ why: 'Parked in a suspended bay' }), at('11:47:30'), LONDON),
    'Parked in a suspended bay, for 47 min',
  );
});

test('a first look says when the time of the car ends', () => {
  assert.equal(overWords(makeTask(), at('10:50:00'), LONDON), 'First look: its time ends at 11:00');
});

test('a standing patrol says what it is, where, for how long and until when', () => {
  const patrol = { name: 'School run', minutes: 20, window_until: '2026-01-12T09:15:00Z' };
  const bay = { street: 'Elm Road', reference: 'the school gate', spot: true };
  const task = makeTask({ patrol, bay, overstay_from: null });
  assert.equal(placeWords(task), 'Elm Road, the school gate');
  assert.equal(overWords(task, at('08:20:00'), LONDON), 'School run: 20 min');
  assert.deepEqual(lawfulWords(task, at('08:20:00'), LONDON), {
    kind: 'now', words: 'Be seen there until 09:15 · 55 min left',
  });
  assert.equal(lawfulWords(task, at('09:15:00'), LONDON).kind, 'ended');
  assert.equal(carState(task, at('08:20:00')).word, 'Patrol');
  assert.equal(placeWords(makeTask({ bay: { street: 'Elm Road', reference: 'E1' } })), 'Elm Road, bay E1');
});

test('who has nothing to do reads which street was not seen for how long', () => {
  const walk = (seen) => hintWords({ street: 'Elm Road', seen_at: seen }, at('12:30:00'));
  assert.equal(walk('2026-01-03T12:00:00Z'), 'Nothing urgent: walk down Elm Road, unseen for 9 days.');
  assert.equal(walk('2026-01-11T12:00:00Z'), 'Nothing urgent: walk down Elm Road, unseen for 1 day.');
  assert.equal(walk(null), 'Nothing urgent: walk down Elm Road, not seen yet.');
});

test('lawful counts down, holds, and ends with the controlled hours', () => {
  assert.deepEqual(lawfulWords(makeTask(), at('11:07:40'), LONDON), {
    kind: 'soon', words: 'Lawful from 11:11 · in 3:20',
  });
  assert.equal(lawfulWords(makeTask(), at('11:11:00'), LONDON).kind, 'now');
  assert.equal(lawfulWords(makeTask(), at('18:30:00'), LONDON).kind, 'ended');
  assert.equal(lawfulWords(makeTask({ lawful_until: null }), at('23:00:00'), LONDON).kind, 'now');
});

test('the state of the car has a shape of its own at every step', () => {
  const shapeAt = (time, task) => carState(makeTask(task), at(time)).shape;
  assert.equal(shapeAt('10:50:00'), 'occupied');
  assert.equal(shapeAt('11:05:00'), 'over');
  assert.equal(shapeAt('11:20:00'), 'lawful');
  assert.equal(shapeAt('11:20:00', { may_have_left_at: '2026-01-12T11:19:00Z' }), 'may-have-left');
  assert.equal(shapeAt('11:20:00', { state: 'closed' }), 'done');
});

test('who has the task is said by name, and the outcome in the words of the list', () => {
  assert.equal(workWords(makeTask()), 'Ann is going');
  assert.equal(workWords(makeTask({ state: 'waiting', officer: null })), 'Waiting for an officer');
  const closed = makeTask({ state: 'closed', outcome: 'gone_on_arrival' });
  assert.equal(workWords(closed, new Map([['gone_on_arrival', 'Gone when I arrived']])), 'Gone when I arrived');
  assert.equal(workWords(closed), 'gone on arrival');
});

test('the way, the reason and the look that is due', () => {
  assert.equal(walkWords(makeTask().assignment), '240 m · 3 min walk');
  assert.equal(walkWords(null), '');
  assert.equal(reasonWords(makeTask()), 'Nearest of four; likely still there');
  assert.equal(lookWords(makeTask()), '');
  assert.equal(lookWords(makeTask({ sightings_needed: 2, sightings: 1 })), 'Look 2 of 2');
});
