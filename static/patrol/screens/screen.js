import { keepFocus } from '../../shared/keep-focus.js';
import { whileSeen } from '../../shared/while-seen.js';

/** What all screens have in common: an officer's hand, shown anew whenever something of it changes. */
export class Screen extends HTMLElement {
  #left = null;
  hand = null;

  connectedCallback() {
    this.#left = new AbortController();
    this.draw();
    for (const target of [this.hand.day, this.hand.outbox, this.hand.positions, this.hand.live]) {
      for (const type of ['change', 'state']) target.addEventListener(type, () => keepFocus(this, () => this.show()), { signal: this.left });
    }
    this.show();
  }

  disconnectedCallback() {
    this.#left.abort();
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
