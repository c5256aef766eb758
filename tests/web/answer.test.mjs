import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Papers } from '../../static/patrol/papers.js';
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

test('an answer that comes when something else is asked for by now is not taken for it', async () => {
  const kept = await makeKept();
  const answer = new Answer(kept, 'map');
  let late;
  globalThis.fetch = () => new Promise((resolve) => { late = () => resolve(new Response('{"features":["a"]}', { headers: { ETag: '"a"' } })); });
  await answer.open('/map?zones=a');
  const asked = answer.renew();
  while (!late) await null;
  await answer.open('/map?zones=b');
  late();
  await asked;
  assert.equal(answer.said, null);
});

test('what one’s own step made of it is known at once, and the server is asked for all of it again', async () => {
  const kept = await makeKept();
  const asked = serve({ tag: '"1"', body: { signed: false, text: 'log' } });
  const first = new Answer(kept, 'log');
  await first.open('/log');
  await first.renew();
  await first.amend({ signed: true });
  assert.deepEqual(first.said, { signed: true, text: 'log' });
  await first.renew();
  assert.deepEqual(asked, [null, null]);
});

test('why nothing newer is known of one answer says nothing about another', async () => {
  const kept = await makeKept();
  const outbox = new EventTarget();
  const papers = new Papers({ kept, outbox });
  globalThis.fetch = async (path) => (path.includes('briefing') ? new Response('{"detail":"No such briefing."}', { status: 404 })
    : new Response('{"sha256":"a"}', { status: 200 }));
  await papers.brief({ id: 's' });
  assert.equal(papers.briefing.trouble.detail, 'No such briefing.');
  await papers.fetchLog({ id: 's' });
  assert.equal(papers.log.trouble, null);
  assert.equal(papers.briefing.trouble.status, 404);
  serve({ tag: '"1"', body: {} });
  await papers.brief({ id: 's' });
  assert.equal(papers.briefing.trouble, null);
});
