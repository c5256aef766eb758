/** What is felt and heard: three patterns, never without words beside them. */

import { play } from '../shared/tones.js';
import { setting } from './settings.js';

/** Milliseconds of buzzing and of rest; tones in hertz. */
export const SIGNALS = {
  offer: { buzz: [250, 120, 250], tones: [660, 880] },
  'check-in': { buzz: [120, 120, 120, 120, 600], tones: [880, 880, 660] },
  holding: { buzz: [60, 340, 60, 340, 60, 340, 400], tones: [] }, // SOS is silent
};

/** `silent`: felt and not heard, whatever the settings say of sound. */
export function signal(name, { silent = false } = {}) {
  const { buzz, tones } = SIGNALS[name];
  if (setting('vibration') === 'on') navigator.vibrate?.(buzz);
  if (setting('sound') === 'on' && tones.length && !silent) play(tones);
}

export function still() {
  navigator.vibrate?.(0);
}
