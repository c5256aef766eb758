/** One answer of the server that is kept on the phone: shown at once, asked for anew in the background. */

import { getIfNew } from '../../shared/api.js';
import { now } from '../../shared/clock.js';

/** Emits `change` when it says something else than before, or was found to be still so. */
export class Answer extends EventTarget {
  #kept;
  #name;
  #tag = null;
  #opening = null;
  path = null;
  /** What the server said; null where it was never heard. */
  said = null;
  /** When that was, in milliseconds by the server's clock. */
  at = null;
  /** Why nothing newer is known: the ApiError of the last attempt, or null. */
  trouble = null;

  constructor(kept, name) {
    super();
    this.#kept = kept;
    this.#name = `answer:${name}`;
  }

  /** From now on it is the answer to this path: what is kept of it is here when this resolves. */
  open(path) {
    if (path !== this.path) {
      Object.assign(this, { path, said: null, at: null, trouble: null });
      this.#tag = null;
      this.#opening = this.#restore(path);
    }
    return this.#opening;
  }

  /** Ask the server; what it says is kept when this resolves. Raises ApiError; what was known stays. */
  async renew() {
    const { path } = this;
    await this.#opening;
    const fresh = await this.#ask(path);
    if (path === this.path) await this.#take(fresh ?? { body: this.said, tag: this.#tag });
  }

  /** What an answer to one of the officer's own steps made of it. */
  amend(change) {
    return this.#take({ body: { ...this.said, ...change }, tag: null });
  }

  async #ask(path) {
    try {
      return await getIfNew(path, this.#tag);
    } catch (error) {
      if (path === this.path) this.trouble = error;
      throw error;
    }
  }

  async #take({ body, tag }) {
    Object.assign(this, { said: body, at: now(), trouble: null });
    this.#tag = tag;
    this.dispatchEvent(new Event('change'));
    await this.#kept.put(this.#name, { path: this.path, said: body, at: this.at, tag });
  }

  async #restore(path) {
    const kept = await this.#kept.get(this.#name);
    if (kept?.path !== path || path !== this.path || this.said) return;
    Object.assign(this, { said: kept.said, at: kept.at });
    this.#tag = kept.tag;
    this.dispatchEvent(new Event('change'));
  }
}
