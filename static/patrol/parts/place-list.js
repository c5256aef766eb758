import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { placeWords } from '../../shared/task-words.js';
import { distance } from '../../shared/words.js';
import { write } from '../../shared/write.js';

const AT_ONCE = 40; // rows; so many more at each tap

/** The same as the map, to be read. Emits `pick` {bay} and `sought` {text}. */
export class PlaceList extends HTMLElement {
  #shown = AT_ONCE;
  #given = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<label>${say('list-search')} <input type="search" autocomplete="off" enterkeyhint="search"></label>
      <p class="muted" role="status" data-count></p><div data-groups class="stack"></div>
      <button type="button" hidden>${say('list-more')}</button>`);
    this.querySelector('input').addEventListener('input', ({ target }) => this.#seek(target.value));
    this.querySelector(':scope > button').addEventListener('click', () => this.#more());
    this.querySelector('[data-groups]').addEventListener('click', (event) => this.#pick(event.target.closest('button')));
  }

  /** `groups` as map/listing.js makes them; `words(place)` how each stands; `freezes`: how many unsafe places. */
  show(groups, words) {
    this.#given = { groups, words };
    const all = groups.reduce((sum, { places }) => sum + places.length, 0);
    let left = this.#shown;
    const shown = groups.map(({ name, places }) => {
      const some = places.slice(0, Math.max(left, 0));
      left -= some.length;
      return { name, places: some };
    }).filter(({ places }) => places.length);
    write(this.querySelector('[data-count]'), say('list-count', { count: all }));
    this.querySelector(':scope > button').hidden = all <= this.#shown;
    keyed(this.querySelector('[data-groups]'), shown, {
      key: ({ name }) => name,
      mark: ({ name }) => name,
      draw: ({ name }) => html`<section class="tight"><h2>${say(`list-${name}`)}</h2><ul class="places"></ul></section>`.firstElementChild,
    });
    for (const { name, places } of shown) this.#fill(name, places, words);
  }

  #fill(name, places, words) {
    const rows = places.map((place) => ({ place, said: [placeWords({ bay: place }), words(place), place.metres === null ? '' : distance(place.metres)] }));
    keyed(this.querySelector(`[data-key="${name}"] ul`), rows, {
      key: ({ place }) => place.id,
      mark: ({ place, said }) => [place.state, ...said].join('\n'),
      draw: ({ place, said: [where, state, far] }) => html`<li><button type="button" value="${place.id}" data-focus="pick">
        ${shape(place.state)}<span><strong>${where}</strong><br>${state}</span><span class="far">${far}</span></button></li>`.firstElementChild,
    });
  }

  #more() {
    this.#shown += AT_ONCE;
    this.show(this.#given.groups, this.#given.words);
  }

  #seek(text) {
    this.#shown = AT_ONCE;
    this.dispatchEvent(new CustomEvent('sought', { detail: { text } }));
  }

  #pick(button) {
    const bay = button && this.#given.groups.flatMap(({ places }) => places).find(({ id }) => id === button.value);
    if (bay) this.dispatchEvent(new CustomEvent('pick', { detail: { bay } }));
  }
}

customElements.define('place-list', PlaceList);
