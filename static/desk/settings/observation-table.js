import { html } from '../../shared/html.js';
import { START_RULES } from './policy-fields.js';

/** What must be seen for each code: rows of fields named "observations/<n>/…". Emits `change` when rows come or go. */
export class ObservationTable extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', ({ target }) => {
      if (target.closest('.add')) this.#again([...this.rows, { code: '', suffix: '', minutes: 0, sightings: 1, start_rule: 'on_arrival' }], { last: true });
      const row = target.closest('button[data-row]')?.dataset.row;
      if (row !== undefined) this.#again(this.rows.filter((_, index) => index !== Number(row)));
    });
  }

  set rows(rows) {
    this.replaceChildren(html`<div class="wide"><table><caption class="unseen">Observation and sightings by code</caption>
      <thead><tr><th scope="col">Code</th><th scope="col">Suffix</th><th scope="col">Observe, min</th><th scope="col">Sightings</th>
        <th scope="col">It may begin</th><td></td></tr></thead>
      <tbody>${rows.map(drawRow)}</tbody></table></div><p><button type="button" class="add">Add a code</button></p>`);
  }

  /** As a policy has them. */
  get rows() {
    return [...this.querySelectorAll('tbody tr')].map((row) => {
      const said = (name) => row.querySelector(`[name$="/${name}"]`).value.trim();
      const suffix = said('suffix').toLowerCase();
      return {
        code: said('code'), ...(suffix && { suffix }), minutes: numberOf(said('minutes')), sightings: numberOf(said('sightings')), start_rule: said('start_rule'),
      };
    });
  }

  #again(rows, { last = false } = {}) {
    this.rows = rows;
    (last ? this.querySelector('tbody tr:last-child input') : this.querySelector('.add')).focus();
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function drawRow({ code, suffix, minutes, sightings, start_rule: rule }, index) {
  const at = `observations/${index}`;
  const of = code ? `of code ${code}${suffix ?? ''}` : 'of the new code';
  return html`<tr><td><input name="${at}/code" aria-label="Code" value="${code}" size="3"></td>
    <td><input name="${at}/suffix" aria-label="${`Suffix ${of}`}" value="${suffix ?? ''}" size="3"></td>
    <td><input name="${at}/minutes" aria-label="${`Minutes ${of}`}" type="number" step="1" value="${String(minutes)}"></td>
    <td><input name="${at}/sightings" aria-label="${`Sightings ${of}`}" type="number" step="1" value="${String(sightings)}"></td>
    <td>${ruleField(`${at}/start_rule`, rule, `Start ${of}`)}</td>
    <td><button type="button" data-row="${String(index)}" aria-label="${`Remove the row ${of}`}">Remove</button></td></tr>`;
}

/** When an observation may begin, to choose. */
export function ruleField(name, chosen, label) {
  return html`<select name="${name}" aria-label="${label}">${Object.entries(START_RULES).map(([rule, words]) => html`<option
    value="${rule}" ${rule === chosen && 'selected'}>${words}</option>`)}</select>`;
}

/** Null for nothing: the server says what has to stand there. */
export function numberOf(text) {
  return text === '' ? null : Number(text);
}

customElements.define('observation-table', ObservationTable);
