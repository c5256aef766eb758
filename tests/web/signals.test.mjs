import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { signal } from '../../static/patrol/signals.js';
import { listenForTouch } from '../../static/shared/tones.js';

const felt = [];
let heard = 0;

class Sound {
  state = 'running';
  currentTime = 0;
  createGain = () => ({ gain: {}, connect: (to) => to });
  createOscillator = () => ({ frequency: {}, connect: (to) => to, start: () => { heard += 1; }, stop: () => {} });
}

Object.defineProperty(globalThis, 'navigator', { value: { vibrate: (buzz) => felt.push(buzz) }, configurable: true });
Object.assign(globalThis, { AudioContext: Sound, localStorage: new Map(), addEventListener: (_, touched) => touched() });
localStorage.getItem = (name) => localStorage.get(name) ?? null;
listenForTouch();

beforeEach(() => {
  localStorage.clear();
  felt.length = 0;
  heard = 0;
});

test('a sign of life is felt and heard; before somebody it is felt and not heard', () => {
  signal('check-in');
  assert.deepEqual([felt.length, heard], [1, 3]);
  signal('check-in', { silent: true });
  assert.deepEqual([felt.length, heard], [2, 3]);
});

test('who turned sound or vibration off is not disturbed by it', () => {
  localStorage.set('openpatrol-person', '{"id":"olu"}').set('openpatrol-own-olu', JSON.stringify({ sound: 'off', vibration: 'off' }));
  signal('check-in');
  assert.deepEqual([felt.length, heard], [0, 0]);
});
