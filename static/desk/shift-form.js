import { fieldErrors } from '../shared/api.js';
import { now, zone } from '../shared/clock.js';
import { errorList } from '../shared/error-list.js';
import { html } from '../shared/html.js';
import { instant, wallClock } from '../shared/words.js';
import './zone-picker.js';

const HOUR = 3_600_000;
const FIELDS = { officer_id: 'officer', planned_from: 'from', planned_to: 'to' };

/** Who works when, and where. Emits `shift-plan` with the body of POST /shifts. */
export class ShiftForm extends HTMLElement {
  #officers = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" novalidate>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="officer">Officer</label><select id="officer" name="officer"></select></p>
      <zone-picker></zone-picker>
      <p class="tight"><label for="from">From</label><input id="from" name="from" type="datetime-local"></p>
      <p class="tight"><label for="to">To</label><input id="to" name="to" type="datetime-local"></p>
      <button class="main">Plan this shift</button>
    </form>`);
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  show({ officers, zones }) {
    this.querySelector('zone-picker').zones = zones;
    const drawn = JSON.stringify(officers);
    if (drawn === this.#officers) return;
    const first = this.#officers === '';
    this.#officers = drawn;
    this.querySelector('select').replaceChildren(html`<option value="">Choose</option>
      ${officers.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`);
    if (first) this.clear();
  }

  /** Empty again, from this hour on for a working day. */
  clear() {
    const form = this.querySelector('form');
    form.reset();
    const from = Math.floor(now() / HOUR) * HOUR;
    form.elements.from.value = wallClock(from, zone());
    form.elements.to.value = wallClock(from + 8 * HOUR, zone());
    this.refuse(null);
  }

  /** What is wrong (an ApiError), at its fields; null takes it away. */
  refuse(error) {
    const place = this.querySelector('.errors');
    place.hidden = error === null;
    place.replaceChildren(error === null ? '' : errorList(error));
    const wrong = error === null ? [] : Object.keys(fieldErrors(error)).map((name) => FIELDS[name] ?? name);
    for (const field of this.querySelectorAll('select, input[type=datetime-local]')) {
      field.removeAttribute('aria-invalid');
      if (wrong.includes(field.name)) field.setAttribute('aria-invalid', 'true');
    }
  }

  #submit(event) {
    event.preventDefault();
    const { officer, from, to } = Object.fromEntries(new FormData(event.target));
    const missing = this.#missing({ officer, from, to });
    if (missing.length) return this.refuse({ message: 'This is still missing:', errors: missing });
    this.refuse(null);
    const detail = {
      officer_id: officer,
      zones: this.querySelector('zone-picker').chosen,
      planned_from: instant(from, zone()),
      planned_to: instant(to, zone()),
    };
    this.dispatchEvent(new CustomEvent('shift-plan', { detail, bubbles: true }));
  }

  #missing({ officer, from, to }) {
    return [
      !officer && { pointer: '/officer', detail: 'Choose an officer.' },
      !from && { pointer: '/from', detail: 'Say when the shift begins.' },
      !to && { pointer: '/to', detail: 'Say when the shift ends.' },
      !this.querySelector('zone-picker').chosen.length && { pointer: '/zones', detail: 'Tick at least one zone.' },
    ].filter(Boolean);
  }
}

customElements.define('shift-form', ShiftForm);
