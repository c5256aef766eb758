/** When a phone tells where it is, whatever becomes of its clock and of who has it. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Positions } from '../../static/patrol/positions.js';

const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
const realFetch = globalThis.fetch;
const realNow = performance.now;
let steady;
let stopped;
let sent;
let status;
let give;
let watched;

/** A phone whose steady clock is `steady`, and a place to `give()`. */
beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: 50_000_000 });
  [steady, stopped, sent, status, watched] = [0, new AbortController(), 0, 200, 0];
  performance.now = () => steady;
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  const geolocation = {
    watchPosition: (taken) => { watched += 1; give = () => taken({ coords: { longitude: 0, latitude: 51, accuracy: 8 }, timestamp: Date.now() }); return 1; },
    clearWatch: () => {},
  };
  Object.defineProperty(globalThis, 'navigator', { value: { geolocation }, configurable: true });
  globalThis.fetch = async () => { sent += 1; return new Response('{"arrived_task":null}', { status }); };
});

afterEach(() => {
  mock.timers.reset();
  performance.now = realNow;
  globalThis.fetch = realFetch;
  delete globalThis.document;
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else delete globalThis.navigator;
});

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

function onShift() {
  const positions = new Positions(stopped.signal);
  positions.wanted = true;
  return positions;
}

async function after(milliseconds) {
  steady += milliseconds;
  give();
  await turn();
}

test('a phone whose clock is set back by an hour goes on telling where it is', async () => {
  onShift();
  await after(0);
  assert.equal(sent, 1);
  mock.timers.setTime(50_000_000 - 3_600_000);
  await after(9_000);
  assert.equal(sent, 1);
  await after(1_000);
  assert.equal(sent, 2);
});

test('where the server takes no place any more, the sign-in has ended', async () => {
  const positions = onShift();
  let told = 0;
  positions.addEventListener('signed-out', () => { told += 1; });
  status = 503;
  await after(0);
  assert.equal(told, 0);
  status = 401;
  await after(10_000);
  assert.equal(told, 1);
});

test('who has put the phone away is not looked for any more', () => {
  onShift();
  const see = () => document.dispatchEvent(new Event('visibilitychange'));
  see();
  assert.equal(watched, 2);
  stopped.abort();
  see();
  assert.equal(watched, 2);
});
