/** A sign of life on its way, when the shift ends or the phone is put away meanwhile. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { CheckIn } from '../../static/patrol/check-in.js';

const realFetch = globalThis.fetch;
const SHIFT = { id: 's', check_in_by: null };
let asked;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  asked = [];
  globalThis.fetch = (path) => new Promise((resolve, reject) => { asked.push({ path, resolve, reject }); });
});

afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = realFetch;
});

const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const lost = async () => { asked.at(-1).reject(new TypeError('no network')); await turn(); };
const later = async () => { mock.timers.tick(5_000); await turn(); };

function onShift() {
  const day = { shift: SHIFT, taken: [], takeShift: (shift) => day.taken.push(shift.id) };
  return { day, checkIn: new CheckIn(day) };
}

test('what does not get through is tried again, to the shift that it was said on', async () => {
  const { day, checkIn } = onShift();
  checkIn.say();
  day.shift = null;
  await lost();
  assert.equal(checkIn.state, 'unreached');
  await later();
  assert.deepEqual(asked.map(({ path }) => path), ['/api/v1/shifts/s/check-in', '/api/v1/shifts/s/check-in']);
  asked.at(-1).resolve(new Response(JSON.stringify(SHIFT), { status: 200 }));
  await turn();
  assert.deepEqual([checkIn.state, day.taken], ['asked', ['s']]);
});

test('once the phone is put away nobody says that they are all right, though the last word was on its way', async () => {
  const { day, checkIn } = onShift();
  checkIn.say();
  checkIn.stop();
  await lost();
  await later();
  assert.equal(asked.length, 1);
  checkIn.say();
  checkIn.stop();
  asked.at(-1).resolve(new Response(JSON.stringify(SHIFT), { status: 200 }));
  await turn();
  assert.deepEqual(day.taken, []);
});

test('said twice, it is tried again once', async () => {
  const { checkIn } = onShift();
  checkIn.say();
  checkIn.say();
  asked[0].reject(new TypeError('no network'));
  await lost();
  await later();
  assert.equal(asked.length, 3);
});
