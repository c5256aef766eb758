import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searched, usedLately } from '../../static/patrol/codes.js';
import { raised } from '../../static/patrol/raised.js';

const ITEMS = [['01', 'restricted street'], ['24', 'not within the markings'], ['27', 'dropped footway'], ['30', 'longer than permitted']]
  .map(([code, gist]) => ({ code, gist }));
const codes = (found) => found.map(({ code }) => code);

test('a contravention is found by its number and by its words', () => {
  assert.deepEqual(codes(searched(ITEMS, '2')), ['24', '27']);
  assert.deepEqual(codes(searched(ITEMS, ' FOOTWAY ')), ['27']);
  assert.deepEqual(codes(searched(ITEMS, 'than long')), ['30']);
  assert.deepEqual(codes(searched(ITEMS, 'zebra')), []);
});

test('before anything is typed, those used lately are offered, and then the first of the list', () => {
  assert.deepEqual(codes(searched(ITEMS, '', ['30', '99', '01'])), ['30', '01', '24', '27']);
  assert.deepEqual(codes(searched(ITEMS, '')), ['01', '24', '27', '30']);
  assert.deepEqual(usedLately(['30', '01'], '01'), ['01', '30']);
});

const OBSERVATION = { minutes: 5, sightings: 1, start_rule: 'on_arrival' };
const raise = (code, bay, suffix = '') => raised({
  bay, suffix, officer: { id: 'olu' },
  contravention: { code, gist: 'x', observation: OBSERVATION, by_suffix: { c: { ...OBSERVATION, minutes: 0 } } },
}, '2026-01-12T11:00:00.000Z');

test('what was raised without a network asks for what the policy asks for, and is in hand at once', () => {
  const task = raise('01', { spot: true });
  assert.deepEqual([task.state, task.found, task.observation_minutes], ['arrived', true, 5]);
  assert.equal(raise('01', { spot: true }, 'c').observation_minutes, 0);
  assert.equal(task.lawful_from, '2026-01-12T11:00:00.000Z');
});

test('when a permitted period ends only the server knows: the phone claims nothing', () => {
  assert.equal(raise('30', { spot: true }).lawful_from, null);
  assert.equal(raise('24', { spot: false }).lawful_from, null);
});
