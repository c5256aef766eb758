import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { lockWhenAway } from '../../static/patrol/lock.js';

const MINUTE = 60_000;
let page;
let minutes;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  minutes = null;
  page = new EventTarget();
  globalThis.document = page;
  globalThis.localStorage = { getItem: (name) => (name === 'openpatrol-person' ? '{"id":"olu"}' : JSON.stringify({ lock: minutes })) };
});

afterEach(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.localStorage;
});

/** A phone; how often it was locked. */
function makePhone({ hasPin = true } = {}) {
  const phone = { locked: 0, session: { hasPin: async () => hasPin } };
  lockWhenAway(() => phone.session, () => { phone.locked += 1; });
  return phone;
}

/** Put away for so long, with timers that run or sleep meanwhile, and taken up again. */
async function putAway(milliseconds, { asleep = false } = {}) {
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  if (asleep) mock.timers.setTime(Date.now() + milliseconds);
  else mock.timers.tick(milliseconds);
  await null;
}

async function takeUp() {
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  for (let turn = 0; turn < 5; turn += 1) await null;
}

test('a phone that was put away for its time is locked, while it lies there already', async () => {
  const phone = makePhone();
  await putAway(5 * MINUTE - 1);
  await takeUp();
  assert.equal(phone.locked, 0);
  await putAway(5 * MINUTE);
  assert.equal(phone.locked, 1);
});

test('a phone that slept all the while is locked as soon as somebody takes it up', async () => {
  const phone = makePhone();
  const { setTimeout: none } = globalThis;
  globalThis.setTimeout = () => 0; // a browser that sleeps runs no timers
  await putAway(5 * MINUTE, { asleep: true });
  globalThis.setTimeout = none;
  assert.equal(phone.locked, 0);
  await takeUp();
  assert.equal(phone.locked, 1);
});

test('a clock that is set back while the phone lies there makes its time no longer', async (t) => {
  const real = performance.now;
  let steady = 0;
  performance.now = () => steady;
  t.after(() => { performance.now = real; });
  const phone = makePhone();
  const { setTimeout: none } = globalThis;
  globalThis.setTimeout = () => 0;
  await putAway(-10 * MINUTE, { asleep: true });
  globalThis.setTimeout = none;
  steady += 5 * MINUTE;
  await takeUp();
  assert.equal(phone.locked, 1);
});

test('how long is a setting, and “never” is never', async () => {
  const phone = makePhone();
  minutes = '1';
  await putAway(MINUTE);
  assert.equal(phone.locked, 1);
  minutes = 'never';
  await putAway(600 * MINUTE);
  await takeUp();
  assert.equal(phone.locked, 1);
});

test('without a PIN, or without anybody who has it open, there is nothing to lock', async () => {
  const phone = makePhone({ hasPin: false });
  await putAway(60 * MINUTE);
  await takeUp();
  phone.session = null;
  await putAway(60 * MINUTE);
  await takeUp();
  assert.equal(phone.locked, 0);
});
