import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';

/** One subject of a story: a heading and its lines, each { key, at, words, details, shape?, tone? }; hidden without any. */
export class StoryLines extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<h2>${this.dataset.heading}</h2><ol class="plain-list"></ol>`);
  }

  show(lines) {
    this.hidden = lines.length === 0;
    keyed(this.querySelector('ol'), lines, { key: ({ key }) => key, mark: JSON.stringify, draw });
  }
}

function draw({ at, words, details, shape: form, tone = '' }) {
  return html`<li>${at && html`<span class="muted at">${at}</span>`}<div><p>${form && html`<span class="${tone}">${shape(form)}</span> `}${words}</p>
    ${details.map((each) => html`<p class="muted">${each}</p>`)}</div></li>`.firstElementChild;
}

customElements.define('story-lines', StoryLines);
