import { html } from '../shared/html.js';
import { shape } from '../shared/shapes.js';
import { capital, plain } from '../shared/task-words.js';
import { list } from '../shared/words.js';

const STATES = [
  { state: 'break', words: 'Take a break' },
  { state: 'with_public', words: 'I’m with someone' },
  { state: 'incident', words: 'Something has happened' },
];

/** How the shift stands, in one line, and what can be changed. Emits `shift-state` {state} and `shift-end`. */
export class ShiftBar extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.#choose(button.dataset);
    });
  }

  set shift(shift) {
    const open = this.querySelector('details')?.open;
    const zones = list(shift.zones.map(({ name }) => name)) || 'no zone yet';
    this.replaceChildren(html`<details>
      <summary class="bare"><span>${shape(shift.state === 'break' ? 'rest' : 'officer')}
        <strong>${stateWords(shift.state)}</strong> · ${zones}</span><span class="more">Change</span></summary>
      <div class="menu stack">
        ${STATES.filter(({ state }) => state !== shift.state).map(changeButton)}
        <button type="button" class="grave" data-end="yes">Finish my shift</button>
      </div>
    </details>`);
    this.firstChild.open = Boolean(open);
  }

  #choose({ state, end }) {
    this.firstChild.open = false;
    const event = end ? 'shift-end' : 'shift-state';
    this.dispatchEvent(new CustomEvent(event, { detail: { state }, bubbles: true }));
  }
}

export function stateWords(state) {
  return { available: 'On patrol', break: 'On a break', with_public: 'With someone' }[state] ?? capital(plain(state));
}

function changeButton({ state, words }) {
  return html`<button type="button" data-state="${state}">${words}</button>`;
}

customElements.define('shift-bar', ShiftBar);
