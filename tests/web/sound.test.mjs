/** What is heard: browsers give sound only where a touch has asked for it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signal } from '../../static/patrol/signals.js';
import { listenForTouch } from '../../static/shared/tones.js';

const phone = new EventTarget();
const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
let audio = null;
let touched = false; // as the browser counts it: not when a finger comes down
let heard = 0;

class Sound {
  state = 'suspended';
  currentTime = 0;
  constructor() { audio = this; }
  async resume() {
    if (!touched) throw new DOMException('', 'NotAllowedError');
    this.state = 'running';
  }
  createOscillator() { return { frequency: {}, connect: (next) => next, start: () => { heard += 1; }, stop() {} }; }
  createGain() { return { gain: {}, connect: (next) => next }; }
}

before(() => {
  Object.assign(globalThis, { AudioContext: Sound, localStorage: { getItem: () => null } });
  globalThis.addEventListener = phone.addEventListener.bind(phone);
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  listenForTouch();
});

after(() => {
  for (const name of ['AudioContext', 'localStorage', 'addEventListener']) delete globalThis[name];
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else delete globalThis.navigator;
});

/** A finger comes down and is lifted. */
async function touch() {
  phone.dispatchEvent(new Event('pointerdown'));
  touched = true;
  phone.dispatchEvent(new Event('pointerup'));
  touched = false;
  await null;
}

test('the first touch gives the page its sound, and the next one brings it back after a call took it away', async () => {
  signal('offer');
  assert.equal(heard, 0);
  await touch();
  signal('offer');
  assert.equal(heard, 2);
  audio.state = 'interrupted';
  signal('offer');
  assert.equal(heard, 2);
  const same = audio;
  await touch();
  signal('offer');
  assert.equal(heard, 4);
  assert.equal(audio, same);
});
