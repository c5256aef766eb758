/** What is wrong with a drawing, in words and as places on the map, while it is drawn. */

import { areaOf, countOf, crossingsOf } from './rings.js';

const MOST_TOLD = 3;

/**
 * [{ words, points }] of what stands in the way of saving; `points`: where to look. `limits`: { most_corners, least_m2 }
 * as the server says them.
 */
export function faultsOf(rings, limits) {
  const corners = countOf(rings);
  const points = corners + rings.length; // as GeoJSON counts: the first corner of each ring stands at its end again
  if (points > limits.most_corners) return [fault(`It has ${corners} corners, and ${limits.most_corners - rings.length} are the most. Remove some, or draw it anew with fewer.`)];
  const short = rings.findIndex((ring) => ring.length < 3);
  if (short === 0) return [fault(`An outline needs three corners at least; it has ${['none yet', 'one', 'two'][rings[0].length]}.`)];
  if (short > 0) return [fault(`Hole ${short} needs three corners at least.`)];
  const crossings = crossingsOf(rings);
  if (crossings.length) return [crossed(crossings)];
  const area = areaOf(rings);
  return area < limits.least_m2 ? [fault(`It covers ${Math.round(area)} m²; less than ${limits.least_m2} m² has room for no patrol.`)] : [];
}

function fault(words, points = []) {
  return { words, points };
}

function crossed(crossings) {
  const [first] = crossings;
  const words = crossings.length === 1
    ? `The outline crosses itself: the edge after ${name(first.edges[0])} and the one after ${name(first.edges[1])}. Move or remove a corner.`
    : `The outline crosses itself in ${crossings.length} places: after ${crossings.slice(0, MOST_TOLD).map(({ edges }) => `${name(edges[0])} and ${name(edges[1])}`).join('; ')}. Move or remove a corner.`;
  return fault(words, crossings.map(({ point }) => point));
}

/** "corner 3", "corner 2 of hole 1": as the table counts them. */
export function name({ ring, at }) {
  return `corner ${at + 1}${ring ? ` of hole ${ring}` : ''}`;
}
