import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Outbox } from '../../static/patrol/store/outbox.js';
import { Keyring } from '../../static/patrol/store/vault.js';
import { unrecorded } from '../../static/patrol/unrecorded.js';
import { Work } from '../../static/patrol/work.js';

const PHOTO = { sha256: 'a'.repeat(64), size: 3, taken_at: '2026-01-12T11:12:00.000Z' };
const TASK = { id: 't', version: 3, bay: { street: 'Judd Street', reference: '14' } };
const makeDraft = (draft = {}) => ({ id: 'new', plate: '', valve_front: '', valve_rear: '', note: '', photos: [], ...draft });
const BEFORE = [{ id: 'old', plate: 'AB12CDE', misread_at: null }];
const leftIn = (draft, looks = [], served = false) => unrecorded(makeDraft(draft), looks, { served });

test('what lies in a form when its visit ends is a look: photos, a plate, words', () => {
  assert.deepEqual(leftIn({ photos: [PHOTO] }), { seen: { id: 'new' }, photos: [PHOTO] });
  assert.deepEqual(leftIn({ plate: 'ab12 cde' }).seen, { id: 'new', plate: 'ab12 cde' });
  assert.deepEqual(leftIn({ note: ' tinted ', valve_front: '3', valve_rear: '9' }).seen, { id: 'new', valve_front: 3, valve_rear: 9, note: 'tinted' });
});

test('an empty form, one that was recorded, and a plate that the phone put there are none', () => {
  assert.equal(unrecorded({}, [], { served: false }), null);
  assert.equal(leftIn({}), null);
  assert.equal(leftIn({ plate: 'AB12 CDE' }, BEFORE), null);
  assert.equal(leftIn({ id: 'old', photos: [PHOTO] }, BEFORE), null);
  assert.equal(leftIn({ plate: 'AB12 CDE' }, [{ ...BEFORE[0], misread_at: '2026-01-12T11:12:00Z' }]).seen.plate, 'AB12 CDE');
});

test('what can’t stand in its field is not dropped: it goes into the note', () => {
  assert.deepEqual(leftIn({ plate: 'дипломат', note: 'blue' }).seen, { id: 'new', note: 'blue дипломат' });
  assert.deepEqual(leftIn({ plate: 'AB12CDE', valve_front: '3' }).seen, { id: 'new', plate: 'AB12CDE', note: 'Front: 3 o’clock' });
});

test('half a plate in a form does not stand against a notice that is served, and is kept', () => {
  assert.deepEqual(leftIn({ plate: 'AB1', photos: [PHOTO] }, BEFORE, true).seen, { id: 'new', note: 'AB1' });
  assert.equal(leftIn({ plate: 'AB1' }, BEFORE).seen.plate, 'AB1');
  assert.equal(leftIn({ plate: 'AB12CDE', photos: [PHOTO] }, BEFORE, true).seen.plate, 'AB12CDE');
});

async function makePhone(name, clock = { at: 0 }) {
  const database = await openDatabase(name);
  const vault = await new Keyring(database, 1).keep('olu', new Uint8Array(32).fill(7));
  const got = [];
  const outbox = new Outbox({ database, vault, send: async (step) => { got.push(step); return {}; }, clock: () => clock.at });
  await outbox.load();
  const work = new Work({ outbox, place: () => ({}), send: () => {} });
  return { outbox, work, got, clock };
}
const kinds = (steps) => steps.map(({ kind }) => kind);

test('it goes before the end of its visit, with its photos, and both can be taken back', async () => {
  const { outbox, work, got, clock } = await makePhone('before-the-end');
  const close = () => work.outcome(TASK, { outcome: 'prevented' }, { undoFor: 8_000, look: { seen: { id: 'new' }, photos: [PHOTO] } });
  const id = await close();
  assert.deepEqual(kinds(outbox.steps), ['sighting', 'photo', 'outcome']);
  assert.equal(outbox.steps[0].body.photos.length, 1);
  await outbox.drain();
  assert.deepEqual(got, []);
  assert.equal(await outbox.undo(id), true);
  assert.equal(await outbox.undo('new'), true);
  assert.deepEqual(outbox.steps, []);
  await close();
  clock.at += 8_001;
  await outbox.drain();
  assert.deepEqual(kinds(got), ['sighting', 'outcome', 'photo']);
  outbox.close();
});

test('a look can be taken back for a moment with its photos, and not when it is on its way', async () => {
  const { outbox, work, clock, got } = await makePhone('taken-back');
  await work.sighting(TASK, { id: 'one', plate: 'AQ12CDE' }, [PHOTO]);
  await outbox.drain();
  assert.deepEqual(got, []);
  assert.equal(await outbox.undo('one'), true);
  assert.deepEqual(outbox.steps, []);
  await work.sighting(TASK, { id: 'two', plate: 'AQ12CDE' });
  clock.at += 8_001;
  await outbox.drain();
  assert.equal(await outbox.undo('two'), false);
  assert.deepEqual(kinds(got), ['sighting']);
  outbox.close();
});

test('that a look was misread follows it, and can be taken back too', async () => {
  const { outbox, work, clock, got } = await makePhone('misread');
  await work.sighting(TASK, { id: 'one', plate: 'AQ12CDE' });
  const id = await work.misread(TASK, 'one');
  assert.equal(await outbox.undo(id), true);
  await work.misread(TASK, 'one');
  clock.at += 8_001;
  await outbox.drain();
  assert.deepEqual(got.map(({ path }) => path), ['/tasks/t/sightings', '/tasks/t/sightings/one/misread']);
  assert.deepEqual(Object.keys(got[1].body).sort(), ['id', 'recorded_at']);
  outbox.close();
});

test('the time of a chosen photo is its file’s, also when the phone’s clock was wrong', async () => {
  const { outbox } = await makePhone('clock');
  const photos = [PHOTO, { ...PHOTO, chosen: true }, { ...PHOTO, taken_at: null, chosen: true }];
  await outbox.add({ kind: 'sighting', task: 't', unsure: true, body: { id: 'l', recorded_at: PHOTO.taken_at, photos } });
  await outbox.settleTimes(60_000);
  assert.deepEqual(outbox.steps[0].body.photos.map(({ taken_at: at }) => at), ['2026-01-12T11:13:00.000Z', PHOTO.taken_at, null]);
  outbox.close();
});
