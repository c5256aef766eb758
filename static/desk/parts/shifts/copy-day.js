import { zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { clock, list } from '../../../shared/words.js';
import { markForm } from '../refused-form.js';
import { dayWords, isDay } from './days.js';

/**
 * A day's shifts once more: from which day, what will be planned, what can't be and why. Emits `copy-look` {from},
 * `copy-plan` {from, shifts} (ids) and `copy-close`.
 */
export class CopyDay extends HTMLElement {
  #from = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('card', 'stack');
    this.replaceChildren(html`<h2 tabindex="-1"></h2>
      <label class="row"><span>From</span><input type="date" name="from"></label>
      <div class="errors" role="alert" hidden></div>
      <form class="stack" hidden></form>
      <button type="button" value="close">Close</button>`);
    this.addEventListener('change', ({ target }) => target.name === 'from' && isDay(target.value) && this.#tell('copy-look', { from: target.value }));
    this.addEventListener('change', () => this.#count());
    this.addEventListener('click', ({ target }) => target.closest('[value=close]') && this.#tell('copy-close'));
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  /** `items` of GET /shifts/copy. */
  show({ day, from, items }) {
    this.#from = from;
    this.querySelector('h2').textContent = `Copy to ${dayWords(day)}`;
    this.querySelector('input[name=from]').value = from;
    this.refuse(null);
    const form = this.querySelector('form');
    form.hidden = false;
    form.replaceChildren(items.length ? drawItems(items, from) : html`<p>Nobody worked on ${dayWords(from)}, and nobody was planned. Choose another day.</p>`);
    this.#count();
  }

  /** It can't be copied, or not any more. */
  refuse(error) {
    markForm(this, error);
  }

  get #chosen() {
    return [...this.querySelectorAll('form input:checked')].map(({ value }) => value);
  }

  #count() {
    const button = this.querySelector('form button');
    if (!button) return;
    const { length } = this.#chosen;
    button.disabled = length === 0;
    button.textContent = length === 1 ? 'Plan this one shift' : `Plan these ${length} shifts`;
  }

  #submit(event) {
    event.preventDefault();
    this.#tell('copy-plan', { from: this.#from, shifts: this.#chosen });
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function drawItems(items, from) {
  return html`<fieldset><legend>Shifts of ${dayWords(from)}</legend>${items.map(drawItem)}</fieldset><button class="main"></button>`;
}

function drawItem({ from_shift_id: id, officer, zones, gone, planned_from: begins, planned_to: ends, there, why_not: why }) {
  const words = html`<span class="tight"><span><strong>${officer.name}</strong> ${clock(begins, zone())}–${clock(ends, zone())} ·
    ${list(zones.map(({ name }) => name)) || 'no zone'}</span>${drawWhy({ gone, there, why })}</span>`;
  return there || why
    ? html`<p class="choice"><input type="checkbox" disabled aria-label="${officer.name}: not to be planned">${words}</p>`
    : html`<label class="choice"><input type="checkbox" value="${id}" checked>${words}</label>`;
}

function drawWhy({ gone, there, why }) {
  if (there) return html`<br><span class="fine">Planned already.</span>`;
  if (why) return html`<br><span class="soon">Not planned: ${why}</span>`;
  return gone.length > 0 && html`<br><span class="soon">Without ${list(gone.map(({ name }) => name))}: on the map no more.</span>`;
}

customElements.define('copy-day', CopyDay);
