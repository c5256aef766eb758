import { html } from './html.js';

const WORDS = {
  connecting: 'Connecting…',
  live: 'Live',
  checking: 'No live feed: checking every 15 s',
  none: 'No connection: this may be out of date. Trying again.',
};
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
    this.replaceChildren(html`<span class="${LOOKS[state]}">${WORDS[state]}</span>`);
  }
}

customElements.define('connection-line', ConnectionLine);
