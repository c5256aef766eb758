/** The list of contraventions, to search in by number or by words. */

import { plainly, wordsOf } from '../shared/search.js';

const MOST_FOUND = 6;

/**
 * Those that fit what was typed, the likeliest first; where nothing was, those that this officer used lately
 * (`recent`: their codes), and then the first of the list. `items`: as GET /contraventions lists them.
 */
export function searched(items, text, recent = []) {
  const words = wordsOf(text);
  if (!words.length) return [...new Set([...usedOf(items, recent), ...items])].slice(0, MOST_FOUND);
  const fitting = items.filter((item) => words.every((word) => fits(item, word)));
  return fitting.sort((one, other) => rank(one, words[0]) - rank(other, words[0])).slice(0, MOST_FOUND);
}

/** Those of the list that were used lately: a code may have left it since. */
export function usedOf(items, recent) {
  return recent.map((code) => items.find((item) => item.code === code)).filter(Boolean);
}

/** A code just used goes first, and each stands once. */
export function usedLately(recent, code) {
  return [code, ...recent.filter((each) => each !== code)].slice(0, MOST_FOUND);
}

function fits({ code, gist }, word) {
  return code.startsWith(word) || plainly(gist).includes(word);
}

function rank({ code, gist }, word) {
  if (code.startsWith(word)) return 0;
  return wordsOf(gist).some((each) => each.startsWith(word)) ? 1 : 2;
}
