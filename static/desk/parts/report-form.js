import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { wallClock } from '../../shared/words.js';
import { markForm } from './refused-form.js';

const DAY = 86_400_000;
const SPANS = [[28, 'Last 28 days'], [84, 'Last 12 weeks'], [364, 'Last 52 weeks']];
const NAMES = { zone_id: 'zone' };

/** Which days, and where. Emits `report-ask` {from, to, zone}; `zone` is an id or ''. */
export class ReportForm extends HTMLElement {
  #zones = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" novalidate><div class="errors" role="alert" hidden></div>
      <div class="row asking">
        <p class="tight"><label for="report-from">From</label><input id="report-from" name="from" type="date"></p>
        <p class="tight"><label for="report-to">To the end of</label><input id="report-to" name="to" type="date"></p>
        <p class="tight"><label for="report-zone">Zone</label><select id="report-zone" name="zone"><option value="">All</option></select></p>
        <button class="main">Show</button>
        ${SPANS.map(([days, words]) => html`<button type="button" data-days="${String(days)}">${words}</button>`)}
        <button type="button" data-print="">Print</button>
      </div></form>`);
    this.addEventListener('submit', (event) => this.#submit(event));
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button')?.dataset ?? {}));
  }

  set zones(zones) {
    const drawn = JSON.stringify(zones.map(({ id, name }) => [id, name]));
    if (drawn === this.#zones) return;
    this.#zones = drawn;
    const select = this.#form.elements.zone;
    const chosen = select.value || select.dataset.wanted;
    select.replaceChildren(html`<option value="">All</option>${zones.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}`);
    select.value = chosen ?? '';
  }

  /** What is shown now. */
  set asked({ from, to, zone: wanted }) {
    const { elements } = this.#form;
    Object.assign(elements.from, { value: from ?? '' });
    Object.assign(elements.to, { value: to ?? '' });
    elements.zone.value = elements.zone.dataset.wanted = wanted ?? '';
    this.refuse(null);
  }

  /** What is wrong (an ApiError), at its fields; null takes it away. */
  refuse(error) {
    markForm(this, error, { names: NAMES });
  }

  get #form() {
    return this.querySelector('form');
  }

  #submit(event) {
    event.preventDefault();
    this.#ask(Object.fromEntries(new FormData(this.#form)));
  }

  #click({ days, print: wanted }) {
    if (wanted !== undefined) print();
    if (!days) return;
    const [from, to] = [now() - (days - 1) * DAY, now()].map((at) => wallClock(at, zone()).slice(0, 10));
    this.#ask({ from, to, zone: this.#form.elements.zone.value });
  }

  #ask(detail) {
    this.dispatchEvent(new CustomEvent('report-ask', { detail, bubbles: true }));
  }
}

customElements.define('report-form', ReportForm);
