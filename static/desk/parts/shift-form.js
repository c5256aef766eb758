import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { instant, wallClock } from '../../shared/words.js';
import { markForm } from './refused-form.js';
import './zone-picker.js';

const HOUR = 3_600_000;
let forms = 0;
const NAMES = { officer_id: 'officer', planned_from: 'from', planned_to: 'to' };

/**
 * Who works when, and where: a shift to plan (`begin`), or one to change (`edit`). Emits `shift-save` {id, body}: the
 * body of POST /shifts, or of PATCH /shifts/<id> with what has changed.
 */
export class ShiftForm extends HTMLElement {
  #name = `shift-${(forms += 1)}`;
  #officers = '';
  #shift = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" novalidate>
      <div class="errors" role="alert" hidden></div>
      <p class="tight who"><label for="${this.#name}-officer">Officer</label><select id="${this.#name}-officer" name="officer"></select></p>
      <p class="tight"><label for="${this.#name}-from">From</label><input id="${this.#name}-from" name="from" type="datetime-local"></p>
      <p class="tight"><label for="${this.#name}-to">To</label><input id="${this.#name}-to" name="to" type="datetime-local"></p>
      <zone-picker></zone-picker>
      <button class="main"></button>
    </form>`);
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  show({ officers, zones }) {
    this.querySelector('zone-picker').zones = zones;
    const drawn = JSON.stringify(officers);
    if (drawn === this.#officers) return;
    this.#officers = drawn;
    const select = this.querySelector('select');
    const { value } = select;
    select.replaceChildren(html`<option value="">Choose</option>
      ${officers.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`);
    select.value = value;
  }

  /** A new shift of eight hours from then on (ms); with an officer and zones, if they are known. */
  begin({ from = Math.floor(now() / HOUR) * HOUR, officer = '', zones = [] } = {}) {
    this.#fill({ shift: null, from, to: from + 8 * HOUR, zones, words: 'Plan this shift' });
    this.querySelector('select').value = officer;
  }

  edit(shift) {
    const zones = shift.zones.map(({ id }) => id);
    this.#fill({ shift, from: shift.planned_from, to: shift.planned_to, zones, words: 'Save changes' });
  }

  #fill({ shift, from, to, zones, words }) {
    const { elements } = this.querySelector('form');
    this.#shift = shift;
    elements.from.value = wallClock(from, zone());
    elements.to.value = wallClock(to, zone());
    elements.from.disabled = Boolean(shift?.started_at);
    this.querySelector('zone-picker').chosen = zones;
    this.querySelector('.who').hidden = shift !== null;
    this.querySelector('button.main').textContent = words;
    this.refuse(null);
  }

  /** What is wrong (an ApiError), at its fields; null takes it away. */
  refuse(error) {
    markForm(this, error, { names: NAMES });
  }

  #submit(event) {
    event.preventDefault();
    const { elements } = event.target;
    const said = { officer: elements.officer.value, from: elements.from.value, to: elements.to.value };
    const missing = this.#missing(said);
    if (missing.length) return this.refuse({ message: 'This is still missing:', errors: missing });
    this.refuse(null);
    const detail = { id: this.#shift?.id ?? null, body: this.#shift ? this.#changed(said) : this.#new(said) };
    this.dispatchEvent(new CustomEvent('shift-save', { detail, bubbles: true }));
  }

  #new({ officer, from, to }) {
    const times = { planned_from: instant(from, zone()), planned_to: instant(to, zone()) };
    return { officer_id: officer, zones: this.querySelector('zone-picker').chosen, ...times };
  }

  /** Times are to the minute here: one that nobody touched stays as it is. */
  #changed({ from, to }) {
    const { version, planned_from: before, planned_to: after } = this.#shift;
    return {
      version,
      zones: this.querySelector('zone-picker').chosen,
      ...(from !== wallClock(before, zone()) && { planned_from: instant(from, zone()) }),
      ...(to !== wallClock(after, zone()) && { planned_to: instant(to, zone()) }),
    };
  }

  #missing({ officer, from, to }) {
    return [
      !this.#shift && !officer && { pointer: '/officer', detail: 'Choose an officer.' },
      !from && { pointer: '/from', detail: 'Say when the shift begins.' },
      !to && { pointer: '/to', detail: 'Say when the shift ends.' },
      !this.querySelector('zone-picker').chosen.length && { pointer: '/zones', detail: 'Tick at least one zone.' },
    ].filter(Boolean);
  }
}

customElements.define('shift-form', ShiftForm);
