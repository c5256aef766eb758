import { keepFocus } from './keep-focus.js';
import { whileSeen } from './while-seen.js';

/** What all screens have in common: drawn once, and shown anew whenever one of its `sources` changes. */
export class Screen extends HTMLElement {
  #left = null;

  connectedCallback() {
    this.#left = new AbortController();
    this.draw();
    for (const target of this.sources) {
      for (const type of ['change', 'state']) target.addEventListener(type, () => keepFocus(this, () => this.show()), { signal: this.left });
    }
    this.show();
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  /** What it shows: EventTargets that emit `change` or `state`. */
  get sources() {
    return [];
  }

  /** Aborted when the screen is left: listeners and timers end with it. */
  get left() {
    return this.#left.signal;
  }

  /** Once: the parts that stay. */
  draw() {}

  /** Again and again: what is to be seen in them. */
  show() {}

  /** `run` so often while the screen is shown and the page is seen. */
  every(milliseconds, run) {
    whileSeen(milliseconds, run, this.left);
  }
}
