import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';

/** Says that this phone was reported lost, and what that means, while it is so. */
export class LostLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.replaceChildren(html`<p class="notice now">${shape('alarm')} ${say('phone-is-lost')}</p>`);
  }
}

customElements.define('lost-line', LostLine);
