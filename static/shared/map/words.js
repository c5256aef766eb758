/** A bay in words. */

import { said } from '../said.js';
import { say } from '../say.js';
import { clock, span } from '../words.js';

const TONES = { lawful: 'now', over: 'soon', 'may-have-left': 'soon' };

/** "Over", "Free" */
export function stateWord(state) {
  return say(`mark-${state}`);
}

/** The class of its words: now, soon or none. */
export function stateTone(state) {
  return TONES[state] ?? '';
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
