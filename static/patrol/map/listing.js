/** What the map shows, as a list: what calls for the officer first, and then by the way to it. */

import { metresBetween } from '../positions.js';
import { plainly, wordsOf } from '../../shared/search.js';
import { CALLING } from '../../shared/map/scene.js';

/**
 * [{ name, places }] of `yours`, `calling`, `others`, without the empty ones; each place with `metres` to it (null where
 * the phone does not know where it is). `sought`: part of a street's name or a bay's reference.
 */
export function listing(bays, { me, sought = '' }) {
  const places = bays.filter((bay) => matches(bay, sought)).map((bay) => ({ ...bay, metres: me ? metresBetween(me, bay) : null }));
  const groups = { yours: [], calling: [], others: [] };
  for (const place of places.sort(byWay)) groups[groupOf(place)].push(place);
  return Object.entries(groups).filter(([, found]) => found.length).map(([name, found]) => ({ name, places: found }));
}

function groupOf({ task, state }) {
  if (task) return 'yours';
  return CALLING.includes(state) ? 'calling' : 'others';
}

function byWay(one, other) {
  if (one.metres !== null && one.metres !== other.metres) return one.metres - other.metres;
  return one.street.localeCompare(other.street) || one.reference.localeCompare(other.reference, undefined, { numeric: true });
}

function matches({ street, reference }, sought) {
  return wordsOf(sought).every((word) => plainly(`${street} ${reference}`).includes(word));
}
