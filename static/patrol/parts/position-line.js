import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

/** Whether the position is taken, in words. Set `state`. */
export class PositionLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  set state(state) {
    this.replaceChildren(html`<p class="${['denied', 'lost'].includes(state) ? 'soon' : 'muted'}">${say(`position-${state}`)}</p>`);
  }
}

customElements.define('position-line', PositionLine);
