/** Times, spans and distances as people say them. Times come as RFC 3339 text, `now` in milliseconds. */

import { locale, say } from './say.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const RECKONED_IN = 'en-GB'; // other languages may count by other calendars, or write other digits

/** "11:11" */
export function clock(time, zone) {
  return format(time, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "11:11" today, "yesterday 16:40", "tomorrow 08:00", else "Tue 8 Nov 16:40". */
export function when(time, now, zone) {
  const days = dayNumber(time, zone) - dayNumber(now, zone);
  const at = clock(time, zone);
  if (days === 0) return at;
  if (days === -1) return say('when-yesterday', { at });
  if (days === 1) return say('when-tomorrow', { at });
  return say('when-day', { day: date(time, now, zone), at });
}

/** "08:00 to 16:00", with the days where they are not today. */
export function period(from, to, now, zone) {
  const end = dayNumber(from, zone) === dayNumber(to, zone) ? clock(to, zone) : when(to, now, zone);
  return say('period', { from: when(from, now, zone), to: end });
}

/** "40 s", "47 min", "2 h 5 min", "3 days": never more than has passed. */
export function span(milliseconds) {
  const past = Math.max(milliseconds, 0);
  if (past < MINUTE) return say('span-seconds', { seconds: Math.floor(past / SECOND) });
  if (past < HOUR) return say('span-minutes', { minutes: Math.floor(past / MINUTE) });
  if (past >= 48 * HOUR) return say('span-days', { days: Math.floor(past / (24 * HOUR)) });
  const [hours, minutes] = [Math.floor(past / HOUR), Math.floor((past % HOUR) / MINUTE)];
  return minutes ? say('span-hours-minutes', { hours, minutes }) : say('span-hours', { hours });
}

/** "3:20" below an hour, "2 h 5 min" above; counts to 0:00. */
export function countdown(milliseconds) {
  const seconds = Math.max(Math.ceil(milliseconds / SECOND), 0);
  if (seconds >= 3600) return span(milliseconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "just now", "40 s ago", "3 min ago". */
export function age(time, now) {
  const past = now - millis(time);
  return past < 10 * SECOND ? say('age-now') : say('age', { span: span(past) });
}

/** "in 40 s", "in 3 min"; "now" when it has come. */
export function until(time, now) {
  const left = millis(time) - now;
  return left <= 0 ? say('until-now') : say('until', { span: span(left) });
}

/** "240 m" in tens, "1.2 km" from a kilometre. */
export function distance(metres) {
  const tens = Math.max(Math.round(metres / 10) * 10, 10);
  return tens < 1000
    ? say('distance-metres', { metres: tens })
    : say('distance-kilometres', { kilometres: (metres / 1000).toFixed(1) });
}

/** "3 min walk" */
export function walk(seconds) {
  return say('walk', { minutes: Math.max(Math.round(seconds / 60), 1) });
}

/** "Zone 3", "Zone 3 and Zone 4", "A, B and C". */
export function list(names) {
  if (names.length < 2) return names.join(''); // as mostly, and a browser is slow to learn how others are joined
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
}

/** The instant of a wall-clock time ("2026-03-29T08:00") in a zone, as RFC 3339 in UTC. */
export function instant(local, zone) {
  const asUtc = Date.parse(`${local}:00Z`);
  const guess = asUtc - zoneOffset(asUtc, zone);
  return new Date(asUtc - zoneOffset(guess, zone)).toISOString();
}

/** The wall-clock time in a zone, "2026-03-29T08:00", as a form's field wants it. */
export function wallClock(time, zone) {
  return new Date(millis(time) + zoneOffset(millis(time), zone)).toISOString().slice(0, 16);
}

function zoneOffset(at, zone) {
  const part = Object.fromEntries(
    formatter(zone, {
      year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
    }, RECKONED_IN).formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(at / SECOND) * SECOND;
}

/** "Tue 8 Nov", with the year where it is another one. */
export function date(time, now, zone) {
  const year = format(time, zone, { year: 'numeric' });
  const other = year === format(now, zone, { year: 'numeric' }) ? '' : ` ${year}`;
  return `${format(time, zone, { weekday: 'short' })} ${format(time, zone, { day: 'numeric' })} ${
    format(time, zone, { month: 'short' })}${other}`;
}

function dayNumber(time, zone) {
  const at = millis(time);
  return Math.floor((at + zoneOffset(at, zone)) / (24 * HOUR));
}

function format(time, zone, options) {
  return formatter(zone, options).format(millis(time));
}

const formatters = new Map();

function formatter(zone, options, language = locale()) {
  const key = language + zone + JSON.stringify(options);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat(language, { timeZone: zone, ...options }));
  }
  return formatters.get(key);
}

function millis(time) {
  return typeof time === 'number' ? time : Date.parse(time);
}
