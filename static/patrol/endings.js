/** How visits end: which ends are offered first, and what is said with them as the API takes it. */

import { said } from '../shared/said.js';
import { say } from '../shared/say.js';

const MINUTE = 60_000; // ms
const DAY = 24 * 60; // minutes

/** The usual ends, in the order in which a thumb looks for them. Serving a notice has a step of its own. */
const USUAL = [
  'patrolled', 'drove_away_before_preparation', 'drove_away_after_preparation', 'gone_on_arrival', 'advised_and_moved',
  'within_time', 'right_seen', 'no_contravention',
];
const ELSEWHERE = ['notice_served', 'unsafe'];
const [BEFORE, AFTER, GONE] = ['drove_away_before_preparation', 'drove_away_after_preparation', 'gone_on_arrival'];

/**
 * { usual, others }: the ends that can be said. Once the car was `looked` at it is hardly gone on arrival; once a
 * notice was `begun` it can't have left before that, and when it was begun is on record.
 */
export function byNeed(outcomes, { looked, begun }) {
  const fitting = outcomes
    .filter(({ value }) => !ELSEWHERE.includes(value) && !(begun && value === BEFORE))
    .map(({ value, words, needs }) => ({ value, words: said(words), needs: begun && value === AFTER ? [] : needs }));
  const isUsual = ({ value }) => USUAL.includes(value) && (begun || value !== AFTER) && !(looked && value === GONE);
  const usual = fitting.filter(isUsual).sort((one, other) => USUAL.indexOf(one.value) - USUAL.indexOf(other.value));
  return { usual, others: fitting.filter((outcome) => !isUsual(outcome)) };
}

/** The details as the API takes them. `now` in milliseconds; times were typed as they are in `zone`. */
export function typed({ minutes, preparation_began_at: began, ...texts }, now, zone) {
  const given = Object.entries(texts).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text);
  return {
    ...Object.fromEntries(given),
    ...(minutes && { minutes: Number(minutes) }),
    ...(began && { preparation_began_at: lastTime(began, now, zone) }),
  };
}

/** A notice on a car that can't be recorded as served, as an outcome that the supervisor is told of: by its number. */
export function asIncident({ notice_number: number } = {}) {
  const reference = number ? say('paper-reference', { number }) : say('paper-no-number');
  return { outcome: 'incident', details: { reference, ...(number && { notice_number: number }) } };
}

/** What has become of the task by this end, as far as the phone can tell. `now` in milliseconds. */
export function endedWords({ found, overstay_from: overFrom }, { outcome, details }, now) {
  if (outcome === 'unsafe') return say('undo-unsafe');
  if (outcome === 'loading_look_again') return say(found ? 'undo-again-yours' : 'undo-again', { minutes: details.minutes });
  if (outcome === 'within_time' && !found && now < Date.parse(overFrom)) return say('undo-within-time');
  return say('undo-closed');
}

/** The last moment at which a clock there showed this time: just before midnight may be yesterday. */
function lastTime(shown, now, zone) {
  const wanted = minuteOf(shown);
  const before = (at) => (minuteShown(at, zone) - wanted + DAY) % DAY; // minutes since it was shown
  const at = now - (now % MINUTE);
  const found = at - before(at) * MINUTE;
  const changed = before(found); // where the clocks were changed in between
  return new Date(found - (changed > DAY / 2 ? changed - DAY : changed) * MINUTE).toISOString();
}

/** The minute of the day that a clock in this zone shows. */
function minuteShown(at, zone) {
  return minuteOf(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at));
}

function minuteOf(shown) {
  const [hours, minutes] = shown.split(':').map(Number);
  return hours * 60 + minutes;
}
