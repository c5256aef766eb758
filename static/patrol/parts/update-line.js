import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

/** Says that a newer version is ready; its officer chooses when. */
export class UpdateLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  offer(takeOver) {
    this.replaceChildren(html`<div class="notice row spread"><p>${say('update-ready')}</p>
      <button type="button">${say('update-now')}</button></div>`);
    this.querySelector('button').addEventListener('click', takeOver);
  }
}

customElements.define('update-line', UpdateLine);
