/**
 * What the phone keeps, in one database of the browser. Whatever belongs to an officer is sealed by their vault;
 * in clear are only ids and times, by which it is found.
 *
 *   keys     a person's key: open, or locked by their PIN
 *   outbox   steps that the server does not have yet, in order
 *   photos   the bytes of photos that it does not have yet
 *   kept     what was last known, and what is being typed
 */

import { openDB } from '/vendor/idb/build/index.js';

export const NAME = 'openpatrol';

const LOST = ['InvalidStateError', 'UnknownError'];

/**
 * Raises the browser's error where it keeps nothing, such as in some private windows. `blocked` is run when an older
 * page holds it: it opens when that one lets go. `replaced`: a newer page has changed the stores, and this one can't
 * use them any more.
 */
export async function openDatabase(name = NAME, { blocked = () => {}, replaced = () => {} } = {}) {
  const opened = () => open(name, { blocked, replaced });
  return new Database(await opened(), opened, replaced);
}

/** Closes by itself when a newer page wants to change the stores. */
async function open(name, { blocked, replaced }) {
  const database = await openDB(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('keys', { keyPath: 'person' });
      const outbox = fresh.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
      outbox.createIndex('person', 'person');
      outbox.createIndex('id', 'id', { unique: true });
      const photos = fresh.createObjectStore('photos', { keyPath: ['sighting', 'sha256'] });
      photos.createIndex('person', 'person');
      fresh.createObjectStore('kept', { keyPath: ['person', 'name'] });
    },
    blocked,
    blocking: () => {
      database.close();
      replaced();
    },
  });
  return database;
}

/** The browser's database. Some lose it while the page sleeps: then it is opened anew, and what was asked is done. */
class Database {
  #open;
  #opening = null;
  #now;
  #replaced;

  constructor(now, reopen, replaced) {
    this.#now = now;
    this.#open = reopen;
    this.#replaced = replaced;
  }

  get(...what) { return this.again(() => this.#now.get(...what)); }
  getAll(...what) { return this.again(() => this.#now.getAll(...what)); }
  getAllFromIndex(...what) { return this.again(() => this.#now.getAllFromIndex(...what)); }
  put(...what) { return this.again(() => this.#now.put(...what)); }
  delete(...what) { return this.again(() => this.#now.delete(...what)); }

  /** Every row of a store (of those in `range`) that is `unwanted(row)`; all of them or none. */
  removeEach(store, unwanted, range = null) {
    return this.again(async () => {
      const change = this.transaction(store, 'readwrite');
      for (let row = await change.store.openCursor(range); row; row = await row.continue()) {
        if (unwanted(row.value)) row.delete();
      }
      await change.done;
    });
  }

  /** To be used within `again`. */
  transaction(...what) { return this.#now.transaction(...what); }

  close() { this.#now.close(); }

  /** `run` once, and once more where the database was lost. */
  async again(run) {
    try {
      return await run();
    } catch (error) {
      if (!LOST.includes(error.name)) throw error;
      await this.#reopen();
      return run();
    }
  }

  #reopen() {
    this.#opening ??= this.#open()
      .then((database) => { this.#now = database; }, (error) => {
        if (error.name === 'VersionError') this.#replaced();
        throw error;
      })
      .finally(() => { this.#opening = null; });
    return this.#opening;
  }
}

/** True for the error of a phone whose storage is full. */
export function isFull(error) {
  return error?.name === 'QuotaExceededError' || error?.inner?.name === 'QuotaExceededError';
}
