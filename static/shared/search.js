/** Searching as people type: capitals and accents make no difference. */

export function plainly(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words that were typed. */
export function wordsOf(text) {
  return plainly(text).split(/\s+/).filter(Boolean);
}
