import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { shape } from '../../../shared/shapes.js';
import { list, period } from '../../../shared/words.js';
import '../shift-form.js';
import { stateOf } from './shift-words.js';

/**
 * One shift: what it is, and what can be done about it. Emits `shift-cancel` {id} and what its form emits; the parts of
 * a running shift emit their own.
 */
export class ShiftPanel extends HTMLElement {
  #edited = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<article class="card stack"><div class="facts tight"></div>
      <running-shift hidden></running-shift>
      <details class="change"><summary>Change times and zones</summary><shift-form></shift-form></details>
      <p class="cancel"><button type="button" class="grave" value="cancel">Call off this shift</button></p>
      <p class="log" hidden><a href=""></a></p></article>`);
    this.addEventListener('click', ({ target }) => target.closest('[value=cancel]')
      && this.dispatchEvent(new CustomEvent('shift-cancel', { detail: { id: this.#edited.id }, bubbles: true })));
  }

  /** The form keeps what is being typed: it is filled anew only for another shift, or while it is closed. */
  show({ shift, officers, zones }) {
    const form = this.querySelector('shift-form');
    const open = this.querySelector('.change').open && this.#edited?.id === shift.id;
    form.show({ officers, zones });
    if (!open) form.edit(shift);
    if (this.#edited?.id !== shift.id) this.querySelector('.change').open = false;
    this.#edited = shift;
    this.querySelector('.change').hidden = Boolean(shift.ended_at);
    this.querySelector('.cancel').hidden = Boolean(shift.started_at || shift.ended_at);
    this.#showFacts(shift);
  }

  get form() {
    return this.querySelector('shift-form');
  }

  /** What was typed is saved. */
  saved() {
    this.querySelector('.change').open = false;
  }

  #showFacts(shift) {
    const state = stateOf(shift, now());
    const words = [shift.officer.name, state, hoursWords(shift), list(shift.zones.map(({ name }) => name)) || 'No zone yet'];
    const mark = JSON.stringify(words);
    if (this.dataset.shown === mark) return;
    this.dataset.shown = mark;
    this.querySelector('.facts').replaceChildren(html`<h3>${words[0]}</h3>
      <p class="${state.tone}">${shape(state.shape)} ${state.word}</p><p>${words[2]}</p><p>${words[3]}</p>`);
  }
}

function hoursWords(shift) {
  const planned = period(shift.planned_from, shift.planned_to, now(), zone());
  if (!shift.started_at) return planned;
  const worked = shift.ended_at ? `worked ${period(shift.started_at, shift.ended_at, now(), zone())}` : `since ${period(shift.started_at, shift.planned_to, now(), zone())}`;
  return shift.ended_at ? `Planned ${planned}; ${worked}` : planned;
}

customElements.define('shift-panel', ShiftPanel);
