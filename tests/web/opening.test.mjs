/** Opening what the phone keeps: some browsers lose it for a moment, and an installed app has no button to load it anew. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { persist } from '../../static/patrol/opening.js';

/** Storage that fails so often before it opens. */
function failing(times) {
  const storage = { tries: 0, asked: 0 };
  storage.open = async () => {
    storage.tries += 1;
    if (storage.tries <= times) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    return 'open';
  };
  storage.ask = async () => { storage.asked += 1; };
  return storage;
}

test('storage that was lost for a moment opens by itself', async () => {
  const storage = failing(1);
  assert.equal(await persist(storage.open, storage.ask, 1), 'open');
  assert.deepEqual([storage.tries, storage.asked], [2, 0]);
});

test('what does not open is tried again as often as somebody says so', async () => {
  const storage = failing(4);
  assert.equal(await persist(storage.open, storage.ask, 1), 'open');
  assert.deepEqual([storage.tries, storage.asked], [5, 2]);
});

test('where there is nothing to be tried again, the error is the answer', async () => {
  const storage = failing(9);
  const never = async (error) => { throw error; };
  await assert.rejects(persist(storage.open, never, 1), { name: 'UnknownError' });
});
