import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { list } from '../../shared/words.js';

const SHAPES = { break: 'rest', planned: 'free', ended: 'done' };

/** How the shift stands, in one line that leads to the day. Set `shift`; null where none is planned. */
export class ShiftBar extends HTMLElement {
  #mark = null;

  set shift(shift) {
    const zones = shift ? list(shift.zones.map(({ name }) => name)) || say('shift-no-zone') : '';
    const state = shift?.ended_at ? 'ended' : (shift?.state ?? 'none');
    const mark = `${state} ${zones}`;
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.replaceChildren(html`<a href="#day">${shape(SHAPES[state] ?? 'officer')}
      <strong>${stateWords(state)}</strong>${zones && html`<span> · ${zones}</span>`}</a>`);
  }
}

/** What an officer is doing: "On a break". */
export function stateWords(state) {
  return say(`shift-${state.replace('_', '-')}`);
}

/** What an officer taps to do it. */
export function toStateWords(state) {
  return say(`shift-to-${state.replace('_', '-')}`);
}

customElements.define('shift-bar', ShiftBar);
