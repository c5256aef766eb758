/** A day as a strip of hours: which hours it shows, and where in it a time stands. Times in milliseconds. */

import { clock } from '../../../shared/words.js';

const HOUR = 3_600_000;
const USUAL = [6, 22];
const MARKS = 4; // hours between two that are written

/** The hours to show of a day that begins at `start`: the usual ones, and all in which somebody works. */
export function hoursOf(start, shifts) {
  const froms = shifts.map(({ planned_from: from }) => Date.parse(from));
  const tos = shifts.map(({ planned_to: to }) => Date.parse(to));
  const from = Math.min(start + USUAL[0] * HOUR, ...froms);
  const to = Math.max(start + USUAL[1] * HOUR, ...tos);
  return {
    from: Math.max(floor(from), start - 12 * HOUR),
    to: Math.min(-floor(-to), start + 36 * HOUR),
  };
}

function floor(at) {
  return Math.floor(at / HOUR) * HOUR;
}

/** Where from the left it stands, as a share of the strip from 0 to 1. */
export function placeOf(at, { from, to }) {
  return Math.min(Math.max((at - from) / (to - from), 0), 1);
}

/** The hours that are written above the strip: [{ at, words }]. */
export function marksOf({ from, to }, zone) {
  const marks = [];
  for (let at = from; at < to; at += HOUR) {
    const words = clock(at, zone);
    if (Number(words.slice(0, 2)) % MARKS === 0 && words.endsWith(':00')) marks.push({ at, words });
  }
  return marks;
}
