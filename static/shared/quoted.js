import { html } from './html.js';
import { recognise, said } from './said.js';
import { ENGLISH, language } from './say.js';

/** What the server said, to be shown: in the language of the page, or in English and marked so, for it is read out. */
export function quoted(text) {
  if (!text || language() === ENGLISH || recognise(text)) return said(text);
  return html`<span lang="${ENGLISH}">${text}</span>`;
}
