import { html } from '../../shared/html.js';
import { awaitedWords } from './photo-words.js';

/** Small pictures that open large; what is still on the phone is counted. */
export class PhotoStrip extends HTMLElement {
  #mark = '';

  show({ shown, awaited }) {
    const mark = JSON.stringify([shown, awaited]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.hidden = shown.length + awaited === 0;
    this.replaceChildren(html`${shown.length > 0 && html`<p class="photos">${shown.map(({ url, words, chosen }) => html`<a href="${url}"
      target="_blank" rel="noopener"><img src="${url}" alt="${words}" loading="lazy">${chosen && html`<span class="small">${words}</span>`}</a>`)}</p>`}
      ${awaited > 0 && html`<p class="muted">${awaitedWords(awaited)}</p>`}`);
  }
}

customElements.define('photo-strip', PhotoStrip);
