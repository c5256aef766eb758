import { html } from '../../../shared/html.js';
import { ZONE } from './plan-table.js';

/** Zones, to be dragged on somebody's shift. What they do is also done by the shift's own form. */
export class ZoneChips extends HTMLElement {
  #drawn = null;

  connectedCallback() {
    this.addEventListener('dragstart', ({ target, dataTransfer }) => {
      dataTransfer.setData(ZONE, target.dataset.zone);
      dataTransfer.setData('text/plain', target.textContent);
      dataTransfer.effectAllowed = 'copy';
    });
  }

  show(zones) {
    const drawn = JSON.stringify(zones.map(({ id, name }) => [id, name]));
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.hidden = zones.length === 0;
    this.replaceChildren(html`<p class="muted small">Drag a zone to a shift, or open the shift and tick it there.</p>
      <ul class="row" tabindex="0" aria-label="Zones">${zones.map(({ id, name }) => html`<li class="chip" draggable="true" data-zone="${id}">${name}</li>`)}</ul>`);
  }
}

customElements.define('zone-chips', ZoneChips);
