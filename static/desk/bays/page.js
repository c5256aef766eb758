import { markForm } from '../parts/refused-form.js';

/**
 * A page within a screen: it loads what it shows, and keeps it. `screen` is the one that it stands in, which says what
 * became of each step; `place` the rest of the address.
 */
export class Page extends HTMLElement {
  #left = null;
  screen = null;
  place = [];

  connectedCallback() {
    this.#left = new AbortController();
    this.draw();
    this.load();
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  get left() {
    return this.#left.signal;
  }

  get desk() {
    return this.screen.desk;
  }

  $(selector) {
    return this.querySelector(selector);
  }

  draw() {}

  load() {}

  /** As Desk.attempt; what is wrong with what was typed is said at the form, which has a place `.errors`. */
  attempt(run, done = null, form = null) {
    if (form) markForm(form, null);
    return this.screen.attempt(run, done, form && ((error) => markForm(form, error)));
  }

  /** `run(form, said)` for each form of this name in it. */
  onSubmit(name, run) {
    this.addEventListener('submit', (event) => {
      if (event.target.getAttribute('name') !== name) return;
      event.preventDefault();
      run(event.target, Object.fromEntries(new FormData(event.target)));
    }, { signal: this.left });
  }

  /** `run(button)` for each button (or link) with this `data-do` in it. */
  onDo(name, run) {
    this.addEventListener('click', ({ target }) => {
      const button = target.closest(`[data-do="${name}"]`);
      if (button) run(button);
    }, { signal: this.left });
  }
}
