import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { searched, usedOf } from '../codes.js';

/** What the car is thought to have done: searched for by number or words, then a suffix. Emits `code` when chosen. */
export class CodeField extends HTMLElement {
  #items = [];
  #recent = [];
  chosen = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="tight search"><label for="code-search">${say('code-search')}</label>
        <input id="code-search" type="search" autocomplete="off" enterkeyhint="search">
        <p class="small muted" role="status"></p><ul class="menu codes"></ul></div>
      <div class="stack picked" hidden><div class="row spread"><strong class="over" lang="en"></strong>
        <button type="button" class="plain" value="other">${say('code-other')}</button></div>
        <div class="tight"><label for="suffix">${say('code-suffix')}</label><select id="suffix"></select></div></div>`);
    this.addEventListener('input', (event) => event.target.type === 'search' && this.#search());
    this.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.type === 'search' && event.preventDefault());
    this.addEventListener('click', ({ target }) => this.#tapped(target.closest('button')));
    this.querySelector('select').addEventListener('change', () => this.#tell());
  }

  /** `items`: as GET /contraventions lists them; `recent`: codes used lately; `code` and `suffix`: chosen before. */
  begin({ items, recent, code = null, suffix = '' }) {
    [this.#items, this.#recent] = [items, recent];
    this.#choose(items.find((item) => item.code === code) ?? null, suffix);
    if (!this.chosen) this.#search();
  }

  get suffix() {
    return this.querySelector('select').value;
  }

  #search() {
    const text = this.querySelector('input').value;
    const found = searched(this.#items, text, this.#recent);
    this.querySelector('[role=status]').textContent = this.#words(text, found);
    this.querySelector('.codes').replaceChildren(html`${found.map(({ code, gist }) => html`<li><button type="button"
      name="code" value="${code}"><strong>${code}</strong> <span lang="en">${gist}</span></button></li>`)}`);
  }

  #words(text, found) {
    if (!this.#items.length) return say('code-none-known');
    if (text.trim()) return say('code-count', { count: found.length });
    if (found.length === this.#items.length) return '';
    return say(usedOf(this.#items, this.#recent).length ? 'code-recent' : 'code-first');
  }

  #tapped(button) {
    if (button?.value === 'other') {
      this.#choose(null);
      this.#search();
      this.querySelector('input').focus();
    } else if (button?.name === 'code') {
      this.#choose(this.#items.find(({ code }) => code === button.value));
      this.querySelector('select').focus();
    } else return;
    this.#tell();
  }

  #choose(item, suffix = '') {
    this.chosen = item;
    this.querySelector('.search').hidden = item !== null;
    this.querySelector('.picked').hidden = item === null;
    if (!item) return;
    this.querySelector('.picked strong').textContent = `${item.code} ${item.gist}`;
    this.querySelector('select').replaceChildren(html`<option value="">${say('code-no-suffix')}</option>${item.suffixes
      .map((each) => html`<option value="${each.suffix}" lang="en">${[each.suffix, each.meaning].filter(Boolean).join(' – ')}</option>`)}`);
    this.querySelector('select').value = item.suffixes.some((each) => each.suffix === suffix) ? suffix : '';
  }

  #tell() {
    this.dispatchEvent(new Event('code', { bubbles: true }));
  }
}

customElements.define('code-field', CodeField);
