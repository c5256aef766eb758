/** One outline cut in two by a line. */

import { areaOf, meeting, rounded } from './rings.js';

const ROUNDED_OFF = 0.001;

export const TROUBLE = {
  short: 'Draw a line across the zone: begin and end outside of it.',
  none: 'The line does not cross the zone. Begin and end it outside.',
  inside: 'The line crosses the edge once only: it must begin and end outside of the zone.',
  often: 'The line crosses the edge more than twice. Draw it so that it goes in once and out once.',
  outside: 'The line between these leaves the zone. Choose others, or draw it on the map.',
  holes: 'A zone with a hole in it can’t be split here.',
};

/** `line`: two points or more. { parts: [rings, rings] }, or { trouble }: a name in TROUBLE. */
export function splitBy(rings, line) {
  if (rings.length > 1) return { trouble: 'holes' };
  if (line.length < 2) return { trouble: 'short' };
  const found = cuts(rings[0], line);
  if (found.length !== 2) return { trouble: ['none', 'inside'][found.length] ?? 'often' };
  const parts = halves(rings[0], line, found).map((ring) => [ring]);
  return isWhole(parts, rings) ? { parts } : { trouble: 'outside' };
}

function isWhole(parts, rings) {
  return Math.abs(areaOf(parts[0]) + areaOf(parts[1]) - areaOf(rings)) <= ROUNDED_OFF * areaOf(rings);
}

/** Where the line meets the ring, in the line's order: { piece (of the line), edge, along, point }. */
function cuts(ring, line) {
  const found = [];
  line.slice(1).forEach((to, piece) => {
    const from = line[piece];
    ring.forEach((corner, edge) => {
      const point = meeting({ from, to }, { from: corner, to: ring[(edge + 1) % ring.length] });
      if (point) found.push({ piece, edge, point: rounded(point), along: (point[0] - from[0]) ** 2 + (point[1] - from[1]) ** 2 });
    });
  });
  found.sort((one, other) => one.piece - other.piece || one.along - other.along);
  return found.filter(({ point }, at) => at === 0 || !same(point, found[at - 1].point));
}

/** From the first cut around to the second, and back along the line; and the other way. */
function halves(ring, line, [first, second]) {
  const bend = line.slice(first.piece + 1, second.piece + 1);
  const around = walk(ring, first, second);
  const back = walk(ring, second, first);
  return [
    tidy([first.point, ...around, second.point, ...bend.toReversed()]),
    tidy([second.point, ...back, first.point, ...bend]),
  ];
}

/** The corners after one cut and up to the other, in the ring's order. */
function walk(ring, from, to) {
  const many = ring.length;
  let steps = (to.edge - from.edge + many) % many;
  if (steps === 0 && comesBefore(ring, to, from)) steps = many;
  return Array.from({ length: steps }, (_, step) => ring[(from.edge + 1 + step) % many]);
}

function comesBefore(ring, one, other) {
  const [lon, lat] = ring[one.edge];
  const away = ([x, y]) => (x - lon) ** 2 + (y - lat) ** 2;
  return away(one.point) < away(other.point);
}

/** Without corners that stand twice, as where the line goes through one. */
function tidy(ring) {
  return ring.filter((corner, at) => !same(corner, ring[(at + ring.length - 1) % ring.length]));
}

function same([x, y], [otherX, otherY]) {
  return x === otherX && y === otherY;
}
