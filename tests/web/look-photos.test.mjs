/** The photos of one look, while they are being made. */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { LookPhotos } from '../../static/patrol/look-photos.js';
import { UNDO_FOR } from '../../static/shared/undo.js';

const HERE = { taken_at: '2026-07-01T10:00:00.000Z', lon: -0.1, lat: 51.5 };
let count = 0;

/** A phone's store, a camera whose pictures are ready when `ready()` is called, and the drafts of looks. */
function makePhone() {
  const [store, drafts, waiting] = [new Map(), new Map(), []];
  const phone = {
    drafts,
    ready: async () => {
      await turn();
      waiting.shift()();
      await turn();
    },
    look: (owner, more = {}) => LookPhotos.of({
      owner,
      taken: drafts.get(owner) ?? [],
      keep: (taken) => drafts.set(owner, taken),
      make: async (file) => {
        await new Promise((resolve) => waiting.push(resolve));
        if (file === 'broken') throw new TypeError('no picture');
        return { bytes: file, sha256: `sum of ${file}`, size: file.length };
      },
      store: {
        keep: async (look, sha256, bytes) => store.set(`${look} ${sha256}`, bytes),
        get: async (look, sha256) => store.get(`${look} ${sha256}`) ?? null,
        remove: async (look, sha256) => store.delete(`${look} ${sha256}`),
      },
      ...more,
    }),
  };
  return phone;
}

const turn = () => new Promise((resolve) => setTimeout(resolve));
const newLook = () => `look ${count += 1}`;
const sums = (taken) => taken.map(({ sha256 }) => sha256);

test('a photo is of the look that it was taken for, with when and where that was', async () => {
  const phone = makePhone();
  const [one, other] = [newLook(), newLook()];
  const taking = phone.look(one).take(['car'], () => HERE);
  const next = phone.look(other);
  await phone.ready();
  await taking;
  assert.deepEqual(phone.drafts.get(one), [{ sha256: 'sum of car', size: 3, ...HERE }]);
  assert.deepEqual(next.taken, []);
  assert.equal(phone.drafts.has(other), false);
  assert.equal(await phone.look(one).bytes({ sha256: 'sum of car' }), 'car');
});

test('a look is not whole while a photo of it is being made, in whichever form it is shown meanwhile', async () => {
  const phone = makePhone();
  const owner = newLook();
  const photos = phone.look(owner);
  const told = [];
  photos.addEventListener('change', () => told.push(photos.making));
  const taking = photos.take(['car', 'sign'], () => HERE);
  assert.equal(photos.making, 2);
  assert.equal(phone.look(owner), photos);
  await phone.ready();
  assert.equal(photos.making, 1);
  await phone.ready();
  await taking;
  assert.deepEqual(told, [2, 1, 0]);
  assert.deepEqual(sums(phone.look(owner).taken), ['sum of car', 'sum of sign']);
  assert.notEqual(phone.look(owner), photos);
});

test('whoever shows the look now keeps its photos', async () => {
  const phone = makePhone();
  const owner = newLook();
  const taking = phone.look(owner).take(['car'], () => HERE);
  let kept = null;
  phone.look(owner, { keep: (taken) => { kept = sums(taken); } });
  await phone.ready();
  await taking;
  assert.deepEqual(kept, ['sum of car']);
});

test('a picture that can’t be read holds nothing up, and is said', async () => {
  const phone = makePhone();
  const photos = phone.look(newLook());
  const taking = photos.take(['broken'], () => HERE);
  await phone.ready();
  await taking;
  assert.deepEqual([photos.making, photos.trouble, photos.taken], [0, 'photo-unreadable', []]);
});

test('the same picture again is no second photo, and one that the phone lost is none', async () => {
  const phone = makePhone();
  const owner = newLook();
  phone.drafts.set(owner, [{ sha256: 'lost' }]);
  const photos = phone.look(owner);
  await photos.forgetLost();
  const taking = photos.take(['car', 'car'], () => HERE);
  await phone.ready();
  await phone.ready();
  await taking;
  assert.deepEqual([sums(photos.taken), photos.trouble], [['sum of car'], 'photo-same']);
});

/** A look with the photos of a car and a sign. */
async function twoPhotos(phone, owner = newLook()) {
  const photos = phone.look(owner);
  const taking = photos.take(['car', 'sign'], () => HERE);
  await phone.ready();
  await phone.ready();
  await taking;
  return { owner, photos };
}

test('a photo that was removed can come back for a moment, to where it was, whichever form is shown by then; then it goes', async (t) => {
  const phone = makePhone();
  const { owner, photos } = await twoPhotos(phone);
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const back = await photos.remove('sum of car');
  assert.deepEqual([sums(phone.drafts.get(owner)), photos.removed], [['sum of sign'], ['sum of car']]);
  assert.equal(phone.look(owner), photos);
  mock.timers.tick(UNDO_FOR - 1);
  assert.equal(await back(), true);
  assert.deepEqual([sums(phone.drafts.get(owner)), photos.removed], [['sum of car', 'sum of sign'], []]);
  const late = await photos.remove('sum of car');
  mock.timers.tick(UNDO_FOR);
  assert.equal(await photos.bytes({ sha256: 'sum of car' }), null);
  assert.equal(await late(), false);
  assert.notEqual(phone.look(owner), photos);
});

test('what was removed as the page was closed goes when it is open again', async () => {
  const phone = makePhone();
  const { owner } = await twoPhotos(phone);
  phone.drafts.set(owner, phone.drafts.get(owner).slice(1));
  const anew = phone.look(owner, { removed: ['sum of car', 'sum of sign'] });
  await anew.forgetLost();
  assert.deepEqual(sums(anew.taken), ['sum of sign']);
  assert.deepEqual([await anew.bytes({ sha256: 'sum of car' }), await anew.bytes({ sha256: 'sum of sign' })], [null, 'sign']);
});

test('who waits for the photos of a look is told when all are made', async () => {
  const phone = makePhone();
  const owner = newLook();
  const photos = phone.look(owner);
  const taking = photos.take(['car'], () => HERE);
  let settled = false;
  const waiting = photos.settled().then(() => { settled = sums(phone.drafts.get(owner)); });
  await turn();
  assert.equal(settled, false);
  await phone.ready();
  await Promise.all([taking, waiting]);
  assert.deepEqual(settled, ['sum of car']);
});
