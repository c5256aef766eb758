import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { Screen } from './screen.js';

/** What was sent, what waits, and what needs the officer. */
export class OutboxScreen extends Screen {
  draw() {
    this.replaceChildren(html`<section class="card stack"><h1>${say('outbox-title')}</h1><div class="stack"></div></section>`);
  }

  show() {
    const { steps } = this.hand.outbox;
    this.querySelector('div').replaceChildren(steps.length
      ? html`<ul>${steps.map(({ kind, about, problem }) => html`<li>${kind} ${about.street} ${problem?.detail}</li>`)}</ul>`
      : html`<p class="fine">${say('outbox-empty')}</p>`);
  }
}

customElements.define('outbox-screen', OutboxScreen);
export default OutboxScreen;
