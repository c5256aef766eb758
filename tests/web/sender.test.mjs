/** Photos on their way: piece by piece, from where the server has them. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Outbox } from '../../static/patrol/store/outbox.js';
import { Photos } from '../../static/patrol/store/photos.js';
import { send } from '../../static/patrol/store/sender.js';
import { Keyring } from '../../static/patrol/store/vault.js';

const PIECE = 128 * 1024;
const realFetch = globalThis.fetch;
let count = 0;
let opened = [];

afterEach(() => {
  globalThis.fetch = realFetch;
  opened.forEach((outbox) => outbox.close());
  opened = [];
});

/** A server that keeps photos by their address, and loses the network before the piece that `lost` names. */
function serve({ lost = () => false } = {}) {
  const server = { photos: new Map(), asked: [], posted: [] };
  const put = (path, offset, size, bytes) => {
    const had = server.photos.get(path) ?? new Uint8Array();
    if (offset !== had.length) return answer(409, { type: 'https://openpatrol.org/problems/offset', received: had.length });
    const now = new Uint8Array([...had, ...new Uint8Array(bytes)]);
    server.photos.set(path, now);
    return answer(200, { received: now.length, size, complete: now.length === size });
  };
  globalThis.fetch = async (url, { method, body }) => {
    const { pathname, searchParams } = new URL(url, 'https://patrol.example');
    if (lost(server.asked.length)) throw new TypeError('no network');
    if (method === 'POST') return server.posted.push(JSON.parse(body)) && answer(200, {});
    const offset = Number(searchParams.get('offset'));
    server.asked.push([pathname.split('/').pop(), offset, body.byteLength]);
    return put(pathname, offset, Number(searchParams.get('size')), body);
  };
  return server;
}

function answer(status, body) {
  return new Response(JSON.stringify(body), { status });
}

async function makePhone() {
  const database = await openDatabase(`sender${count += 1}`);
  const vault = await new Keyring(database, 1).keep('olu', new Uint8Array(32).fill(7));
  const photos = new Photos(database, vault);
  const outbox = new Outbox({ database, vault, send: (step, received) => send(step, photos, received) });
  opened.push(outbox);
  return { database, photos, outbox };
}

/** A look with photos of so many bytes, in the outbox. */
async function record({ photos, outbox }, look, sizes) {
  const taken = sizes.map((size, nth) => ({ sha256: `${look}-${nth}`, size }));
  for (const { sha256, size } of taken) await photos.keep(look, sha256, new Uint8Array(size).fill(size % 251).buffer);
  const steps = taken.map(({ sha256, size }) => ({ task: look, kind: 'photo', about: { sighting: look, sha256, size } }));
  await outbox.addAll([{ task: look, kind: 'sighting', path: `/tasks/${look}/sightings`, body: { id: look } }, ...steps]);
}

test('a photo whose network goes on the way is sent on from where the server has it', async () => {
  const phone = await makePhone();
  let away = true;
  const server = serve({ lost: (pieces) => away && pieces === 2 });
  await record(phone, 'look', [PIECE * 3 + 5]);
  assert.equal(await phone.outbox.drain(), false);
  assert.equal(phone.outbox.received(phone.outbox.steps[0].id), PIECE * 2);
  away = false;
  assert.equal(await phone.outbox.drain(), true);
  const pieces = server.asked.map(([, offset, length]) => [offset / PIECE, length]);
  assert.deepEqual(pieces, [[0, PIECE], [1, PIECE], [0, 0], [2, PIECE], [3, 5]]);
  const [kept] = server.photos.values();
  assert.equal(kept.length, PIECE * 3 + 5);
  assert.equal(await phone.photos.get('look', 'look-0'), null);
});

test('a photo that the phone has lost and the server lacks is said; one that the server has is done', async () => {
  const phone = await makePhone();
  const server = serve();
  await record(phone, 'look', [10, 20]);
  for (const sha256 of ['look-0', 'look-1']) await phone.photos.remove('look', sha256);
  server.photos.set('/api/v1/sightings/look/photos/look-1', new Uint8Array(20));
  const put = globalThis.fetch;
  globalThis.fetch = async (url, options) => (url.includes('look-1') ? answer(200, { received: 20, size: 20, complete: true }) : put(url, options));
  await phone.outbox.drain();
  assert.deepEqual(phone.outbox.steps.map(({ about, problem }) => [about.sha256, problem.status]), [['look-0', 410]]);
});

test('a server that takes no more of a photo is not asked for ever', async () => {
  const phone = await makePhone();
  await record(phone, 'look', [10]);
  globalThis.fetch = async (_, { method }) => answer(200, method === 'POST' ? {} : { received: 0, size: 10, complete: false });
  assert.equal(await phone.outbox.drain(), false);
  assert.equal(phone.outbox.steps.length, 1);
});

test('what failed is sent again under the same id', async () => {
  const phone = await makePhone();
  let away = true;
  const said = [];
  globalThis.fetch = async (_, { body }) => {
    said.push(JSON.parse(body).id);
    if (away) throw new TypeError('no network');
    return answer(200, {});
  };
  await record(phone, 'look', []);
  await phone.outbox.drain();
  away = false;
  await phone.outbox.drain();
  assert.deepEqual(said, ['look', 'look']);
});

test('forty photos that waited all day follow their looks, each once and whole, with a sign-in that ends between', async () => {
  const phone = await makePhone();
  const server = serve();
  const looks = Array.from({ length: 8 }, (_, nth) => `look${nth}`);
  for (const look of looks) await record(phone, look, [1, 2, 3, 4, 5].map((nth) => 1000 * nth));
  const served = globalThis.fetch;
  let ended = false;
  globalThis.fetch = async (...request) => {
    if (server.asked.length !== 17 || ended) return served(...request);
    ended = true;
    return answer(401, {});
  };
  assert.equal(await phone.outbox.drain(), false);
  assert.equal(phone.outbox.steps.length, 40 - 17);
  assert.equal(await phone.outbox.drain(), true);
  assert.deepEqual(server.posted.map(({ id }) => id), looks);
  assert.equal(server.photos.size, 40);
  assert.deepEqual([...server.photos.values()].map(({ length }) => length), looks.flatMap(() => [1000, 2000, 3000, 4000, 5000]));
  assert.deepEqual(await phone.database.getAll('photos'), []);
});
