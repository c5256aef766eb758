import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Steps } from '../../static/patrol/store/steps.js';
import { Keyring } from '../../static/patrol/store/vault.js';

let count = 0;

/** Two pages of one phone that both have seen the same step. */
async function makePages() {
  const name = `steps${count += 1}`;
  const vault = await new Keyring(await openDatabase(name), 1).keep('olu', new Uint8Array(32).fill(7));
  const pages = [new Steps(await openDatabase(name), vault), new Steps(await openDatabase(name), vault)];
  await pages[0].add([{ id: 'a', kind: 'decline', tries: 0 }]);
  const [[seen], [seenToo]] = await Promise.all(pages.map((page) => page.all()));
  return { pages, seen, seenToo };
}

test('a step that one page has changed is changed by another only once it has seen that', async () => {
  const { pages: [one, other], seen, seenToo } = await makePages();
  assert.equal((await one.replace(seen, { tries: 1 })).tries, 1);
  assert.equal(await other.replace(seenToo, { kind: 'accept' }), null);
  assert.equal(await other.remove(seenToo), false);
  const [now] = await other.all();
  assert.deepEqual([now.kind, now.tries], ['decline', 1]);
  assert.equal(await other.remove(now), true);
});

test('a step that one page has taken back is not written again by another', async () => {
  const { pages: [one, other], seen, seenToo } = await makePages();
  assert.equal(await one.remove(seen), true);
  assert.equal(await other.replace(seenToo, { tries: 1 }), null);
  assert.equal(await other.remove(seenToo), false);
  assert.deepEqual(await other.all(), []);
});
