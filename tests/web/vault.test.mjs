import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../static/patrol/store/database.js';
import { Kept } from '../../static/patrol/store/kept.js';
import { Keyring, WRONG_PINS, WrongPin } from '../../static/patrol/store/vault.js';

const KEY = new Uint8Array(32).fill(7);
let count = 0;

async function makeKeyring() {
  const database = await openDatabase(`vault${count += 1}`);
  return { database, keyring: new Keyring(database, 1000) };
}

test('what is sealed is opened by its person alone, and only at its place', async () => {
  const { keyring } = await makeKeyring();
  const olu = await keyring.keep('olu', KEY);
  const sealed = await olu.seal({ plate: 'AB12CDE' }, 'draft');
  assert.deepEqual(await olu.open(sealed, 'draft'), { plate: 'AB12CDE' });
  await assert.rejects(olu.open(sealed, 'another place'));
  const ada = await keyring.keep('ada', KEY);
  await assert.rejects(ada.open(sealed, 'draft'));
});

test('a key without a PIN opens after a restart; one with a PIN asks for it', async () => {
  const { keyring } = await makeKeyring();
  assert.equal(await keyring.state('olu'), 'none');
  const sealed = await (await keyring.keep('olu', KEY)).seal(1, 'x');
  assert.equal(await (await keyring.vault('olu')).open(sealed, 'x'), 1);
  await keyring.keep('olu', KEY, '135790');
  assert.equal(await keyring.state('olu'), 'locked');
  assert.equal(await keyring.vault('olu'), null);
  assert.equal(await (await keyring.unlock('olu', '135790')).open(sealed, 'x'), 1);
});

test('a few wrong PINs throw the key away, and a right one in between forgives them', async () => {
  const { keyring } = await makeKeyring();
  await keyring.keep('olu', KEY, '135790');
  const guess = () => keyring.unlock('olu', '000000');
  await assert.rejects(guess(), (error) => error instanceof WrongPin && error.left === WRONG_PINS - 1);
  await keyring.unlock('olu', '135790');
  for (let nth = 1; nth < WRONG_PINS; nth += 1) await assert.rejects(guess(), WrongPin);
  assert.equal(await keyring.state('olu'), 'locked');
  await assert.rejects(guess(), (error) => error.left === 0);
  assert.equal(await keyring.state('olu'), 'none');
});

test('nothing on the phone gives the key away in clear', async () => {
  const { keyring, database } = await makeKeyring();
  await keyring.keep('olu', KEY);
  const { key } = await database.get('keys', 'olu');
  assert.equal(key.extractable, false);
  await keyring.keep('olu', KEY, '135790');
  assert.equal((await database.get('keys', 'olu')).key, undefined);
});

test('a draft keeps the last keystroke, whichever write ends last', async () => {
  const { keyring, database } = await makeKeyring();
  const kept = new Kept(database, await keyring.keep('olu', KEY));
  const draft = kept.draft('sighting t');
  await Promise.all(['A', 'AB', 'AB1'].map((plate) => draft.save({ plate })));
  assert.deepEqual(await kept.draft('sighting t').load(), { plate: 'AB1' });
  await draft.clear();
  assert.deepEqual(await draft.load(), {});
});

test('a keystroke that could not be kept stops none after it', async () => {
  const { keyring, database } = await makeKeyring();
  const fault = { now: null };
  const faulty = Object.assign(Object.create(database), {
    get: (...what) => database.get(...what),
    delete: (...what) => database.delete(...what),
    put: (...what) => (fault.now ? Promise.reject(fault.now) : database.put(...what)),
  });
  const kept = new Kept(faulty, await keyring.keep('olu', KEY));
  const draft = kept.draft('sighting t');
  fault.now = new Error('lost');
  await assert.rejects(draft.save({ plate: 'A' }), { message: 'lost' });
  assert.deepEqual(await draft.load(), {});
  fault.now = null;
  assert.equal(await draft.save({ plate: 'AB' }), true);
  assert.deepEqual(await draft.load(), { plate: 'AB' });
  assert.equal(await draft.clear(), true);
});

test('a page that has lost its database still forgets what the server said', async () => {
  const { keyring, database } = await makeKeyring();
  const kept = new Kept(database, await keyring.keep('olu', KEY));
  await kept.put('day', 1);
  database.close();
  await kept.clear();
  assert.equal(await kept.get('day'), null);
});

test('at sign-out goes what the server will say again, of this officer alone; what is typed stays', async () => {
  const { keyring, database } = await makeKeyring();
  const mine = new Kept(database, await keyring.keep('olu', KEY));
  const theirs = new Kept(database, await keyring.keep('ada', KEY));
  await mine.put('day', 1);
  await mine.draft('sighting t').save({ plate: 'AB1' });
  await theirs.put('day', 2);
  await mine.clear();
  assert.equal(await mine.get('day'), null);
  assert.deepEqual(await mine.draft('sighting t').load(), { plate: 'AB1' });
  assert.equal(await theirs.get('day'), 2);
});

test('a draft is one, whoever asks for it: what was cleared is not written once more', async () => {
  const { keyring, database } = await makeKeyring();
  const kept = new Kept(database, await keyring.keep('olu', KEY));
  kept.draft('found').save({ code: '01' });
  kept.draft('found').save({ code: '02' });
  await kept.draft('found').clear();
  assert.deepEqual(await kept.draft('found').load(), {});
  assert.equal(kept.draft('found'), kept.draft('found'));
});
