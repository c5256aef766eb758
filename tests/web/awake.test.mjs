import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { stayAwake } from '../../static/patrol/awake.js';
import { now } from '../../static/shared/clock.js';

let page;
let chosen;
let locks;
let answer;
const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

/** A screen that can be kept on; `answer` gives the lock when the browser has made up its mind. */
beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval'] });
  page = Object.assign(new EventTarget(), { hidden: false });
  chosen = 'on';
  locks = [];
  answer = Promise.resolve();
  const request = async () => {
    await answer;
    const lock = Object.assign(new EventTarget(), { held: true, release() { lock.held = false; lock.dispatchEvent(new Event('release')); } });
    locks.push(lock);
    return lock;
  };
  globalThis.document = page;
  const lies = { 'openpatrol-person': () => '{"id":"olu"}', 'openpatrol-own-olu': () => JSON.stringify({ awake: chosen }) };
  globalThis.localStorage = { getItem: (name) => lies[name]?.() ?? null };
  globalThis.addEventListener = () => {};
  Object.defineProperty(globalThis, 'navigator', { value: { wakeLock: { request } }, configurable: true });
});

afterEach(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.localStorage;
  delete globalThis.addEventListener;
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else delete globalThis.navigator;
});

const held = () => locks.filter((lock) => lock.held).length;
const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const inMinutes = (minutes) => new Date(now() + minutes * 60_000).toISOString();

/** An officer at a car, whose time counts down. */
function makeHand() {
  const stop = new AbortController();
  const day = Object.assign(new EventTarget(), {
    onShift: true, shift: { state: 'observing' }, tasks: [{ state: 'arrived', lawful_from: inMinutes(1) }],
  });
  return { day, stopped: stop.signal, stop: () => stop.abort(), change: () => day.dispatchEvent(new Event('change')) };
}

test('the screen stays on while the time counts down, and no longer', async () => {
  const hand = makeHand();
  stayAwake(hand);
  await turn();
  assert.equal(held(), 1);
  mock.timers.tick(50_000);
  await turn();
  assert.deepEqual([held(), locks.length], [1, 1]);
  hand.day.tasks[0].lawful_from = inMinutes(-1);
  mock.timers.tick(10_000);
  assert.equal(held(), 0);
  hand.stop();
});

test('a phone that was put away for a moment keeps its screen on again', async () => {
  const hand = makeHand();
  stayAwake(hand);
  await turn();
  page.hidden = true;
  locks[0].release(); // by the browser itself
  page.dispatchEvent(new Event('visibilitychange'));
  await turn();
  assert.equal(held(), 0);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  await turn();
  assert.equal(held(), 1);
  hand.stop();
  assert.equal(held(), 0);
});

test('a lock that the browser took back, to save the battery, is asked for again', async () => {
  const hand = makeHand();
  stayAwake(hand);
  await turn();
  locks[0].release();
  mock.timers.tick(10_000);
  await turn();
  assert.deepEqual([held(), locks.length], [1, 2]);
  hand.stop();
});

test('who did not choose it keeps an ordinary phone', async () => {
  chosen = 'off';
  const hand = makeHand();
  stayAwake(hand);
  await turn();
  assert.deepEqual(locks, []);
  hand.stop();
});

test('a lock that comes when nobody waits any more is given back at once', async () => {
  for (const over of [(hand) => hand.stop(), (hand) => { hand.day.shift.state = 'break'; hand.change(); }]) {
    let free;
    answer = new Promise((resolve) => { free = resolve; });
    const hand = makeHand();
    stayAwake(hand);
    over(hand);
    free();
    await turn();
    assert.equal(held(), 0);
    hand.stop();
  }
});

test('a browser without it is asked in vain, and nothing else happens', async () => {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  const hand = makeHand();
  stayAwake(hand);
  await turn();
  hand.stop();
});
