/** How this phone is set. It lies in the clear, is the phone's and nobody's secret; `early.js` reads it, too. */

const FAMILY = 'openpatrol-';

/** What may be chosen; the first is taken where nothing was. */
export const CHOICES = {
  theme: ['phone', 'light', 'dark', 'time'],
  text: ['100', '125', '150', '200'],
  contrast: ['phone', 'more'],
  motion: ['phone', 'less'],
  vibration: ['on', 'off'],
  sound: ['on', 'off'],
  sos: ['hold', 'taps'],
  lock: ['5', '1', '15', 'never'],
  awake: ['off', 'on'],
};

export function setting(name) {
  const chosen = localStorage.getItem(FAMILY + name);
  return CHOICES[name].includes(chosen) ? chosen : CHOICES[name][0];
}

export function choose(name, value) {
  localStorage.setItem(FAMILY + name, value);
}
