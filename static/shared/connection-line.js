import { html } from './html.js';
import { say } from './say.js';

const LOOKS = {
  connecting: 'muted',
  live: 'fine',
  checking: 'soon',
  none: 'now',
};

/** Whether what is shown is live. Set `state` to connecting, live, checking or none. */
export class ConnectionLine extends HTMLElement {
  #state;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.state = this.#state ?? 'connecting';
  }

  get state() {
    return this.#state;
  }

  set state(state) {
    if (state === this.#state && this.firstChild) return;
    this.#state = state;
    this.replaceChildren(html`<span class="${LOOKS[state]}">${say(`connection-${state}`)}</span>`);
  }
}

customElements.define('connection-line', ConnectionLine);
