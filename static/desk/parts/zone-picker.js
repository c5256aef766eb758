import { html } from '../../shared/html.js';

let pickers = 0;

/** Zones to tick. Set `zones`; read or set `chosen` (ids). */
export class ZonePicker extends HTMLElement {
  #name = `zones-${(pickers += 1)}`;
  #drawn = null;

  set zones(zones) {
    const drawn = JSON.stringify(zones.map(({ id, name }) => [id, name]));
    if (drawn === this.#drawn) return;
    const chosen = this.chosen;
    this.#drawn = drawn;
    this.replaceChildren(html`<fieldset><legend>Zones</legend>
      ${zones.map(({ id, name }) => html`<label class="choice"><input type="checkbox" name="${this.#name}" value="${id}">
        <span>${name}</span></label>`)}
      ${zones.length === 0 && html`<p>There are no zones yet.</p>`}</fieldset>`);
    this.chosen = chosen;
  }

  get chosen() {
    return [...this.querySelectorAll('input:checked')].map(({ value }) => value);
  }

  set chosen(ids) {
    for (const box of this.querySelectorAll('input')) box.checked = ids.includes(box.value);
  }
}

customElements.define('zone-picker', ZonePicker);
