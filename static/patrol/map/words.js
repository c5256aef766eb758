/** A bay and a position in words. */

import { said } from '../../shared/said.js';
import { say } from '../../shared/say.js';
import { age, clock, span } from '../../shared/words.js';

/** "Over", "Free" */
export function stateWord(state) {
  return say(`mark-${state}`);
}

/** "Over for 12 min", "Free", "Over, as of 11:11" where the marks are old. */
export function stateWords({ state, since }, { now, zone, markedAt = null }) {
  const word = stateWord(state);
  if (markedAt !== null) return say('mark-as-of', { word, at: clock(markedAt, zone) });
  return since && Date.parse(since) < now ? say('mark-for', { word, span: span(now - Date.parse(since)) }) : word;
}

/** "limited waiting, 2 h"; nothing where no rule is known. */
export function allowsWords(allows) {
  return allows ? said(allows) : '';
}

/** "You are here, to 8 m, 20 s ago", or why the map does not say. */
export function positionWords(positions, now) {
  const { latest, state } = positions;
  if (latest) return say('map-me', { metres: Math.round(latest.accuracy_m), age: age(latest.at, now) });
  return say(`map-me-${['denied', 'unsupported', 'waiting'].includes(state) ? state : 'none'}`);
}
