import { html } from '../../shared/html.js';
import { stateWord } from '../../shared/map/words.js';
import { shape } from '../../shared/shapes.js';
import { write } from '../../shared/write.js';
import { EVERYTHING, count } from '../map/filter.js';

const MARKS = ['lawful', 'over', 'may-have-left', 'occupied', 'free', 'suspended', 'unknown'];

/** What is to be seen. Emits `filter` with all that is wanted, as map/filter.js takes it. */
export class LiveFilters extends HTMLElement {
  #wanted = EVERYTHING;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" role="search" aria-label="What is shown">
      <label>Street or bay <input type="search" name="sought" autocomplete="off"></label>
      <label>Zone <select name="zone"></select></label>
      <label>State of the bay <select name="state"><option value="">Any</option>
        ${MARKS.map((mark) => html`<option value="${mark}">${stateWord(mark)}</option>`)}</select></label>
      <label>Code <select name="code"></select></label>
      <label>Officer <select name="officer"></select></label>
      <p class="muted" role="status" data-count></p>
      <button type="reset" hidden>Show everything</button></form>
      <details><summary>What the shapes mean</summary><ul class="tight">
        ${MARKS.map((mark) => html`<li>${shape(mark)} ${stateWord(mark)}</li>`)}
        <li>${shape('officer')} An officer: the ring fades with the age of the fix</li>
        <li>${shape('alarm')} Unsafe: nobody is sent there</li>
        <li>A larger shape is a more urgent task. A dotted line leads an officer to the task they took.</li></ul></details>`);
    this.addEventListener('submit', (event) => event.preventDefault());
    this.addEventListener('input', () => this.#read());
    this.addEventListener('reset', () => this.#tell(EVERYTHING));
  }

  /** What can be chosen, and how much of it is seen: `zones`, `officers` { id, name }, `codes`; `words` say the rest. */
  show({ zones, officers, codes, words }) {
    this.#offer('zone', zones.map(({ id, name }) => [id, name]));
    this.#offer('officer', officers.map(({ id, name }) => [id, name]));
    this.#offer('code', codes.map((code) => [code, code]));
    write(this.querySelector('[data-count]'), words);
    this.querySelector('[type=reset]').hidden = count(this.#wanted) === 0;
  }

  /** Redrawn only when others can be chosen; what was chosen stays, if it is still there. */
  #offer(name, options) {
    const field = this.querySelector(`[name=${name}]`);
    const drawn = JSON.stringify(options);
    if (field.dataset.drawn === drawn) return;
    const { value } = field;
    field.dataset.drawn = drawn;
    field.replaceChildren(html`<option value="">Any</option>${options.map(([id, words]) => html`<option value="${id}">${words}</option>`)}`);
    if (options.some(([id]) => id === value)) field.value = value;
    else if (value) this.#read();
  }

  #read() {
    this.#tell(Object.fromEntries(new FormData(this.querySelector('form'))));
  }

  #tell(wanted) {
    this.#wanted = wanted;
    this.dispatchEvent(new CustomEvent('filter', { detail: { ...wanted }, bubbles: true }));
  }
}

customElements.define('live-filters', LiveFilters);
