import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

const SERVER = Date.UTC(2026, 0, 12, 11, 0);
const HOUR = 3_600_000;
const real = { date: Date.now, performance: performance.now.bind(performance) };
let wall;
let steady;
let clock;
let hide;
let count = 0;

/** A page with a phone's clock that can be set, and a steady one. */
beforeEach(async () => {
  [wall, steady] = [SERVER, 1000];
  Date.now = () => wall;
  performance.now = () => steady;
  globalThis.addEventListener = (_, listener) => { hide = (hidden) => { globalThis.document = { hidden }; listener(); }; };
  clock = await import(`../../static/shared/clock.js?${count += 1}`);
});

afterEach(() => {
  Date.now = real.date;
  performance.now = real.performance;
  delete globalThis.addEventListener;
  delete globalThis.document;
});

const pass = (milliseconds) => { wall += milliseconds; steady += milliseconds; };
const say = (serverNow) => clock.setClock({ serverNow: new Date(serverNow).toISOString(), zone: 'Europe/London' });

test('a phone whose clock is an hour ahead goes by the server’s', () => {
  wall += HOUR;
  steady += HOUR;
  assert.equal(clock.isSure(), false);
  assert.equal(say(SERVER), -HOUR);
  pass(60_000);
  assert.equal(clock.now(), SERVER + 60_000);
  assert.equal(clock.offset(), -HOUR);
  assert.equal(clock.isSure(), true);
});

test('a clock that is set in the middle of a shift changes nothing', () => {
  say(SERVER);
  for (const leap of [HOUR, -2 * HOUR, 90_000]) {
    wall += leap;
    assert.equal(clock.now(), SERVER);
  }
});

test('a phone that slept is not taken for one whose clock was set', () => {
  say(SERVER);
  hide(true);
  wall += HOUR;
  hide(false);
  assert.equal(clock.now(), SERVER + HOUR);
  wall += HOUR;
  assert.equal(clock.now(), SERVER + HOUR);
});

test('a clock that was set back while the phone slept is seen all the same', () => {
  say(SERVER);
  hide(true);
  wall -= HOUR;
  hide(false);
  assert.equal(clock.now(), SERVER);
});

test('a page that opens without a network goes on by what was kept, and never before it', () => {
  clock.setOffset(-HOUR, 'Europe/London');
  assert.equal(clock.now(), SERVER - HOUR);
  clock.setOffset(0, 'Europe/London', SERVER + HOUR);
  assert.equal(clock.now(), SERVER + HOUR);
  assert.equal(clock.isSure(), false);
});

test('whoever takes up a phone on which another was heard goes by their own kept clock, and is not sure of it', () => {
  say(SERVER);
  assert.equal(clock.isSure(), true);
  clock.setOffset(-HOUR, 'Europe/London');
  assert.equal(clock.isSure(), false);
});
