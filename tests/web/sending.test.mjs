import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGivable, whyBusy, whyNotTask, whyNotZone } from '../../static/desk/sending/rules.js';

const task = (more = {}) => ({ id: 'work', state: 'waiting', unsafe: false, bay: { street: 'Judd Street', reference: '14', spot: false }, officer: null, assignment: null, ...more });
const shift = (more = {}) => ({ id: 'late', officer: { name: 'Olu' }, state: 'available', zones: [{ id: 'north', name: 'North' }], ...more });
const BEA = { officer: { name: 'Bea' }, assignment: { shift_id: 'other' } };

test('who is free is given what waits, or what came back to the supervisor', () => {
  for (const state of ['waiting', 'escalated']) assert.equal(whyNotTask(shift(), task({ state }), []), null);
});

test('who is not on patrol is given no task, and why is said', () => {
  assert.equal(whyBusy(shift({ state: 'planned' }), []), 'Olu has not started yet.');
  assert.equal(whyBusy(shift({ state: 'break' }), []), 'Olu is on a break.');
});

test('who has work in hand is given no other', () => {
  const theirs = task({ id: 'theirs', state: 'accepted', assignment: { shift_id: 'late' } });
  assert.equal(whyNotTask(shift(), task(), [theirs]), 'Olu is on the way to Judd Street, bay 14.');
});

test('what somebody else has is taken back first, and never from who is there', () => {
  assert.equal(whyNotTask(shift(), task({ state: 'offered', ...BEA }), []), 'Bea is asked about it: take it back first.');
  assert.equal(whyNotTask(shift(), task({ state: 'arrived', ...BEA }), []), 'Bea is at the car there.');
  assert.equal(isGivable(task({ state: 'offered' })), false);
});

test('nobody is sent to where it is unsafe', () => {
  assert.match(whyNotTask(shift(), task({ state: 'escalated', unsafe: true }), []), /release the place first/);
});

test('who patrols one zone is sent to any other', () => {
  assert.equal(whyNotZone(shift(), { id: 'south' }), null);
  assert.match(whyNotZone(shift(), { id: 'north' }), /already/);
  assert.equal(whyNotZone(shift({ zones: [{ id: 'north' }, { id: 'south' }] }), { id: 'north' }), null);
});
