/** What one officer's phone remembers under a name: what the server last said, and what is being typed. */

import { isFull } from './database.js';
import { inTurn } from './in-turn.js';

const DRAFTS = 'draft:';

export class Kept {
  #database;
  #vault;
  #drafts = new Map();
  #turns = new Map(); // by name: sealing takes as long as it takes, and the later value is to lie there in the end

  constructor(database, vault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** The value, or null. What can't be opened (a key that was renewed) counts as nothing. */
  async get(name) {
    const row = await this.#database.get('kept', [this.#vault.person, name]);
    if (!row) return null;
    return this.#vault.open(row.sealed, name).catch(() => null);
  }

  /** True if it is kept; false on a phone whose storage is full. */
  put(name, value) {
    return this.#inTurn(name, () => this.#put(name, value));
  }

  async #put(name, value) {
    const sealed = await this.#vault.seal(value, name);
    try {
      await this.#database.put('kept', { person: this.#vault.person, name, at: Date.now(), sealed });
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  remove(name) {
    return this.#inTurn(name, () => this.#database.delete('kept', [this.#vault.person, name]));
  }

  #inTurn(name, run) {
    if (!this.#turns.has(name)) this.#turns.set(name, inTurn());
    return this.#turns.get(name)(run);
  }

  /** What is typed under a name: the same for whoever asks, so that their writes stay in order. */
  draft(name) {
    if (!this.#drafts.has(name)) this.#drafts.set(name, new Draft(this, DRAFTS + name));
    return this.#drafts.get(name);
  }

  /** Forget what the server said and will say again; what is typed and not sent yet stays, sealed. */
  async clear() {
    const own = IDBKeyRange.bound([this.#vault.person, ''], [this.#vault.person, '\uffff']);
    await this.#database.removeEach('kept', ({ name }) => !name.startsWith(DRAFTS), own);
  }
}

/** What is typed into one form, saved at every keystroke in their order; what was overtaken meanwhile need not be. */
export class Draft {
  #kept;
  #name;
  #newest = null;
  #inTurn = inTurn();

  constructor(kept, name) {
    this.#kept = kept;
    this.#name = name;
  }

  /** What was typed last; nothing is {}. */
  async load() {
    await this.#inTurn(() => true);
    return (await this.#kept.get(this.#name)) ?? {};
  }

  /** Resolves to false where the phone's storage is full: the form itself still holds what was typed. */
  save(typed) {
    this.#newest = typed;
    return this.#inTurn(() => this.#newest !== typed || this.#kept.put(this.#name, typed));
  }

  clear() {
    this.#newest = null;
    return this.#inTurn(() => this.#kept.remove(this.#name)).then(() => true);
  }
}
