import { html } from '../../../shared/html.js';
import { dayWords, daysOn, isDay, today } from './days.js';

/** Which day. Emits `day-pick` {day}. */
export class DayPicker extends HTMLElement {
  #day = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('row');
    this.replaceChildren(html`<button type="button" value="-1" aria-label="The day before">‹</button>
      <label class="row"><span>Day</span><input type="date" name="day"></label>
      <button type="button" value="1" aria-label="The day after">›</button>
      <button type="button" value="today">Today</button>`);
    this.addEventListener('click', ({ target }) => this.#step(target.closest('button')?.value));
    this.addEventListener('change', ({ target }) => isDay(target.value) && this.#pick(target.value));
  }

  show(day) {
    if (this.#day === day) return;
    this.#day = day;
    this.querySelector('input').value = day;
    this.querySelector('[value="-1"]').setAttribute('aria-label', `The day before: ${dayWords(daysOn(day, -1))}`);
    this.querySelector('[value="1"]').setAttribute('aria-label', `The day after: ${dayWords(daysOn(day, 1))}`);
    this.querySelector('[value=today]').disabled = day === today();
  }

  #step(value) {
    if (value) this.#pick(value === 'today' ? today() : daysOn(this.#day, Number(value)));
  }

  #pick(day) {
    this.dispatchEvent(new CustomEvent('day-pick', { detail: { day }, bubbles: true }));
  }
}

customElements.define('day-picker', DayPicker);
