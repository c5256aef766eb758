import { html } from './html.js';

const SECONDS = 8;

/**
 * Undo instead of "are you sure". `offer(words, run, cancel)` waits a moment, then runs; Undo cancels. What
 * waits runs at once when the page goes away or something else comes: it is never forgotten.
 */
export class UndoBar extends HTMLElement {
  #pending = null;
  #timer;

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.addEventListener('click', (event) => event.target.closest('button') && this.#undo());
    document.addEventListener('visibilitychange', () => document.hidden && this.settle());
    window.addEventListener('pagehide', () => this.settle());
  }

  offer(words, run, cancel = () => {}) {
    this.settle();
    this.#pending = { run, cancel };
    this.replaceChildren(html`<div class="notice"><p>${words}</p><button type="button">Undo</button></div>`);
    this.#timer = setTimeout(() => this.settle(), SECONDS * 1000);
  }

  settle() {
    this.#end()?.run();
  }

  #undo() {
    this.#end()?.cancel();
  }

  #end() {
    clearTimeout(this.#timer);
    const pending = this.#pending;
    this.#pending = null;
    this.replaceChildren();
    return pending;
  }
}

customElements.define('undo-bar', UndoBar);
