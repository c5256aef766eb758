import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import { markForm } from '../refused-form.js';
import { dayWords, today } from './days.js';

/**
 * What officers are told before they go out. Emits `note-add` {body}, `note-days` {id, body} and `note-away` {note}; `refuse`
 * says at the form for a new one what is wrong.
 */
export class NoteList extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('stack');
    this.replaceChildren(html`<p class="none muted" hidden>No note is told today or later.</p><ul class="stack"></ul>
      <details><summary>Add a note</summary><form name="add" class="stack" novalidate><div class="errors" role="alert" hidden></div>
        <label class="tight"><span>What officers are to know</span><textarea name="text" rows="3" maxlength="500" aria-describedby="note-rule"></textarea></label>
        <p id="note-rule" class="muted small">No plates and no names: all officers read it.</p>
        <label class="tight"><span>Where</span><select name="zone_id"></select></label>
        <div class="row">${days()}</div>
        <label class="choice"><input type="checkbox" name="hazard"><span>It is a danger: it stands first</span></label>
        <button class="main">Tell officers</button></form></details>`);
    this.addEventListener('submit', (event) => this.#submit(event));
    this.addEventListener('click', ({ target }) => this.#putAway(target.closest('[value=away]')));
    this.clear();
  }

  #notes = [];

  show({ notes, zones }) {
    this.#notes = notes;
    this.#showZones(zones);
    this.querySelector('.none').hidden = notes.length > 0;
    const names = new Map(zones.map(({ id, name }) => [id, name]));
    keyed(this.querySelector('ul'), notes.map((note) => ({ ...note, where: note.zone_id ? names.get(note.zone_id) ?? 'a zone' : 'everywhere' })),
      { key: ({ id }) => id, mark: JSON.stringify, draw });
  }

  #showZones(zones) {
    const select = this.querySelector('[name=zone_id]');
    const mark = JSON.stringify(zones.map(({ id, name }) => [id, name]));
    if (select.dataset.mark === mark) return;
    select.dataset.mark = mark;
    const { value } = select;
    select.replaceChildren(html`<option value="">Everywhere</option>${zones.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`);
    select.value = value;
  }

  clear() {
    const form = this.querySelector('form[name=add]');
    form.reset();
    form.elements.first_day.value = today();
    this.querySelector('details').open = false;
    this.refuse(null);
  }

  refuse(error) {
    markForm(this.querySelector('form[name=add]'), error);
  }

  #submit(event) {
    event.preventDefault();
    const { name, dataset: { id }, elements } = event.target;
    const body = { first_day: elements.first_day.value || today(), last_day: elements.last_day.value || null };
    if (name === 'days') return this.#tell('note-days', { id, body: { ...body, version: this.#notes.find((note) => note.id === id)?.version } });
    const text = elements.text.value.trim();
    if (!text) return this.refuse({ message: 'This is still missing:', errors: [{ pointer: '/text', detail: 'Write what officers are to know.' }] });
    return this.#tell('note-add', { body: { ...body, text, zone_id: elements.zone_id.value || null, hazard: elements.hazard.checked } });
  }

  #putAway(button) {
    if (button) this.#tell('note-away', { note: this.#notes.find(({ id }) => id === button.dataset.id) });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function days(first = '', last = '') {
  return html`<label class="tight"><span>From</span><input type="date" name="first_day" value="${first}"></label>
    <label class="tight"><span>To, if it ends</span><input type="date" name="last_day" value="${last}"></label>`;
}

function draw({ id, text, where, hazard, first_day: first, last_day: last }) {
  const drawn = html`<li class="card tight"><p>${hazard && html`<span class="now">${shape('alarm')} Danger.</span> `}${text}</p>
    <p class="muted">${where} · ${daysWords(first, last)}</p>
    <details><summary>Change its days</summary><form name="days" class="stack"><div class="row">${days(first, last)}</div>
      <button data-focus="days">Save</button></form></details>
    <p><button type="button" value="away" data-id="${id}" data-focus="away">Put away</button></p></li>`.firstElementChild;
  drawn.querySelector('form').dataset.id = id;
  return drawn;
}

function daysWords(first, last) {
  const from = first > today() ? `from ${dayWords(first)}` : 'now';
  return last ? `${from} until ${dayWords(last)}` : `${from}, until it is put away`;
}

customElements.define('note-list', NoteList);
