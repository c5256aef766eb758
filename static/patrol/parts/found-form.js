import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import './bay-field.js';
import './code-field.js';

/** A car that nobody was sent to: where it is, and what it does there. Emits `found` {bay, contravention, suffix, draft}: the draft is done with once that is kept. */
export class FoundForm extends HTMLElement {
  #draft = null;
  #around = { bays: [], me: null };

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" novalidate>
      <h2>${say('found-where')}</h2><bay-field></bay-field>
      <h2>${say('found-what')}</h2><code-field></code-field>
      <p class="now" role="alert" hidden></p>
      <button class="main">${say('found-begin')}</button></form>`);
    for (const type of ['input', 'place', 'code']) this.addEventListener(type, () => this.#save());
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * What there is to choose from, and what was filled in before (`draft`); `around`: { bays, me } as bay-field.js takes
   * them; `bay`: the id of one chosen elsewhere.
   */
  async begin({ around, items, recent, draft, bay }) {
    this.#around = around;
    const kept = await draft.load();
    const typed = bay ? { ...kept, place: { bay } } : kept;
    this.#draft = draft;
    this.querySelector('bay-field').begin({ ...this.#around, typed: typed.place ?? {} });
    this.querySelector('code-field').begin({ items, recent, code: typed.code, suffix: typed.suffix });
  }

  /** The map has come, or the phone knows better where it is; where it no longer does, it was last there. */
  know({ bays, me }) {
    this.#around = { bays, me: me ?? this.#around.me };
    if (this.#draft) this.querySelector('bay-field').know(this.#around);
  }

  #save() {
    const { chosen, suffix } = this.querySelector('code-field');
    this.#refuse('');
    this.#draft?.save({ place: this.querySelector('bay-field').typed, code: chosen?.code ?? null, suffix });
  }

  #submit() {
    const { place, typed } = this.querySelector('bay-field');
    const { chosen, suffix } = this.querySelector('code-field');
    if (!place) return this.#refuse(say(typed.spot && !this.#around.me ? 'found-no-position' : 'found-no-place'));
    if (!chosen) return this.#refuse(say('found-no-code'));
    const detail = { bay: place, contravention: chosen, suffix, draft: this.#draft };
    return this.dispatchEvent(new CustomEvent('found', { detail, bubbles: true }));
  }

  #refuse(words) {
    const place = this.querySelector('[role=alert]');
    place.hidden = !words;
    place.textContent = words;
  }
}

customElements.define('found-form', FoundForm);
