import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Answer } from '../../static/patrol/store/answer.js';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Kept } from '../../static/patrol/store/kept.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const realFetch = globalThis.fetch;
let count = 0;

afterEach(() => { globalThis.fetch = realFetch; });

async function makeKept() {
  const database = await openDatabase(`answers${count += 1}`);
  return new Kept(database, await new Keyring(database, 1).keep('olu', new Uint8Array(32).fill(7)));
}

/** A server with one document under a tag; it notes the tags that it was asked with. */
function serve(document) {
  const asked = [];
  globalThis.fetch = async (_, { headers }) => {
    asked.push(headers['If-None-Match'] ?? null);
    if (headers['If-None-Match'] === document.tag) return new Response(null, { status: 304 });
    return new Response(JSON.stringify(document.body), { status: 200, headers: { ETag: document.tag } });
  };
  return asked;
}

test('an answer is kept with its tag, and asked for anew by it', async () => {
  const kept = await makeKept();
  const asked = serve({ tag: '"1"', body: { features: [1] } });
  const first = new Answer(kept, 'map');
  await first.open('/map');
  await first.renew();
  const second = new Answer(kept, 'map');
  await second.open('/map');
  assert.deepEqual(second.said, { features: [1] });
  await second.renew();
  assert.deepEqual(asked, [null, '"1"']);
  assert.deepEqual(second.said, { features: [1] });
});

test('what was known stays where there is no network', async () => {
  const kept = await makeKept();
  serve({ tag: '"1"', body: { features: [1] } });
  const answer = new Answer(kept, 'map');
  await answer.open('/map');
  await answer.renew();
  globalThis.fetch = async () => { throw new TypeError('away'); };
  await assert.rejects(answer.renew(), { name: 'ApiError', status: 0 });
  assert.deepEqual(answer.said, { features: [1] });
});

test('what was kept of another path is not taken for this one', async () => {
  const kept = await makeKept();
  serve({ tag: '"1"', body: { features: [1] } });
  const answer = new Answer(kept, 'map');
  await answer.open('/map?zones=a');
  await answer.renew();
  await answer.open('/map?zones=b');
  assert.equal(answer.said, null);
});
