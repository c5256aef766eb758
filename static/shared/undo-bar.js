import { html } from './html.js';
import { say } from './say.js';
import { UNDO_FOR } from './undo.js';

/**
 * Undo instead of "are you sure": `offer(words, undo)` shows for a moment what was done, and the way back. Where
 * `undo` answers false it was too late, and that is said.
 */
export class UndoBar extends HTMLElement {
  #undo = null;
  #timer;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.addEventListener('click', (event) => event.target.closest('button') && this.#takeBack());
  }

  offer(words, undo) {
    this.#end();
    this.#undo = undo;
    this.replaceChildren(html`<div class="notice"><p>${words}</p><button type="button">${say('undo')}</button></div>`);
    this.#timer = setTimeout(() => this.#end(), UNDO_FOR);
  }

  /** It can't be taken back here any more. */
  clear() {
    this.#end();
  }

  async #takeBack() {
    const undone = await this.#end()?.();
    if (undone !== false) return;
    this.replaceChildren(html`<div class="notice"><p>${say('undo-too-late')}</p></div>`);
    this.#timer = setTimeout(() => this.#end(), UNDO_FOR);
  }

  #end() {
    clearTimeout(this.#timer);
    const undo = this.#undo;
    this.#undo = null;
    this.replaceChildren();
    return undo;
  }
}

customElements.define('undo-bar', UndoBar);
