import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';

const FIGURES = [
  ['lawful_now', 'lawful now', 'now'],
  ['over', 'over, not yet lawful', 'soon'],
  ['waiting', 'tasks wait for an officer', ''],
  ['in_hand', 'tasks in an officer’s hands', ''],
  ['overstays_today', 'overstays today', ''],
  ['attended_today', 'attended today', 'fine'],
];

/** Today's state in six figures. */
export class BoardFigures extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(html`<h2 class="unseen">Today</h2><dl></dl>`);
  }

  show({ said: { figures } }) {
    const rows = FIGURES.map(([name, words, tone]) => ({ name, words: name === 'attended_today' ? attended(figures) : words, tone, number: figures[name] }));
    keyed(this.querySelector('dl'), rows, { key: ({ name }) => name, mark: JSON.stringify, draw });
  }
}

/** "attended today: 80 %" */
function attended({ overstays_today: all, attended_today: some }) {
  return all === 0 ? 'attended today' : `attended today: ${Math.round((100 * some) / all)} %`;
}

function draw({ words, tone, number }) {
  return html`<div><dt>${words}</dt><dd class="${number > 0 ? tone : ''}">${String(number)}</dd></div>`.firstElementChild;
}

customElements.define('board-figures', BoardFigures);
