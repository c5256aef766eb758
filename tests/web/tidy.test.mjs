/** How long what officers leave lies on a phone. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kept } from '../../static/patrol/store/kept.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { PHOTO } from '../../static/patrol/store/order.js';
import { Photos } from '../../static/patrol/store/photos.js';
import { Steps } from '../../static/patrol/store/steps.js';
import { KEPT_FOR, tidy, UNSENT_FOR } from '../../static/patrol/store/tidy.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const BYTES = new Uint8Array([1, 2, 3]).buffer;
let count = 0;

/** A phone on which Olu left a step, a photo of it, and a draft with a photo; Ada has it now. */
async function makePhone() {
  const database = await openDatabase(`tidy${count += 1}`);
  const vault = await new Keyring(database).keep('olu', crypto.getRandomValues(new Uint8Array(32)));
  const left = Date.now();
  const steps = new Steps(database, vault);
  const photo = { id: 'photo', kind: PHOTO, about: { sighting: 'look', sha256: 'abc' }, at: left };
  await steps.add([{ id: 'look', kind: 'sighting', body: {}, at: left }, photo]);
  const photos = new Photos(database, vault);
  await photos.keep('look', 'abc', BYTES);
  await photos.keep('draft', 'def', BYTES);
  await new Kept(database, vault).draft('sighting').save({ plate: 'AB12' });
  const lies = async () => Promise.all(['kept', 'outbox', 'photos'].map(async (store) => (await database.getAll(store)).length));
  return { database, steps, left, lies };
}

test('what another officer has not sent stays for a quarter, their drafts for a month', async () => {
  const { database, left, lies } = await makePhone();
  const after = (milliseconds) => tidy(database, { person: 'ada', steps: [], at: left + milliseconds });
  await after(KEPT_FOR - 60_000);
  assert.deepEqual(await lies(), [1, 2, 2]);
  await after(KEPT_FOR + 60_000);
  assert.deepEqual(await lies(), [0, 2, 2]);
  await after(UNSENT_FOR - 60_000);
  assert.deepEqual(await lies(), [0, 2, 2]);
  await after(UNSENT_FOR + 60_000);
  assert.deepEqual(await lies(), [0, 0, 0]);
});

test('what an officer has not sent never goes from the phone in their hand; photos that belong to nothing do', async () => {
  const { database, steps, left, lies } = await makePhone();
  await tidy(database, { person: 'olu', steps: await steps.all(), at: left + 2 * UNSENT_FOR });
  assert.deepEqual(await lies(), [0, 2, 1]);
  assert.deepEqual((await database.getAll('photos')).map(({ sha256 }) => sha256), ['abc']);
});
