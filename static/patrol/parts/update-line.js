import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { whileSeen } from '../../shared/while-seen.js';

const ASK_AGAIN = 15_000;

/** Says that a newer version is ready, once its officer is not in the middle of something; they choose when. */
export class UpdateLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  offer(takeOver, busy) {
    const offered = new AbortController();
    const look = () => {
      if (busy()) return;
      offered.abort();
      this.#draw(takeOver);
    };
    whileSeen(ASK_AGAIN, look, offered.signal);
    look();
  }

  #draw(takeOver) {
    this.replaceChildren(html`<div class="notice row spread"><p>${say('update-ready')}</p>
      <button type="button">${say('update-now')}</button></div>`);
    this.querySelector('button').addEventListener('click', takeOver);
  }
}

customElements.define('update-line', UpdateLine);
