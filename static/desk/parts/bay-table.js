import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { stateTone, stateWords } from '../../shared/map/words.js';
import { said } from '../../shared/said.js';
import { shape } from '../../shared/shapes.js';
import { placeWords } from '../../shared/task-words.js';

/** The bays of the map, to be read. Emits `bay-select` {id}. */
export class BayTable extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">No bays.</p><div class="wide"><table><caption class="unseen">Bays, by street</caption>
      <thead><tr><th scope="col">State</th><th scope="col">Bay</th><th scope="col">Allows</th><th scope="col">Code</th></tr></thead>
      <tbody></tbody></table></div>`);
    this.addEventListener('click', (event) => {
      const id = event.target.closest('tr[data-key]')?.dataset.key;
      if (id) this.dispatchEvent(new CustomEvent('bay-select', { detail: { id }, bubbles: true }));
    });
  }

  show({ bays, chosen }) {
    this.querySelector('p').hidden = bays.length > 0;
    this.querySelector('table').hidden = bays.length === 0;
    const rows = bays.map((bay) => ({ id: bay.id, ...words(bay), chosen: bay.id === chosen }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
  }
}

function words(bay) {
  return {
    state: bay.state,
    how: stateWords(bay, { now: now(), zone: zone() }),
    place: placeWords({ bay }),
    allows: bay.allows ? said(bay.allows) : '–',
    code: bay.code ?? '–',
  };
}

function draw({ state, how, place, allows, code, chosen }) {
  return html`<tr class="${chosen ? 'chosen' : ''}"><td class="${stateTone(state)}">${shape(state)} ${how}</td>
    <th scope="row"><button type="button" class="plain" data-focus="select" aria-pressed="${String(chosen)}">${place}</button></th>
    <td>${allows}</td><td>${code}</td></tr>`.firstElementChild;
}

customElements.define('bay-table', BayTable);
