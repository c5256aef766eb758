import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  age, clock, countdown, distance, instant, list, period, span, until, walk, wallClock, when,
} from '../../static/shared/words.js';

const LONDON = 'Europe/London';
const NOW = Date.parse('2026-06-10T10:11:00Z');

test('times are said in the zone of the authority', () => {
  assert.equal(clock('2026-06-10T10:11:00Z', LONDON), '11:11');
  assert.equal(clock('2026-01-10T10:11:00Z', LONDON), '10:11');
  assert.equal(clock('2026-01-10T00:05:00Z', LONDON), '00:05');
});

test('another day is named', () => {
  assert.equal(when('2026-06-10T10:11:00Z', NOW, LONDON), '11:11');
  assert.equal(when('2026-06-09T15:40:00Z', NOW, LONDON), 'yesterday 16:40');
  assert.equal(when('2026-06-11T07:00:00Z', NOW, LONDON), 'tomorrow 08:00');
  assert.equal(when('2026-06-02T15:40:00Z', NOW, LONDON), 'Tue 2 Jun 16:40');
  assert.equal(when('2016-11-08T16:40:00Z', NOW, LONDON), 'Tue 8 Nov 2016 16:40');
});

test('yesterday is a day of the authority, not of UTC', () => {
  const now = Date.parse('2026-06-09T23:30:00Z');
  assert.equal(when('2026-06-09T22:30:00Z', now, LONDON), 'yesterday 23:30');
});

test('a period says the day of its end only when it is another one', () => {
  assert.equal(period('2026-06-10T07:00:00Z', '2026-06-10T15:00:00Z', NOW, LONDON), '08:00 to 16:00');
  assert.equal(period('2026-06-10T21:00:00Z', '2026-06-11T05:00:00Z', NOW, LONDON), '22:00 to tomorrow 06:00');
});

test('a span is never more than has passed', () => {
  assert.equal(span(59_999), '59 s');
  assert.equal(span(47 * 60_000 + 59_000), '47 min');
  assert.equal(span(120 * 60_000), '2 h');
  assert.equal(span(125 * 60_000), '2 h 5 min');
  assert.equal(span(72 * 3_600_000), '3 days');
  assert.equal(span(-5_000), '0 s');
});

test('a countdown reaches nought when the time has come, not before', () => {
  assert.equal(countdown(200_000), '3:20');
  assert.equal(countdown(1), '0:01');
  assert.equal(countdown(0), '0:00');
  assert.equal(countdown(-1_000), '0:00');
  assert.equal(countdown(2 * 3_600_000), '2 h');
});

test('ages and waits are said as people say them', () => {
  assert.equal(age('2026-06-10T10:10:55Z', NOW), 'just now');
  assert.equal(age('2026-06-10T10:10:20Z', NOW), '40 s ago');
  assert.equal(age('2026-06-10T10:08:00Z', NOW), '3 min ago');
  assert.equal(until('2026-06-10T10:14:00Z', NOW), 'in 3 min');
  assert.equal(until('2026-06-10T10:11:00Z', NOW), 'now');
});

test('distances are in tens of metres', () => {
  assert.equal(distance(238), '240 m');
  assert.equal(distance(2), '10 m');
  assert.equal(distance(994), '990 m');
  assert.equal(distance(998), '1.0 km');
  assert.equal(distance(1_240), '1.2 km');
  assert.equal(walk(10), '1 min walk');
  assert.equal(walk(170), '3 min walk');
});

test('names are listed in a sentence', () => {
  assert.equal(list([]), '');
  assert.equal(list(['Zone 3']), 'Zone 3');
  assert.equal(list(['A', 'B', 'C']), 'A, B and C');
});

test('what is typed as wall-clock time becomes an instant, in summer and in winter', () => {
  assert.equal(instant('2026-06-10T08:00', LONDON), '2026-06-10T07:00:00.000Z');
  assert.equal(instant('2026-01-10T08:00', LONDON), '2026-01-10T08:00:00.000Z');
  assert.equal(instant('2026-03-29T08:00', LONDON), '2026-03-29T07:00:00.000Z');
  assert.equal(instant('2026-10-25T08:00', LONDON), '2026-10-25T08:00:00.000Z');
  assert.equal(wallClock('2026-06-10T07:00:00Z', LONDON), '2026-06-10T08:00');
});
