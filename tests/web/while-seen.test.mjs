import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { whileSeen } from '../../static/shared/while-seen.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
let page = null;
let woken = 0;

beforeEach(() => {
  page = globalThis.document = new EventTarget();
  page.hidden = false;
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const ours = globalThis.setInterval;
  woken = 0;
  mock.method(globalThis, 'setInterval', (run, pause) => ours(() => { woken += 1; run(); }, pause));
});

afterEach(() => {
  mock.restoreAll();
  mock.timers.reset();
  delete globalThis.document;
});

function see(seen) {
  page.hidden = !seen;
  page.dispatchEvent(new Event('visibilitychange'));
}

function runs(milliseconds, signal = new AbortController().signal) {
  const done = { times: 0 };
  whileSeen(milliseconds, () => { done.times += 1; }, signal);
  return done;
}

test('who looks sees it run as often as it is due', () => {
  const done = runs(SECOND);
  mock.timers.tick(10 * SECOND);
  assert.equal(done.times, 10);
});

test('an hour in a pocket wakes nobody', () => {
  const done = runs(SECOND);
  see(false);
  mock.timers.tick(HOUR);
  assert.deepEqual([done.times, woken], [0, 0]);
});

test('a page that is opened unseen sleeps, too', () => {
  page.hidden = true;
  runs(SECOND);
  mock.timers.tick(HOUR);
  assert.equal(woken, 0);
});

test('taken up again, it catches up at once, and goes on', () => {
  const done = runs(30 * SECOND);
  see(false);
  mock.timers.tick(HOUR);
  see(true);
  assert.equal(done.times, 1);
  mock.timers.tick(30 * SECOND);
  assert.equal(done.times, 2);
});

test('a short look away has missed nothing', () => {
  const done = runs(30 * SECOND);
  see(false);
  mock.timers.tick(2 * SECOND);
  see(true);
  assert.equal(done.times, 0);
});

test('it ends with what it is for', () => {
  const left = new AbortController();
  const done = runs(SECOND, left.signal);
  left.abort();
  see(false);
  see(true);
  mock.timers.tick(HOUR);
  assert.equal(done.times, 0);
});
