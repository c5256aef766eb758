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

/** Opens it, and closes it by itself when a newer page wants to change its stores. */
export async function openDatabase(name = NAME) {
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
    blocking: () => database.close(),
  });
  return database;
}

/** True for the error of a phone whose storage is full. */
export function isFull(error) {
  return error?.name === 'QuotaExceededError' || error?.inner?.name === 'QuotaExceededError';
}
