import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { list, period } from '../../shared/words.js';

const PAUSED = {
  break: {
    title: 'You are on a break',
    words: 'Nothing will buzz, and your position is not taken.',
  },
  with_public: { title: 'You are with someone', words: 'No new work comes until you are back.' },
  incident: { title: 'You are dealing with an incident', words: 'No new work comes until you are back.' },
  serving: { title: 'You are serving a notice', words: 'No new work comes until you are back.' },
};

/** A shift that is not running, or rests. Emits `shift-start`, `shift-state` {state} and `look-again`. */
export class ShiftCard extends HTMLElement {
  #mark;

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.dispatchEvent(new CustomEvent(button.value, { detail: { state: 'available' }, bubbles: true }));
    });
  }

  /** A ShiftOut, or null when none is planned. */
  set shift(shift) {
    const mark = JSON.stringify(shift && [shift.id, shift.state, shift.zones, shift.planned_from, shift.planned_to]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.replaceChildren(draw(shift));
  }

  /** Whether there is something to say about this shift at all. */
  static wanted(shift) {
    return !shift?.started_at || shift.state in PAUSED;
  }
}

function draw(shift) {
  if (!shift) return none();
  return shift.started_at ? paused(PAUSED[shift.state]) : planned(shift);
}

function none() {
  return html`<section class="card stack">
    <h1>No shift is planned for you</h1>
    <p>Ask your supervisor to plan your shift and its zones. It will show here by itself.</p>
    <button type="button" value="look-again">Look again</button>
  </section>`;
}

function planned(shift) {
  const zones = list(shift.zones.map(({ name }) => name));
  return html`<section class="card stack">
    <h1>Your shift</h1>
    <p>${period(shift.planned_from, shift.planned_to, now(), zone())}</p>
    <p>${zones ? `In ${zones}` : 'No zone yet: ask your supervisor to assign one.'}</p>
    <p class="muted small">While you are on shift, and not on a break, your position is used to send you the nearest work.</p>
    <button type="button" class="main" value="shift-start">Start my shift</button>
  </section>`;
}

function paused({ title, words }) {
  return html`<section class="card stack">
    <h1>${title}</h1>
    <p>${words}</p>
    <button type="button" class="main" value="shift-state">Back on patrol</button>
  </section>`;
}

customElements.define('shift-card', ShiftCard);
