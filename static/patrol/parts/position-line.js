import { html } from '../../shared/html.js';

const WORDS = {
  off: 'Your position is not taken.',
  waiting: 'Finding your position… If the phone asks, allow it.',
  on: 'Your position is shared with your supervisor while you are on shift.',
  denied: 'This phone does not give your position. Allow it in the browser’s site settings to be sent the nearest work;'
    + ' you can always say “I’m here” yourself.',
  lost: 'No position just now. You can always say “I’m here” yourself.',
  unsupported: 'This browser has no position. Say “I’m here” yourself when you arrive.',
};

/** Whether the position is taken, in words. Set `state`. */
export class PositionLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  set state(state) {
    this.replaceChildren(html`<p class="${['denied', 'lost'].includes(state) ? 'soon' : 'muted'}">${WORDS[state]}</p>`);
  }
}

customElements.define('position-line', PositionLine);
