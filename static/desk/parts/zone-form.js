import { html } from '../../shared/html.js';
import { write } from '../../shared/write.js';
import { COLOURS } from '../zones/colours.js';
import { markForm } from './refused-form.js';
import { Rest } from './rest.js';
import './corner-table.js';
import './hours-ahead.js';

const OTHER = 'other';
const HOURS = ['Mo-Sa 08:00-18:30; PH off', 'Mo-Fr 08:00-18:00', 'Mo-Su 18:00-24:00', 'Sa,Su 10:00-16:00'];
const SAID_AFTER = 700; // ms; what changes with each step of a corner is read out once it rests

/**
 * A zone that is drawn: name, colour, times, corners; what is wrong with it and which bays it holds. Emits `zone-change`
 * {changes, merge}, `zone-save` and `zone-cancel`, and passes on what its table of corners emits.
 */
export class ZoneForm extends HTMLElement {
  #said = new Rest((words) => write(this.querySelector('form > [role=status]'), words), SAID_AFTER);

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="card stack" novalidate><h2></h2>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="zone-name">Name</label><input id="zone-name" name="name" maxlength="100" autocomplete="off"></p>
      <p class="tight"><label for="zone-colour">Colour</label><span class="row"><select id="zone-colour" name="colour">
        ${COLOURS.map(([value, words]) => html`<option value="${value}">${words}</option>`)}<option value="${OTHER}">Another</option></select>
        <input type="color" name="other" aria-label="Another colour"></span></p>
      <p class="tight"><label for="zone-hours">Times when it is active</label>
        <span class="muted" id="zone-hours-help">Empty: always. Outside them nobody is sent to bays because of this zone.</span>
        <input id="zone-hours" name="hours" list="zone-hours-list" aria-describedby="zone-hours-help" autocomplete="off" spellcheck="false" placeholder="Mo-Sa 08:00-18:30; PH off">
        <datalist id="zone-hours-list">${HOURS.map((hours) => html`<option value="${hours}"></option>`)}</datalist></p>
      <details class="ahead"><summary>Its times in the next two weeks</summary><hours-ahead data-empty="Always active."></hours-ahead></details>
      <div class="cover tight"><p class="fault now"></p><p class="inside"></p><p class="left soon"></p><p class="loose muted"></p></div>
      <p class="unseen" role="status"></p>
      <details><summary>Corners by hand</summary><corner-table></corner-table></details>
      <p class="row"><button class="main">Save</button><button type="button" value="cancel">Cancel</button></p></form>`);
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#tell('zone-save');
    });
    this.addEventListener('click', ({ target }) => target.value === 'cancel' && this.#tell('zone-cancel'));
    this.addEventListener('input', ({ target }) => this.#typed(target));
    this.querySelector('.ahead').addEventListener('toggle', () => this.#lookAhead());
  }

  disconnectedCallback() {
    this.#said.stop();
  }

  /** `draft` as draft.js has it; `faults`; `cover`: words as cover.js says them; `corner`: the chosen one, or null. */
  show({ draft, faults, cover, corner }) {
    const { name, colour, hours, rings } = draft.zone;
    const { elements } = this.querySelector('form');
    write(this.querySelector('h2'), draft.id ? 'Change this zone' : 'A new zone');
    set(elements.name, name);
    set(elements.hours, hours ?? '');
    const known = COLOURS.some(([value]) => value === colour.toLowerCase());
    set(elements.colour, known ? colour.toLowerCase() : OTHER);
    set(elements.other, colour);
    elements.other.hidden = known;
    this.#tellCover(faults, cover);
    this.#lookAhead();
    this.querySelector('corner-table').show(rings, corner);
  }

  /** What is wrong (an ApiError, or { message, errors } of ours), at its fields; null takes it away. */
  refuse(error) {
    markForm(this, error, { fields: 'form > p input' });
    if (error) this.querySelector('[aria-invalid]')?.focus();
  }

  #lookAhead() {
    const { value } = this.querySelector('#zone-hours');
    if (this.querySelector('.ahead').open) this.querySelector('hours-ahead').soon(value);
  }

  /** To the name, which a new zone lacks. */
  begin() {
    this.querySelector('#zone-name').focus();
  }

  #tellCover(faults, { inside, left, loose }) {
    const words = faults.map((fault) => fault.words).join(' ');
    write(this.querySelector('.fault'), words);
    for (const [name, said] of Object.entries({ inside, left, loose })) write(this.querySelector(`.${name}`), said);
    this.#said.soon(words || `${inside} ${left}`);
  }

  #typed({ name, value }) {
    if (name === 'name' || name === 'hours') this.#change({ [name]: value }, name);
    if (name === 'colour' && value !== OTHER) this.#change({ colour: value });
    if (name === 'colour' && value === OTHER) this.#pickOther();
    if (name === 'other') this.#change({ colour: value }, name);
  }

  #pickOther() {
    const { other } = this.querySelector('form').elements;
    other.hidden = false;
    other.focus();
  }

  #change(changes, merge = null) {
    this.#tell('zone-change', { changes, merge });
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** Not while it is being typed in: it is there already. */
function set(field, value) {
  if (field.value !== value) field.value = value;
}

customElements.define('zone-form', ZoneForm);
