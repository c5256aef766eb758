import { html } from './html.js';
import { say } from './say.js';

const STAYS = 12_000;

/** What has just happened, read out and shown. `say(words)`; with `{urgent: true}` it stays until closed. */
export class NoticeLine extends HTMLElement {
  #timer;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.addEventListener('click', (event) => event.target.closest('button') && this.clear());
  }

  say(words, { urgent = false } = {}) {
    clearTimeout(this.#timer);
    this.replaceChildren(html`<div class="notice ${urgent ? 'now' : ''}"><p>${words}</p>
      <button type="button">${say('close')}</button></div>`);
    if (!urgent) this.#timer = setTimeout(() => this.clear(), STAYS);
  }

  clear() {
    this.replaceChildren();
  }
}

customElements.define('notice-line', NoticeLine);
