/** How far it is to a bay from where the phone is now. */

import { say } from '../shared/say.js';
import { distance, walk } from '../shared/words.js';
import { metresBetween } from './positions.js';

const DETOUR = 1.3; // streets are no straight lines
const METRES_A_SECOND = 5 / 3.6;
const COARSE_M = 50;

/**
 * "240 m · 3 min walk", by a fresh fix; with how good that is where it is bad. Empty where the phone does not know.
 * The time is by the pace that the plan has for this officer.
 */
export function awayWords(bay, place, assignment = null) {
  if (place.lon === undefined) return '';
  const metres = awayMetres(bay, place);
  const seconds = metres / (paceOf(assignment) ?? METRES_A_SECOND);
  const words = say('away', { distance: distance(metres), walk: walk(seconds) });
  return place.accuracy_m > COARSE_M ? say('away-coarse', { away: words, accuracy: distance(place.accuracy_m) }) : words;
}

/** How far it is to walk, as a guess. */
export function awayMetres(bay, place) {
  return metresBetween(place, bay) * DETOUR;
}

/** How fast this officer walks, as the plan has it. */
function paceOf(assignment) {
  const { walk_metres: metres, walk_seconds: seconds } = assignment ?? {};
  return metres > 0 && seconds > 0 ? metres / seconds : null;
}
