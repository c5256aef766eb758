/** Which bays lie in a drawing, and which would lie in no zone with it. */

import { boxOf, isInside } from './rings.js';
import { baysWords } from './words.js';

export class Cover {
  #bays;
  #others;
  #before;

  /**
   * `bays`: [{ reference, street, lon, lat }]; `others`: the rings of every other zone in use; `before`: those of this
   * zone as it is saved, or null.
   */
  constructor(bays, others, before = null) {
    this.#bays = bays;
    this.#others = new Set(others.flatMap((rings) => within(bays, rings)));
    this.#before = new Set(before ? within(bays, before) : []);
  }

  /**
   * `inside`: the bays in it; `loose`: those that would lie in no zone; `left`: those of them that do lie in one now.
   */
  of(rings) {
    const inside = within(this.#bays, rings);
    const held = new Set(inside);
    const loose = this.#bays.filter((bay) => !held.has(bay) && !this.#others.has(bay));
    return { inside, loose, left: loose.filter((bay) => this.#before.has(bay)) };
  }
}

function within(bays, rings) {
  const { west, south, east, north } = boxOf(rings);
  return bays.filter(({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north && isInside(rings, [lon, lat]));
}

const MOST_NAMED = 12;

/** "14 bays inside." and, where there are any, those that would lie in no zone. */
export function coverWords({ inside, loose, left }) {
  const more = left.length - MOST_NAMED;
  const names = left.slice(0, MOST_NAMED).map(({ reference, street }) => `${street} ${reference}`).join(', ');
  return {
    inside: inside.length === 0 ? 'No bay lies in it.' : `${baysWords(inside.length)} inside.`,
    left: left.length ? `${baysWords(left.length)} would be left in no zone, and nobody sent there: ${names}${more > 0 ? ` and ${more} more` : ''}.` : '',
    loose: loose.length > left.length ? `${baysWords(loose.length - left.length)} of the council ${loose.length - left.length === 1 ? 'lies' : 'lie'} in no zone now.` : '',
  };
}
