/** Where the officer is, in words. */

import { say } from '../../shared/say.js';
import { age } from '../../shared/words.js';

/** "You are here, to 8 m, 20 s ago", or why the map does not say. */
export function positionWords(positions, now) {
  const { latest, state } = positions;
  if (latest) return say('map-me', { metres: Math.round(latest.accuracy_m), age: age(latest.at, now) });
  return say(`map-me-${['denied', 'unsupported', 'waiting'].includes(state) ? state : 'none'}`);
}
