/** Days of the council's calendar, as "2026-06-29". */

import { now, zone } from '../../../shared/clock.js';
import { date, instant, wallClock } from '../../../shared/words.js';

const DAY = 86_400_000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;

export function today() {
  return wallClock(now(), zone()).slice(0, 10);
}

export function isDay(text) {
  return FORM.test(text ?? '') && !Number.isNaN(Date.parse(text));
}

/** So many days later, or (below zero) earlier. */
export function daysOn(day, days) {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** "Mon 29 Jun" */
export function dayWords(day) {
  return date(instant(`${day}T12:00`, zone()), now(), zone());
}

/** The moment at which the day begins, in milliseconds. */
export function begins(day) {
  return Date.parse(instant(`${day}T00:00`, zone()));
}
