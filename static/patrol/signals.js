/** What is felt and heard: three patterns, never without words beside them. */

import { setting } from './settings.js';

/** Milliseconds of buzzing and of rest; tones in hertz. */
export const SIGNALS = {
  offer: { buzz: [250, 120, 250], tones: [660, 880] },
  'check-in': { buzz: [120, 120, 120, 120, 600], tones: [880, 880, 660] },
  holding: { buzz: [60, 340, 60, 340, 60, 340, 400], tones: [] }, // SOS is silent
};
const TONE = 0.18; // seconds
const LOUD = 0.3;

let audio = null;

/**
 * Browsers give sound only to a page that was touched: when the finger is lifted, that counts. A call or another app
 * may take the sound away; the next touch brings it back.
 */
export function listenForTouch() {
  for (const type of ['pointerup', 'click', 'keydown']) addEventListener(type, wake, { capture: true });
}

function wake() {
  audio ??= new AudioContext();
  if (audio.state !== 'running') audio.resume().catch(() => {});
}

/** `silent`: felt and not heard, whatever the settings say of sound. */
export function signal(name, { silent = false } = {}) {
  const { buzz, tones } = SIGNALS[name];
  if (setting('vibration') === 'on') navigator.vibrate?.(buzz);
  if (setting('sound') === 'on' && tones.length && !silent) play(tones);
}

export function still() {
  navigator.vibrate?.(0);
}

function play(tones) {
  if (audio?.state !== 'running') return;
  tones.forEach((hertz, index) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = hertz;
    volume.gain.value = LOUD;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + index * TONE * 1.3);
    tone.stop(audio.currentTime + index * TONE * 1.3 + TONE);
  });
}
