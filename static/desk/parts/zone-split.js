import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { write } from '../../shared/write.js';

/**
 * One zone in two: the line is drawn on the map, or chosen here from one corner to another. Emits `split-between` {from, to}
 * (indexes of corners), `split-undo`, `split-save` {names} and `split-cancel`.
 */
export class ZoneSplit extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="card stack" novalidate><h2>Split this zone</h2>
      <p>Click the map on one side of the zone and then on the other, or choose two corners. Its officers patrol both parts.</p>
      <p class="row"><label class="tight">From corner <select name="from"></select></label><label class="tight">to corner <select name="to"></select></label>
        <button type="button" value="between">Use this line</button></p>
      <p class="trouble now" role="status"></p><p class="parts"></p>
      <p class="tight"><label for="split-first">Name of the first part</label><input id="split-first" name="first" maxlength="100" autocomplete="off"></p>
      <p class="tight"><label for="split-second">Name of the other part</label><input id="split-second" name="second" maxlength="100" autocomplete="off"></p>
      <p class="row"><button class="main">Split</button><button type="button" value="undo">Take back a point</button><button type="button" value="cancel">Cancel</button></p></form>`);
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      const { first, second } = this.#elements;
      this.#tell('split-save', { names: [first.value.trim(), second.value.trim()] });
    });
    this.addEventListener('click', ({ target: { value } }) => {
      if (value === 'between') this.#tell('split-between', { from: Number(this.#elements.from.value), to: Number(this.#elements.to.value) });
      if (value === 'undo' || value === 'cancel') this.#tell(`split-${value}`);
    });
  }

  get #elements() {
    return this.querySelector('form').elements;
  }

  /** Names to begin with. */
  begin(name) {
    Object.assign(this.#elements.first, { value: name });
    Object.assign(this.#elements.second, { value: `${name} 2` });
  }

  /** `trouble`: why the line does not split, in words; `parts`: what the parts hold, in words. */
  show({ corners, trouble, parts }) {
    const numbers = Array.from({ length: corners }, (_, at) => at);
    for (const name of ['from', 'to']) keyed(this.#elements[name], numbers, { key: String, mark: String, draw: (at) => html`<option value="${at}">${at + 1}</option>`.firstElementChild });
    write(this.querySelector('.trouble'), trouble);
    write(this.querySelector('.parts'), parts);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

customElements.define('zone-split', ZoneSplit);
