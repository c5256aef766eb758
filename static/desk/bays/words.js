/** Bays and what they allow, in words. */

import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import { instant, when } from '../../shared/words.js';

const STATES = { free: 'Free', occupied: 'Occupied', unknown: 'Unknown' };
const MINUTES_IN_HOUR = 60;

export const STATE_CHOICES = [
  ['free', 'Free'], ['occupied', 'Occupied'], ['unknown', 'Unknown: no sensor, or a silent one'], ['suspended', 'Suspended now'],
  ['paused', 'Paused: signs defective'], ['retired', 'Out of use'],
];

/** A shape and a word; paused and out of use come before what the sensor says. */
export function stateOf({ retired_at: retired, paused_at: paused, suspended, state }) {
  if (retired) return { shape: 'ended', words: 'Out of use' };
  if (paused) return { shape: 'rest', words: 'Paused' };
  if (suspended) return { shape: 'suspended', words: 'Suspended' };
  return { shape: state, words: STATES[state] };
}

export function stateCell(bay) {
  const { shape: name, words } = stateOf(bay);
  return html`${shape(name)} ${words}`;
}

/** "2 h, code 30, Mo-Sa 08:30-18:30" */
export function allowsWords(restriction) {
  if (!restriction) return 'Nothing is known';
  const { permitted_minutes: minutes, code, suffix, hours } = restriction;
  return `${minutes ? limit(minutes) : 'no stay'}, code ${code}${suffix}, ${hours}`;
}

export function limit(minutes) {
  const [hours, rest] = [Math.floor(minutes / MINUTES_IN_HOUR), minutes % MINUTES_IN_HOUR];
  return [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ');
}

export function at(time) {
  return when(time, now(), zone());
}

/** "from 08:00 until tomorrow 18:00" */
export function spanWords(from, to) {
  return `from ${at(from)} ${to ? `until ${at(to)}` : 'on'}`;
}

/** What a field for date and time holds, as an instant; null if it is empty. */
export function instantOf(value) {
  return value ? instant(value, zone()) : null;
}

export function options(items, empty) {
  return html`<option value="">${empty}</option>${items.map(([value, words]) => html`<option value="${value}">${words}</option>`)}`;
}

export function number(count, one, many) {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
