import { now, zone as timeZone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { plainly, wordsOf } from '../../shared/search.js';
import { activeWords, baysWords } from '../zones/words.js';

const MANY = 8;

/** The zones by name, to choose one. Emits `zone-choose` {id}. */
export class ZoneList extends HTMLElement {
  #shown = { zones: [], chosen: null };

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="search tight" hidden><label for="zone-sought">Find a zone</label><input id="zone-sought" type="search"></p>
      <p class="muted none" hidden></p><ul></ul>`);
    this.addEventListener('input', () => this.tick());
    this.addEventListener('click', ({ target }) => {
      const id = target.closest('li')?.dataset.key;
      if (id && target.closest('button')) this.dispatchEvent(new CustomEvent('zone-choose', { detail: { id }, bubbles: true }));
    });
  }

  show(shown) {
    this.#shown = shown;
    this.querySelector('.search').hidden = shown.zones.length < MANY;
    this.tick();
  }

  tick() {
    const { zones, chosen } = this.#shown;
    const sought = wordsOf(this.querySelector('input').value);
    const found = zones.filter(({ name }) => sought.every((word) => plainly(name).includes(word)));
    const none = this.querySelector('.none');
    none.hidden = found.length > 0;
    none.textContent = zones.length ? 'No zone has such a name.' : 'There are no zones yet. Draw the first one, or import a file.';
    keyed(this.querySelector('ul'), found.map((zone) => rowOf(zone, chosen)), { key: ({ id }) => id, mark: JSON.stringify, draw });
  }
}

function rowOf(zone, chosen) {
  const { id, name, colour, bays } = zone;
  return { id, name, colour, chosen: id === chosen, facts: `${baysWords(bays)} · ${activeWords(zone, now(), timeZone())}` };
}

function draw({ name, colour, facts, chosen }) {
  const row = html`<li><button type="button" class="plain" data-focus="choose" aria-pressed="${String(chosen)}"><span class="swatch"></span>
    <span class="tight"><span class="zone-name">${name}</span><span class="muted">${facts}</span></span></button></li>`.firstElementChild;
  row.querySelector('.swatch').style.background = colour;
  return row;
}

customElements.define('zone-list', ZoneList);
