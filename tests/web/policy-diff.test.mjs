import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, withValues } from '../../static/desk/settings/policy-diff.js';

test('what differs is told member by member, and lists whole', () => {
  const before = { grace_minutes: 10, retention: { visits_days: 30, journal_years: 6 }, codes: ['01'] };
  const after = { grace_minutes: 12, retention: { journal_years: 6, visits_days: 14 }, codes: ['01', '30'] };
  assert.deepEqual(differences(before, after), [
    ['grace_minutes', 10, 12], ['retention/visits_days', 30, 14], ['codes', ['01'], ['01', '30']],
  ]);
  assert.deepEqual(differences(before, { ...before, street_seen_days: null }), []);
});

test('the order of what is said is no difference', () => {
  const one = { observations: [{ code: '30', minutes: 5 }] };
  const other = { observations: [{ minutes: 5, code: '30' }] };
  assert.deepEqual(differences(one, other), []);
});

test('what was before can be brought back, what was left out too, and nothing else is touched', () => {
  const policy = { grace_minutes: 12, retention: { visits_days: 14 }, street_seen_days: 7 };
  const back = withValues(policy, [['grace_minutes', 10], ['retention/visits_days', 30], ['street_seen_days', null]]);
  assert.deepEqual(back, { grace_minutes: 10, retention: { visits_days: 30 } });
  assert.equal(policy.grace_minutes, 12);
});
