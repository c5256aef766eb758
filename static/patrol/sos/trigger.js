/** When pressing SOS is a call for help: never by a slip of the thumb, and never only for those who can hold it. */

export const HOLD = 1_200; // milliseconds
const AGAIN_WITHIN = 5_000;

/** How many presses call for help: with keys and aids the second, with a finger only in the way that was chosen. */
export const PRESSES = { hold: Infinity, taps: 3, keys: 2 };

/** Emits `holding`, `let-go`, `again` {left} (presses until it calls; Infinity: only holding does) and `call`. */
export class Trigger extends EventTarget {
  #held = null;
  #presses = 0;
  #forgotten = null;

  /** A finger or a key goes down. */
  down() {
    if (this.#held) return;
    this.#held = setTimeout(() => this.#call(), HOLD);
    this.#tell('holding');
  }

  /** It comes up. A call that was made stays made. */
  up(presses) {
    if (!this.#held) return;
    this.#release();
    this.press(presses);
  }

  /** Pressed without a finger or a key that could be held: by a switch, by a screen reader. */
  press(presses) {
    this.#presses += 1;
    if (this.#presses >= presses) return this.#call();
    clearTimeout(this.#forgotten);
    this.#forgotten = setTimeout(() => this.#forget(), AGAIN_WITHIN);
    return this.#tell('again', { left: presses - this.#presses });
  }

  #call() {
    this.#release();
    this.#forget();
    this.#tell('call');
  }

  #release() {
    clearTimeout(this.#held);
    this.#held = null;
    this.#tell('let-go');
  }

  #forget() {
    clearTimeout(this.#forgotten);
    this.#presses = 0;
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
