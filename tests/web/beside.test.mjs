import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsDown } from '../../static/patrol/awake.js';
import { checkInAt } from '../../static/patrol/check-in.js';
import { newOffer, outdated } from '../../static/patrol/news.js';
import { isAnotherPatrol, patrolled } from '../../static/patrol/zone-news.js';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const by = (minutes) => ({ check_in_minutes: 20, check_in_by: new Date(NOON + minutes * 60_000).toISOString() });

test('in the last fifth of the time a sign of life is asked for, and then it is late', () => {
  assert.equal(checkInAt(by(10), NOON).kind, 'running');
  assert.equal(checkInAt(by(4.1), NOON).kind, 'running');
  assert.equal(checkInAt(by(4), NOON).kind, 'soon');
  assert.equal(checkInAt(by(0), NOON).kind, 'missed');
  assert.equal(checkInAt({ check_in_minutes: null, check_in_by: null }, NOON).kind, 'none');
  assert.equal(checkInAt(null, NOON).kind, 'none');
});

const offered = { id: 't', state: 'offered', assignment: { offered_at: 'then' } };
const dayOf = (state, task = offered) => ({ task, shift: { state }, onShift: true, tasks: [task] });

test('an offer is told once, and told anew when it comes anew', () => {
  const told = new Set();
  const first = newOffer(dayOf('available'), told);
  assert.equal(first.task, offered);
  told.add(first.key);
  assert.equal(newOffer(dayOf('available'), told), null);
  assert.ok(newOffer(dayOf('available', { ...offered, assignment: { offered_at: 'later' } }), told));
});

test('nobody is disturbed on a break, observing, serving, with the public or at an incident', () => {
  for (const state of ['break', 'observing', 'serving', 'with_public', 'incident']) {
    assert.equal(newOffer(dayOf(state), new Set()), null, state);
  }
});

test('messages of work that is over go; young ones, and those of other things, stay', () => {
  const message = (task, shown) => ({ data: { task, shown } });
  const found = outdated([message('t', 0), message('gone', 0), message('gone', 95_000), message(undefined, 0)], [{ id: 't' }], 100_000);
  assert.deepEqual(found, [message('gone', 0)]);
});

test('the screen stays on only while something counts down', () => {
  const arrived = (minutes) => ({ state: 'arrived', lawful_from: new Date(NOON + minutes * 60_000).toISOString() });
  assert.equal(countsDown(dayOf('observing', arrived(3)), NOON), true);
  assert.equal(countsDown(dayOf('observing', arrived(-1)), NOON), false);
  assert.equal(countsDown(dayOf('available', { ...arrived(3), state: 'accepted' }), NOON), false);
  assert.equal(countsDown(dayOf('break', arrived(3)), NOON), false);
});

const onPatrol = (zones, shift = 's', onShift = true) => patrolled({ shift: { id: shift, zones: zones.map((id) => ({ id })) }, onShift });

test('other zones are news on the same shift only, and their order is none', () => {
  assert.equal(isAnotherPatrol(onPatrol(['a']), onPatrol(['a', 'b'])), true);
  assert.equal(isAnotherPatrol(onPatrol(['a']), onPatrol([])), true);
  assert.equal(isAnotherPatrol(onPatrol(['a', 'b']), onPatrol(['b', 'a'])), false);
  assert.equal(isAnotherPatrol(onPatrol(['a']), onPatrol(['b'], 'tomorrow')), false);
  assert.equal(isAnotherPatrol(onPatrol(['a'], 's', false), onPatrol(['b'])), false);
});
