import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { span } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { stateWords, toStateWords } from './shift-bar.js';
import { lastedWords, sinceWords, zonesWords } from './shift-card.js';

const STATES = ['available', 'break', 'observing', 'serving', 'with_public', 'incident'];
const AFTER_BREAK = ['available', 'incident']; // work after a break begins with being on patrol
const BUSY = [5, 10, 20]; // minutes

/**
 * What the officer on shift is doing, since when, and what they may say instead. Emits `shift-state` {state, minutes} and
 * `shift-end`; `tick()` moves its clock on.
 */
export class DutyCard extends HTMLElement {
  #shift = null;
  #mark = null;

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (!button) return;
      const { state, minutes } = button.dataset;
      const detail = { state, minutes: minutes ? Number(minutes) : null };
      this.dispatchEvent(new CustomEvent(state ? 'shift-state' : 'shift-end', { detail, bubbles: true }));
    });
  }

  set shift(shift) {
    this.#shift = shift;
    const mark = JSON.stringify([shift.id, shift.state, shift.state_since, shift.busy_until, shift.zones]);
    if (mark !== this.#mark) this.#draw(shift);
    this.#mark = mark;
    this.tick();
  }

  tick() {
    const place = this.querySelector('[data-clock]');
    if (place) write(place, this.#shift ? lastedWords(this.#shift) : '');
  }

  /** The buttons stay where they are, and so does the focus, while the state changes. */
  #draw(shift) {
    const focused = this.contains(document.activeElement);
    this.replaceChildren(html`<section class="card stack" aria-labelledby="duty">
      <div class="tight"><h2 id="duty" tabindex="-1">${stateWords(shift.state)}</h2>
        <p class="lasted"><span data-clock></span> <span class="muted">${sinceWords(shift)}</span></p>
        <p>${zonesWords(shift)}</p></div>
      <div class="states">${choices(shift.state).map((state) => html`<button type="button"
        class="${state === 'available' ? 'main' : ''}" data-state="${state}">${toStateWords(state)}</button>`)}</div>
      ${shift.state !== 'break' && html`<fieldset><legend>${say('shift-busy-for')}</legend><div class="thirds">${BUSY.map((minutes) => html`<button type="button"
        data-state="with_public" data-minutes="${minutes}">${span(minutes * 60_000)}</button>`)}</div></fieldset>`}
      <button type="button" class="grave wide" value="end">${say('shift-end')}</button>
    </section>`);
    if (focused) this.querySelector('h2').focus({ preventScroll: true });
  }
}

function choices(now) {
  return now === 'break' ? AFTER_BREAK : STATES.filter((state) => state !== now);
}

customElements.define('duty-card', DutyCard);
