import { html } from './html.js';
import { say } from './say.js';

const STAYS = 12_000;

/** What has just happened, read out and shown. `say(words)`; with `{urgent: true}` it stays until closed, whatever follows. */
export class NoticeLine extends HTMLElement {
  #timer;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.addEventListener('click', ({ target }) => target.closest('button, a') && target.closest('.notice').remove());
  }

  say(words, { urgent = false } = {}) {
    clearTimeout(this.#timer);
    this.querySelectorAll(urgent ? '.notice' : '.passing').forEach((each) => each.remove());
    this.append(html`<div class="notice ${urgent ? 'now' : 'passing'}"><p>${words}</p>
      <button type="button">${say('close')}</button></div>`);
    if (!urgent) this.#timer = setTimeout(() => this.querySelector('.passing')?.remove(), STAYS);
  }

  clear() {
    this.replaceChildren();
  }
}

customElements.define('notice-line', NoticeLine);
