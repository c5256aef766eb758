import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDue, isNear, metresBetween } from '../../static/patrol/positions.js';
import { bytesOf } from '../../static/shared/bytes.js';
import { within } from '../../static/shared/push.js';
import { faultsOf, seen } from '../../static/patrol/seen.js';
import { sentence } from '../../static/desk/parts/story-words.js';
import { coalesce } from '../../static/shared/coalesce.js';

test('positions go out every ten seconds, and at once near the car', () => {
  assert.equal(isDue({ lastSent: 0, at: 9_999, metres: null }), false);
  assert.equal(isDue({ lastSent: 0, at: 10_000, metres: null }), true);
  assert.equal(isDue({ lastSent: 0, at: 2_000, metres: 60 }), true);
  assert.equal(isNear(151), false);
});

test('a hundredth of a degree of latitude is some eleven hundred metres', () => {
  const metres = metresBetween({ lon: -0.12, lat: 51.52 }, { lon: -0.12, lat: 51.53 });
  assert.ok(Math.abs(metres - 1112) < 2, `${metres}`);
});

test('a sighting says what was filled in and nothing else', () => {
  const typed = { plate: ' AB12 CDE ', valve_front: '3', valve_rear: '', note: '' };
  assert.deepEqual(seen(typed), { plate: 'AB12 CDE', valve_front: 3 });
});

test('a key in base64url becomes its bytes', () => {
  assert.deepEqual([...bytesOf('-_8A')], [251, 255, 0]);
});

test('a browser that never answers is not waited for', async () => {
  await assert.rejects(within(20, new Promise(() => {})), /did not answer/);
  assert.equal(await within(1000, Promise.resolve(5)), 5);
});

test('the story tells what an officer raised, began, and found when it was over', () => {
  const told = (kind, facts = {}) => sentence({ kind, facts, officer_id: 'o' }, { names: new Map([['o', 'Olu']]), outcomes: new Map([['gone', 'Gone when I arrived']]) });
  assert.equal(told('task.found', { code: '01' }), 'Olu raised it at the kerb: code 01');
  assert.equal(told('task.prepare'), 'Olu began to prepare a notice');
  assert.equal(told('task.noted', { outcome: 'gone' }), 'Olu found, when it was over: Gone when I arrived');
  assert.equal(told('task.revive'), 'The car stands there after all: open again');
});

test('the story of a task is told in sentences with names', () => {
  const words = { names: new Map([['a', 'Ann']]), outcomes: new Map([['advised_and_moved', 'Advised and moved']]) };
  const told = (kind, facts = {}) => sentence({ kind, officer_id: 'a', facts }, words);
  assert.equal(told('task.decline', { reason: 'too_far' }), 'Ann can’t go: too far away');
  assert.equal(told('task.close', { outcome: 'advised_and_moved' }), 'Ann: Advised and moved');
  assert.equal(told('task.something-new'), 'Task something new');
});

test('what is asked for many times at once is done once, and once more for what came meanwhile', async () => {
  let runs = 0;
  const refresh = coalesce(async () => { runs += 1; await new Promise((resolve) => setTimeout(resolve, 20)); }, 5);
  const first = refresh();
  refresh();
  await first;
  refresh();
  await refresh();
  assert.equal(runs, 2);
});

test('a failure does not stop what comes after it', async () => {
  let runs = 0;
  const refresh = coalesce(async () => { runs += 1; if (runs === 1) throw new Error('away'); }, 1);
  await assert.rejects(refresh(), /away/);
  await refresh();
  assert.equal(runs, 2);
});

test('photos alone are a look, nothing at all is none', () => {
  const typed = { plate: '', valve_front: '', valve_rear: '', note: '' };
  assert.deepEqual(faultsOf({ ...typed, photos: [{}] }), []);
  assert.equal(faultsOf({ ...typed, photos: [] })[0].field, 'plate');
});
