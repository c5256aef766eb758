/** What a browser brings along and Node does not: the libraries' addresses, and the words. */

import { register } from 'node:module';
import { readFileSync } from 'node:fs';

register('./libraries.mjs', import.meta.url);

const { speak } = await import('../../static/shared/say.js');
speak({ en: catalogue('en') });

export function catalogue(language) {
  return readFileSync(new URL(`../../static/shared/words/${language}.ftl`, import.meta.url), 'utf8');
}
