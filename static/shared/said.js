/**
 * The server's own sentences ("Over a 2 h limit") in the language of the page. They come in English; each has a
 * pattern in the English catalogue under a name that begins with `said-`, and so its like in other languages.
 */

import { ENGLISH, language, patterns, say } from './say.js';

const PREFIX = 'said-';
let known = null;

/** The sentence in the language of the page; as it came, where no catalogue knows it. */
export function said(text) {
  if (!text || language() === ENGLISH) return text ?? '';
  const found = recognise(text);
  return found ? say(found.name, found.values) : text;
}

/** Several of them, as the server joins them: "nearest of four; likely still there". */
export function saidEach(text) {
  return (text ?? '').split('; ').filter(Boolean).map(said);
}

/** Which sentence of the catalogue this is, and what stands in its gaps; null for one that it does not know. */
export function recognise(text) {
  known ??= patterns(ENGLISH, PREFIX).map(([name, parts]) => ({ name, ...readerOf(parts) }));
  for (const { name, shape, gaps } of known) {
    const match = shape.exec(text);
    if (match) return { name, values: Object.fromEntries(gaps.map((gap, index) => [gap, valueOf(match[index + 1])])) };
  }
  return null;
}

/** A pattern's text as a regular expression, its gaps as groups. */
function readerOf(parts) {
  const gaps = parts.filter((part) => typeof part !== 'string').map(({ name }) => name);
  const source = parts.map((part) => (typeof part === 'string' ? escaped(part) : '(.+?)'));
  return { shape: new RegExp(`^${source.join('')}$`, 'u'), gaps };
}

function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A number as a number, so that plurals follow it; a sentence of ours inside ours in its own words. */
function valueOf(text) {
  return /^\d+$/.test(text) ? Number(text) : said(text);
}
