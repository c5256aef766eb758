/**
 * The steps of one officer as they lie on the phone: sealed, in order. A step is changed or removed only by a page
 * that has seen it as it lies there: what an officer takes back while it is being written is not written again.
 *
 * What a phone whose storage is full can't keep is held in memory (`loose`) while the page is open, and put down
 * as soon as there is room. What is recorded meanwhile lines up behind it.
 */

import { isFull } from './database.js';
import { inTurn } from './in-turn.js';

const STORE = 'outbox';
const AFTER_ALL = 2 ** 52; // the order of what is loose: behind everything that lies there

export class Steps {
  #database;
  #vault;
  #opened = new Map(); // by their marks: a step is opened once
  #loose = [];
  #looseCount = 0;
  #inTurn = inTurn(); // what changes what is loose
  /** How many lie here that this officer's key does not open. They stay. */
  unreadable = 0;

  constructor(database, vault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** All of them, the oldest first. */
  async all() {
    const loose = this.#loose;
    const rows = await this.#database.getAllFromIndex(STORE, 'person', this.#vault.person);
    const opened = await Promise.all(rows.map((row) => this.#open(row)));
    const found = opened.filter(Boolean);
    this.unreadable = rows.length - found.length;
    this.#opened = new Map(found.map((step) => [step.mark, step]));
    const ids = new Set(rows.map(({ id }) => id));
    return [...found, ...loose.filter(({ id }) => !ids.has(id))];
  }

  /** Together or not at all; on the disk when this resolves, or loose on a phone whose storage is full. */
  add(steps) {
    return this.#inTurn(async () => {
      await this.#settle();
      if (this.#loose.length || !(await this.#written(steps))) this.#loose = [...this.#loose, ...steps.map((step) => this.#asLoose(step))];
    });
  }

  /** False on a phone whose storage is full. */
  async #written(steps) {
    const rows = await Promise.all(steps.map((step) => this.#sealed(step)));
    try {
      await this.#database.again(() => this.#write(rows));
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  /** What lies there already stays: a write that was said to have failed may not have. */
  async #write(rows) {
    const change = this.#database.transaction(STORE, 'readwrite', { durability: 'strict' });
    const known = change.store.index('id');
    const writing = rows.map(async (row) => {
      if ((await known.getKey(row.id)) === undefined) await change.store.add(row);
    });
    try {
      await Promise.all([...writing, change.done]);
    } catch (error) {
      abort(change);
      throw error;
    }
  }

  /** The step as it is now, or null where it is gone or another page has changed it meanwhile. */
  async replace(step, changed) {
    if (step.loose) return this.#inTurn(() => this.#replaceLoose(step, changed));
    const next = { ...step, ...changed };
    const row = { ...(await this.#sealed(next)), order: step.order };
    try {
      return (await this.#ifSame(step, (store) => store.put(row))) ? { ...next, mark: markOf(row) } : null;
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#opened.set(step.mark, next); // as long as the page is open: a refused step is not sent again and again
      return next;
    }
  }

  /** True if it is gone; false where another page has changed it meanwhile. */
  async remove(step) {
    return step.loose ? this.#inTurn(() => this.#removeLoose(step)) : this.#ifSame(step, (store) => store.delete(step.order));
  }

  /** Put down what is loose, if there is room by now. Until it lies there it is held. */
  settle() {
    return this.#inTurn(() => this.#settle());
  }

  async #settle() {
    const loose = this.#loose;
    if (loose.length && (await this.#written(loose))) this.#loose = this.#loose.filter((step) => !loose.includes(step));
  }

  #ifSame(step, run) {
    return this.#database.again(() => this.#tryIfSame(step, run));
  }

  async #tryIfSame(step, run) {
    const change = this.#database.transaction(STORE, 'readwrite');
    const row = await change.store.get(step.order);
    const same = row !== undefined && markOf(row) === step.mark;
    if (same) run(change.store).catch(() => {});
    await change.done;
    return same;
  }

  /** Null where it was put down meanwhile. */
  #replaceLoose(step, changed) {
    if (!this.#isLoose(step)) return null;
    const next = { ...step, ...changed };
    this.#loose = this.#loose.map((each) => (each.order === step.order ? next : each));
    return next;
  }

  #removeLoose(step) {
    if (!this.#isLoose(step)) return false;
    this.#loose = this.#loose.filter(({ order }) => order !== step.order);
    return true;
  }

  #isLoose(step) {
    return this.#loose.some(({ order }) => order === step.order);
  }

  #asLoose(step) {
    this.#looseCount += 1;
    return { ...step, order: AFTER_ALL + this.#looseCount, loose: true };
  }

  async #open(row) {
    const mark = markOf(row);
    const known = this.#opened.get(mark);
    if (known) return known;
    const step = await this.#vault.open(row.sealed, placeOf(row.id)).catch(() => null);
    return step && { ...step, order: row.order, mark };
  }

  async #sealed({ order, mark, loose, ...step }) {
    return { id: step.id, person: this.#vault.person, at: step.at, sealed: await this.#vault.seal(step, placeOf(step.id)) };
  }
}

/** Nothing of it is to lie there; the browser has mostly undone it by itself. */
function abort(change) {
  try {
    change.abort();
  } catch (error) {
    if (error.name !== 'InvalidStateError') throw error;
  }
}

/** Each sealing has a start of its own, by which it is known. */
function markOf({ sealed }) {
  return String(sealed.iv);
}

function placeOf(id) {
  return `outbox ${id}`;
}
