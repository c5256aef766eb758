/**
 * The steps of one officer as they lie on the phone: sealed, in order. A step is changed or removed only by a page
 * that has seen it as it lies there: what an officer takes back while it is being written is not written again.
 *
 * What a phone whose storage is full can't keep is held in memory (`loose`) while the page is open, and put down
 * as soon as there is room.
 */

import { isFull } from './database.js';

const STORE = 'outbox';
const AFTER_ALL = 2 ** 52; // the order of what is loose: behind everything that lies there

export class Steps {
  #database;
  #vault;
  #opened = new Map(); // by their marks: a step is opened once
  #loose = [];
  #looseCount = 0;
  /** How many lie here that this officer's key does not open. They stay. */
  unreadable = 0;

  constructor(database, vault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** All of them, the oldest first. */
  async all() {
    const rows = await this.#database.getAllFromIndex(STORE, 'person', this.#vault.person);
    const opened = await Promise.all(rows.map((row) => this.#open(row)));
    const found = opened.filter(Boolean);
    this.unreadable = rows.length - found.length;
    this.#opened = new Map(found.map((step) => [step.mark, step]));
    return [...found, ...this.#loose];
  }

  /** Together or not at all; on the disk when this resolves, or loose on a phone whose storage is full. */
  async add(steps) {
    const rows = await Promise.all(steps.map((step) => this.#sealed(step)));
    try {
      await this.#database.again(() => this.#write(rows));
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#loose.push(...steps.map((step) => this.#asLoose(step)));
    }
  }

  async #write(rows) {
    const change = this.#database.transaction(STORE, 'readwrite', { durability: 'strict' });
    rows.forEach((row) => change.store.add(row).catch(() => {})); // the transaction says it, once
    await change.done;
  }

  /** The step as it is now, or null where it is gone or another page has changed it meanwhile. */
  async replace(step, changed) {
    if (step.loose) return this.#replaceLoose(step, changed);
    const next = { ...step, ...changed };
    const row = { ...(await this.#sealed(next)), order: step.order };
    try {
      return (await this.#ifSame(step, (store) => store.put(row))) ? { ...next, mark: markOf(row) } : null;
    } catch (error) {
      if (!isFull(error)) throw error;
      return next; // only what was noted about it is lost
    }
  }

  /** True if it is gone; false where another page has changed it meanwhile. */
  async remove(step) {
    if (step.loose) this.#loose = this.#loose.filter(({ order }) => order !== step.order);
    else if (!(await this.#ifSame(step, (store) => store.delete(step.order)))) return false;
    return true;
  }

  /** Put down what is loose, if there is room by now. */
  async settle() {
    const loose = this.#loose;
    if (!loose.length) return;
    this.#loose = [];
    await this.add(loose.map(({ loose: _, ...step }) => step));
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

  #replaceLoose(step, changed) {
    if (!this.#loose.some(({ order }) => order === step.order)) return null;
    const next = { ...step, ...changed };
    this.#loose = this.#loose.map((each) => (each.order === step.order ? next : each));
    return next;
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

  async #sealed({ order, mark, ...step }) {
    return { id: step.id, person: this.#vault.person, sealed: await this.#vault.seal(step, placeOf(step.id)) };
  }
}

/** Each sealing has a start of its own, by which it is known. */
function markOf({ sealed }) {
  return String(sealed.iv);
}

function placeOf(id) {
  return `outbox ${id}`;
}
