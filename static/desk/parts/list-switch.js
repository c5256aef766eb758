import { html } from '../../shared/html.js';

const SEEN_AS = 'openpatrol-desk-as';

/** Map or list, by its buttons or Alt and L. Emits `change`; `value` is map or list. */
export class ListSwitch extends HTMLElement {
  #left = null;

  connectedCallback() {
    this.#left = new AbortController();
    this.replaceChildren(html`<div role="group" aria-label="Show as" class="row">
      <button type="button" data-as="map">Map</button><button type="button" data-as="list">List</button>
      <span class="muted small">Alt + L switches</span></div>`);
    this.addEventListener('click', ({ target }) => target.dataset.as && this.#set(target.dataset.as));
    addEventListener('keydown', (event) => this.#key(event), { signal: this.#left.signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  get value() {
    return localStorage.getItem(SEEN_AS) === 'list' ? 'list' : 'map';
  }

  #key(event) {
    if (event.code !== 'KeyL' || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // on some keyboards it would type a letter
    this.#set(this.value === 'map' ? 'list' : 'map');
  }

  #set(value) {
    localStorage.setItem(SEEN_AS, value);
    this.#show();
    this.dispatchEvent(new Event('change'));
  }

  #show() {
    for (const button of this.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.dataset.as === this.value));
      button.setAttribute('aria-keyshortcuts', 'Alt+L');
    }
  }
}

customElements.define('list-switch', ListSwitch);
