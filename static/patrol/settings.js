/**
 * How its officer wants this phone: theirs by id, so that the next one does not get their large letters, nor a phone
 * that never locks. It lies in the clear, and is nobody's secret; `early.js` reads it, too. Where nobody has signed in
 * all is as it comes, but for the language: that stays the one last chosen here.
 */

import { language } from '../shared/say.js';
import { whose } from './whose.js';

const FAMILY = 'openpatrol-';
const OWN = `${FAMILY}own-`;

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
  const chosen = own()[name];
  return CHOICES[name].includes(chosen) ? chosen : CHOICES[name][0];
}

/** It takes effect at once. */
export function choose(name, value) {
  keepOwn({ [name]: value });
  takeEffect();
}

/** Somebody has taken the phone up: it is as they want it. */
export function takeUpSettings(at = Date.now()) {
  keepOwn({ at });
  takeEffect();
}

/** From now on it is as whoever has the phone wants it, or, where nobody has, as it comes. */
export function takeEffect() {
  dispatchEvent(new Event('openpatrol-settings'));
}

/** Those of officers who were not here since `before`, in ms. */
export function forgetSettings(before) {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(OWN));
  for (const name of names) if (!(JSON.parse(localStorage.getItem(name)).at > before)) localStorage.removeItem(name);
}

/** Languages that the page speaks: ["en", "cy"] */
export function languages() {
  return document.documentElement.dataset.languages.split(' ');
}

/** The language that was chosen here; null: as the phone is set. The page has to be loaded anew to speak it. */
export function chosenLanguage() {
  return own().language ?? localStorage.getItem(`${FAMILY}language`);
}

export function chooseLanguage(chosen) {
  keepOwn({ language: chosen });
  if (chosen) localStorage.setItem(`${FAMILY}language`, chosen);
  else localStorage.removeItem(`${FAMILY}language`);
}

/** Does the page speak another language than the one that its officer chose? */
export function speaksAnother() {
  const chosen = own().language;
  return languages().includes(chosen) && chosen !== language();
}

/** What its officer chose and the server was not told of yet. */
export function isLanguageUntold() {
  return own().untold ?? false;
}

export function keepLanguageUntold(untold) {
  keepOwn({ untold });
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
  takeEffect();
}

function own() {
  const person = whose();
  return person ? JSON.parse(localStorage.getItem(OWN + person.id) ?? '{}') : {};
}

function keepOwn(more) {
  const person = whose();
  if (person) localStorage.setItem(OWN + person.id, JSON.stringify({ ...own(), ...more }));
}
