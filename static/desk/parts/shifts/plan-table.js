import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import { clock, list, when } from '../../../shared/words.js';
import { begins, today } from './days.js';
import { stateOf } from './shift-words.js';
import { hoursOf, marksOf, placeOf } from './strip.js';

export const ZONE = 'application/x-openpatrol-zone';

/**
 * A day's shifts, officer by officer: in words, and as bars on a strip of hours for the eye. Emits `shift-select` {id},
 * and `zone-drop` {shift, zone} (ids) for a zone that was dropped on a row.
 */
export class PlanTable extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="wide"><table>
      <caption class="unseen">Shifts of the day, by officer</caption>
      <thead><tr><th scope="col">Officer</th><th scope="col">Hours</th><th scope="col">Zones</th><th scope="col">State</th>
        <td class="strip" aria-hidden="true"><div class="hours"></div></td></tr></thead>
      <tbody></tbody></table></div>`);
    this.addEventListener('click', ({ target }) => this.#select(target.closest('tr[data-key]')));
    for (const type of ['dragover', 'dragleave', 'drop']) this.addEventListener(type, (event) => this.#drag(event));
  }

  show({ day, shifts, chosen }) {
    const hours = hoursOf(begins(day), shifts);
    this.#showHours(hours, day);
    const rows = shifts.map((shift) => ({ ...wordsOf(shift), bar: barOf(shift, hours), chosen: shift.id === chosen }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
  }

  #showHours(hours, day) {
    const place = this.querySelector('.hours');
    const marks = marksOf(hours, zone());
    const here = day === today() ? placeOf(now(), hours) : null;
    const drawn = JSON.stringify([marks, here?.toFixed(3)]);
    if (place.dataset.drawn === drawn) return;
    place.dataset.drawn = drawn;
    place.replaceChildren(html`${marks.map(({ words }) => html`<span class="mark">${words.slice(0, 2)}</span>`)}
      ${here !== null && html`<span class="here"></span>`}`);
    marks.forEach(({ at }, index) => { place.children[index].style.left = percent(placeOf(at, hours)); });
    if (here !== null) place.querySelector('.here').style.left = percent(here);
  }

  #select(row) {
    if (row) this.#tell('shift-select', { id: row.dataset.key });
  }

  /** Only a zone can be dropped here, and only on a shift that is not over. */
  #drag(event) {
    const row = event.target.closest?.('tbody tr');
    this.querySelector('.under')?.classList.remove('under');
    if (!row || 'over' in row.dataset || !event.dataTransfer.types.includes(ZONE)) return;
    event.preventDefault();
    if (event.type === 'dragover') row.classList.add('under');
    if (event.type === 'drop') this.#tell('zone-drop', { shift: row.dataset.key, zone: event.dataTransfer.getData(ZONE) });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function wordsOf(shift) {
  const state = stateOf(shift, now());
  return {
    id: shift.id,
    officer: shift.officer.name,
    hours: `${clock(shift.planned_from, zone())}–${clock(shift.planned_to, zone())}`,
    zones: list(shift.zones.map(({ name }) => name)),
    state,
    over: Boolean(shift.ended_at),
    worked: shift.started_at && `${when(shift.started_at, now(), zone())}${shift.ended_at ? `–${clock(shift.ended_at, zone())}` : ''}`,
  };
}

function barOf({ planned_from: from, planned_to: to }, hours) {
  return [from, to].map((at) => placeOf(Date.parse(at), hours));
}

function draw({ officer, hours, zones, state, over, chosen, bar: [from, to] }) {
  const row = html`<tr class="${chosen ? 'chosen' : ''}"><th scope="row"><button type="button" class="plain"
      data-focus="select" aria-pressed="${String(chosen)}">${officer}</button></th>
    <td class="whole">${hours}</td><td>${zones || html`<span class="soon">No zone yet</span>`}</td>
    <td class="${state.tone}"><span class="whole">${shape(state.shape)} ${state.word}</span></td>
    <td class="strip" aria-hidden="true"><div class="hours"><span class="bar ${state.bar}"></span></div></td></tr>`.firstElementChild;
  if (over) row.dataset.over = '';
  const { style } = row.querySelector('.bar');
  style.left = percent(from);
  style.width = percent(to - from);
  return row;
}

function percent(share) {
  return `${(share * 100).toFixed(2)}%`;
}

customElements.define('plan-table', PlanTable);
