import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../static/patrol/store/database.js';

/** A newer page of the app, that changes the stores. */
function openNewer(name) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 2);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });
}

test('a page lets go when a newer one changes the stores, says so, and does nothing behind its back', async () => {
  let told = 0;
  const database = await openDatabase('renewed', { replaced: () => { told += 1; } });
  await database.put('kept', { person: 'olu', name: 'day' });
  const newer = await openNewer('renewed');
  assert.equal(told, 1);
  await assert.rejects(database.put('kept', { person: 'olu', name: 'day' }), { name: 'VersionError' });
  assert.equal(told, 2);
  newer.close();
});

test('a page that was not told, for it slept, finds out as soon as it wants to keep something', async () => {
  let told = 0;
  const database = await openDatabase('slept', { replaced: () => { told += 1; } });
  database.close();
  (await openNewer('slept')).close();
  assert.equal(told, 0);
  await assert.rejects(database.get('kept', ['olu', 'day']), { name: 'VersionError' });
  assert.equal(told, 1);
});
