import { ApiError, get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { placeWords } from '../../shared/task-words.js';
import { Rest } from './rest.js';

const MOST = 8;
let searches = 0;

/** A bay, found by street and reference. Read or set `chosen`: { id, street, reference }, or null. Emits `bay`. */
export class BaySearch extends HTMLElement {
  #name = `bay-${(searches += 1)}`;
  #found = [];
  #rest = new Rest(() => this.#seek());
  #chosen = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="tight"><label for="${this.#name}">Bay: its street or reference</label>
      <input id="${this.#name}" type="search" autocomplete="off" aria-describedby="${this.#name}-found">
      <p id="${this.#name}-found" class="muted small" role="status"></p><div class="row found"></div></div>`);
    this.querySelector('input').addEventListener('input', () => this.#soon());
    this.addEventListener('click', ({ target }) => target.closest('button[data-bay]') && this.#choose(target.closest('button').dataset.bay));
  }

  disconnectedCallback() {
    this.#rest.stop();
  }

  get chosen() {
    return this.#chosen;
  }

  set chosen(bay) {
    this.#chosen = bay;
    this.querySelector('input').value = '';
    this.#tell(bay ? `Chosen: ${placeWords({ bay })}` : '', []);
  }

  #soon() {
    this.#chosen = null;
    this.#rest.soon();
  }

  /** Of what was asked last, for an older answer may come later. */
  async #seek() {
    const text = this.querySelector('input').value.trim();
    const answer = text ? await get('/bays', { text, order: 'street', limit: MOST + 1 }).catch((error) => error) : { items: [] };
    if (text !== this.querySelector('input').value.trim()) return;
    if (answer instanceof Error) return this.#failed(answer);
    this.#found = answer.items;
    this.#tell(text && countWords(this.#found.length), this.#found.slice(0, MOST));
  }

  #failed(error) {
    if (!(error instanceof ApiError)) throw error;
    this.#tell(error.message, []);
  }

  #choose(id) {
    this.chosen = this.#found.find((bay) => bay.id === id);
    this.querySelector('input').focus();
    this.dispatchEvent(new CustomEvent('bay', { detail: { bay: this.#chosen }, bubbles: true }));
  }

  #tell(words, found) {
    this.querySelector('[role=status]').textContent = words;
    this.querySelector('.found').replaceChildren(html`${found.map((bay) => html`<button type="button" data-bay="${bay.id}">${placeWords({ bay })}</button>`)}`);
  }
}

function countWords(count) {
  if (count === 0) return 'No bay is called so.';
  if (count === 1) return 'One bay.';
  return count > MOST ? `More than ${MOST} bays: these are the first. Type more to find the one.` : `${count} bays.`;
}

customElements.define('bay-search', BaySearch);
