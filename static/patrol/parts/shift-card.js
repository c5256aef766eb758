import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { whileSeen } from '../../shared/while-seen.js';
import { clock, countdown, list, period } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { stateWords } from './shift-bar.js';

const PAUSED = ['break', 'with_public', 'incident', 'observing', 'serving'];
const TICK = 1_000;

/**
 * A shift that is not running, or rests. Emits `shift-start`, `shift-state` {state}, `sign-out` and `look-again`. Beside its own
 * page (`data-place="day"`) it leads there: to the briefing before, to the log after.
 */
export class ShiftCard extends HTMLElement {
  #mark;
  #shift = null;
  #left;

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.dispatchEvent(new CustomEvent(button.value, { detail: { state: 'available' }, bubbles: true }));
    });
    this.#left = new AbortController();
    whileSeen(TICK, () => this.#tick(), this.#left.signal);
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  /** A ShiftOut, or null when none is planned. */
  set shift(shift) {
    this.#shift = shift;
    const mark = JSON.stringify(shift && [
      shift.id, shift.state, shift.zones, shift.planned_from, shift.planned_to, shift.state_since, shift.busy_until,
    ]);
    if (mark !== this.#mark) this.replaceChildren(draw(shift, this.dataset.place !== 'day'));
    this.#mark = mark;
    this.#tick();
  }

  /** Whether there is something to say about this shift at all. */
  static wanted(shift) {
    return !shift?.started_at || Boolean(shift.ended_at) || PAUSED.includes(shift.state);
  }

  #tick() {
    const place = this.querySelector('[data-clock]');
    if (place && !this.hidden) write(place, lastedWords(this.#shift));
  }
}

/** How long the present state has lasted: "12:05". */
export function lastedWords({ state_since: since }) {
  return since ? countdown(Math.max(now() - Date.parse(since), 0)) : '';
}

/** "Since 11:11", or "since 11:11, until 11:20". */
export function sinceWords({ state_since: since, busy_until: until }) {
  if (!since) return '';
  const from = clock(since, zone());
  return until ? say('shift-since-until', { from, until: clock(until, zone()) }) : say('shift-since', { from });
}

/** "In Zone 3 and Zone 4". */
export function zonesWords({ zones }) {
  return zones.length ? say('shift-in-zones', { zones: list(zones.map(({ name }) => name)) }) : say('shift-ask-for-zone');
}

function draw(shift, leads) {
  if (!shift) return none();
  if (shift.ended_at) return ended(shift, leads);
  return shift.started_at ? paused(shift) : planned(shift, leads);
}

function none() {
  return html`<section class="card stack">
    <h1>${say('shift-none-title')}</h1>
    <p>${say('shift-none-words')}</p>
    <button type="button" value="look-again">${say('look-again')}</button>
  </section>`;
}

function planned(shift, leads) {
  return html`<section class="card stack">
    <h1>${say('shift-planned-title')}</h1>
    <p>${period(shift.planned_from, shift.planned_to, now(), zone())}</p>
    <p>${zonesWords(shift)}</p>
    ${leads && html`<p><a class="button wide" href="#day">${say(shift.briefed_at ? 'briefing-again' : 'briefing-read')}</a></p>`}
    <p class="muted small">${say('shift-position')}</p>
    <button type="button" class="main" value="shift-start">${say('shift-start')}</button>
  </section>`;
}

function paused(shift) {
  return html`<section class="card stack">
    <h1>${stateWords(shift.state)}</h1>
    <p class="lasted"><span data-clock></span> <span class="muted">${sinceWords(shift)}</span></p>
    <p>${say(shift.state === 'break' ? 'shift-break-words' : 'shift-paused-words')}</p>
    <button type="button" class="main" value="shift-state">${say('shift-to-available')}</button>
  </section>`;
}

function ended({ ended_at: at }, leads) {
  return html`<section class="card stack">
    <h1>${stateWords('ended')}</h1>
    <p>${say('shift-ended-words', { at: clock(at, zone()) })}</p>
    ${leads && html`<a class="button main wide" href="#day">${say('log-look-over')}</a>`}
    ${leavePhone()}
  </section>`;
}

/** A button that signs out, by what it is for when a shift is over. */
export function leavePhone() {
  return html`<div class="tight"><button type="button" class="wide" value="sign-out">${say('shift-leave-phone')}</button>
    <p class="muted small">${say('shift-leave-phone-words')}</p></div>`;
}

customElements.define('shift-card', ShiftCard);
