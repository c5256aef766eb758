import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';

/** The streets where most cars were over their time today; the map bears the same numbers. */
export class HotSpots extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(html`<h2>Hot spots today</h2><p class="muted">No overstays yet</p><ol></ol>`);
  }

  show({ said: { hot_spots: spots } }) {
    this.querySelector('p').hidden = spots.length > 0;
    keyed(this.querySelector('ol'), spots, { key: ({ street }) => street, mark: JSON.stringify, draw });
  }
}

function draw({ street, overstays, lawful_now: lawful }) {
  return html`<li><span class="street">${street}</span> <strong>${overstays === 1 ? '1 car' : `${overstays} cars`}</strong>
    ${lawful > 0 && html`<span class="now whole">${String(lawful)} lawful now</span>`}</li>`.firstElementChild;
}

customElements.define('hot-spots', HotSpots);
