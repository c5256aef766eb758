/** What the sensor said of a stay: the same said again and again is one line. */

import { span } from '../../shared/words.js';

const LATE = 300_000; // ms
const WORDS = { occupied: 'A car is there', free: 'Free', over: 'Over its time', device: 'About the device itself' };
const SHAPES = { occupied: 'occupied', free: 'free', over: 'over', device: 'unknown' };

/** Lines of readings, the earliest first. `on(time)`: a time in words. */
export function readingLines(readings, on) {
  return runsOf(readings).map(({ state, since, folded, items }) => {
    const [first, last] = [items[0], items[items.length - 1]];
    return {
      key: String(first.id),
      shape: SHAPES[state] ?? 'unknown',
      at: first === last ? on(first.event_at) : `${on(first.event_at)} to ${on(last.event_at)}`,
      words: `${WORDS[state] ?? state}${since ? `, since ${on(since)}` : ''}${items.length > 1 ? `: said ${items.length} times` : ''}`,
      details: [lateWords(items), !folded && state !== 'device' && 'It came too late to count.'].filter(Boolean),
    };
  });
}

/** Readings that say the same and stand next to each other. */
function runsOf(readings) {
  const runs = [];
  for (const reading of readings) {
    const run = runs[runs.length - 1];
    const same = run && ['state', 'since', 'folded', 'sensor'].every((name) => run[name] === reading[name]);
    if (same) run.items.push(reading);
    else runs.push({ ...reading, items: [reading] });
  }
  return runs;
}

function lateWords(items) {
  const waits = items.map(({ event_at: at, received_at: came }) => Date.parse(came) - Date.parse(at)).filter((wait) => wait > LATE);
  if (!waits.length) return null;
  const most = span(Math.max(...waits));
  return items.length === 1 ? `It came ${most} later.` : `${waits.length} of them came late, by up to ${most}.`;
}

/** "Show 11 of 240 more", "Show 50 of …"; nothing where all are shown. */
export function moreWords({ shown, total, next }) {
  const left = total - shown;
  return next && left > 0 ? `Show more readings: ${left} are left` : '';
}
