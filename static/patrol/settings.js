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

/** It takes effect at once. */
export function choose(name, value) {
  localStorage.setItem(FAMILY + name, value);
  dispatchEvent(new Event('openpatrol-settings'));
}

/** Languages that the page speaks: ["en", "cy"] */
export function languages() {
  return document.documentElement.dataset.languages.split(' ');
}

/** The language that was chosen here; null: as the phone is set. The page has to be loaded anew to speak it. */
export function chosenLanguage() {
  return localStorage.getItem(`${FAMILY}language`);
}

export function chooseLanguage(language) {
  if (language) localStorage.setItem(`${FAMILY}language`, language);
  else localStorage.removeItem(`${FAMILY}language`);
}

/** When it is dark here, { from, to } in minutes of the day; null until a place was known. */
export function night() {
  const kept = localStorage.getItem(`${FAMILY}night`);
  if (!kept) return null;
  const [from, to] = kept.split(' ').map(Number);
  return { from, to };
}

export function keepNight({ from, to }) {
  localStorage.setItem(`${FAMILY}night`, `${from} ${to}`);
  dispatchEvent(new Event('openpatrol-settings'));
}
