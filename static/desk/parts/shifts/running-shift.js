import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { age, clock } from '../../../shared/words.js';
import './by-radio.js';
import './officer-messages.js';
import './officer-phones.js';

const MINUTES = [60, 45, 30, 20, 15, 10, 5];
const OLD_FIX = 3 * 60_000;

/**
 * A shift that is on, or about to be: what can be done with its officer. Emits `check-ins` {minutes} and
 * `shift-release`; its parts emit their own.
 */
export class RunningShift extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('stack');
    this.replaceChildren(html`<p class="fix muted" hidden></p>
      <details name="officer"><summary>Write to them</summary><officer-messages></officer-messages></details>
      <details name="officer"><summary>By radio: record what they say</summary><by-radio></by-radio></details>
      <details name="officer" class="on"><summary>Sign of life</summary><form name="check-ins" class="stack">
        <label class="tight"><span>Ask for a sign of life</span><select name="minutes"><option value="">Not at all</option>
          ${MINUTES.map((minutes) => html`<option value="${minutes}">Every ${minutes} min</option>`)}</select></label>
        <p class="due muted"></p><button>Save</button></form></details>
      <details name="officer"><summary>Their phones</summary><officer-phones></officer-phones></details>
      <details name="officer" class="on"><summary>End this shift</summary><form name="release" class="stack">
        <p>They are off duty at once, and their task goes to somebody else. It can’t be undone.</p>
        <button class="grave">End it now</button></form></details>`);
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  /** `told` is what only this needs: { messages, signIns, lost, outcomes }. */
  show({ shift, task, told }) {
    const on = Boolean(shift.started_at);
    for (const part of this.querySelectorAll('.on')) part.hidden = !on;
    this.#showFix(shift);
    this.#showCheckIns(shift);
    this.querySelector('officer-messages').show({ on, messages: told.messages });
    this.querySelector('officer-phones').show({ signIns: told.signIns, lost: told.lost });
    this.querySelector('by-radio').show({ shift, task, outcomes: told.outcomes });
  }

  #showFix({ started_at: started, state, position }) {
    const place = this.querySelector('.fix');
    place.hidden = !started || state === 'break';
    const old = position && now() - Date.parse(position.at) > OLD_FIX;
    place.textContent = position ? `Position ${age(position.at, now())}${old ? ': old' : ''}` : 'No position yet';
    place.classList.toggle('soon', Boolean(old));
  }

  /** What somebody is choosing stays. */
  #showCheckIns({ check_in_minutes: minutes, check_in_by: by }) {
    const select = this.querySelector('[name=minutes]');
    const mark = String(minutes ?? '');
    if (select.dataset.mark !== mark) select.value = mark;
    select.dataset.mark = mark;
    this.querySelector('.due').textContent = by ? `The next is due by ${clock(by, zone())}. Without it you are alarmed, also when their phone is dead.` : '';
  }

  #submit(event) {
    if (!['check-ins', 'release'].includes(event.target.name)) return;
    event.preventDefault();
    const detail = { minutes: Number(this.querySelector('[name=minutes]').value) || null };
    this.dispatchEvent(new CustomEvent(event.target.name === 'release' ? 'shift-release' : 'check-ins', { detail, bubbles: true }));
  }
}

customElements.define('running-shift', RunningShift);
