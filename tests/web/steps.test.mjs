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

const named = (name) => Object.assign(new Error(name), { name });

/** A phone whose writes fail as `fault.now` says (the name of the browser's error), or not. */
async function makeFaulty() {
  const fault = { now: null };
  const database = await openDatabase(`steps${count += 1}`);
  const vault = await new Keyring(database, 1).keep('olu', new Uint8Array(32).fill(7));
  const faulty = Object.assign(Object.create(database), {
    getAllFromIndex: (...what) => database.getAllFromIndex(...what),
    again: (run) => database.again(run),
    transaction: (...what) => {
      const name = fault.now;
      if (name) throw named(name);
      return database.transaction(...what);
    },
  });
  return { fault, steps: new Steps(faulty, vault), lying: () => new Steps(database, vault).all() };
}

const ids = (steps) => steps.map(({ id }) => id);

test('what is held in memory is held until it lies on the disk, however that fails', async () => {
  const { fault, steps, lying } = await makeFaulty();
  fault.now = 'QuotaExceededError';
  await steps.add([{ id: 'a' }]);
  fault.now = 'AbortError';
  await assert.rejects(steps.settle(), { name: 'AbortError' });
  assert.deepEqual(ids(await steps.all()), ['a']);
  fault.now = null;
  await steps.settle();
  assert.deepEqual(ids(await lying()), ['a']);
  assert.deepEqual((await steps.all()).map(({ loose }) => loose), [undefined]);
});

test('what is recorded while others are held in memory goes behind them', async () => {
  const { fault, steps, lying } = await makeFaulty();
  fault.now = 'QuotaExceededError';
  await steps.add([{ id: 'a' }]);
  await steps.add([{ id: 'b' }]);
  assert.deepEqual(ids(await steps.all()), ['a', 'b']);
  fault.now = null;
  await steps.add([{ id: 'c' }]);
  assert.deepEqual(ids(await lying()), ['a', 'b', 'c']);
});

test('small steps do not overtake a large one for which there is no room', async () => {
  const { fault, steps, lying } = await makeFaulty();
  fault.now = 'QuotaExceededError';
  await steps.add([{ id: 'large' }]);
  let tries = 0;
  Object.defineProperty(fault, 'now', { get: () => ((tries += 1) === 1 ? 'QuotaExceededError' : null) });
  await steps.add([{ id: 'small' }]);
  assert.deepEqual(ids(await steps.all()), ['large', 'small']);
  assert.deepEqual(await lying(), []);
});

test('what is held in memory is changed or taken back once, also while it is put down', async () => {
  const { fault, steps, lying } = await makeFaulty();
  fault.now = 'QuotaExceededError';
  await steps.add([{ id: 'a' }, { id: 'b' }]);
  fault.now = null;
  const [a, b] = await steps.all();
  assert.equal((await steps.replace(a, { tries: 1 })).tries, 1);
  const settled = steps.settle();
  assert.deepEqual(await Promise.all([steps.replace(a, { tries: 2 }), steps.remove(b)]), [null, false]);
  await settled;
  assert.deepEqual((await steps.all()).map(({ id, tries }) => [id, tries]), [['a', 1], ['b', undefined]]);
  assert.equal((await lying()).length, 2);
});

test('a write that was said to have failed, and had not, is not done twice', async () => {
  const { fault, steps, lying } = await makeFaulty();
  await steps.add([{ id: 'a' }]);
  fault.now = 'QuotaExceededError';
  await steps.add([{ id: 'a' }]);
  fault.now = null;
  assert.deepEqual(ids(await steps.all()), ['a']);
  await steps.settle();
  assert.deepEqual(ids(await steps.all()), ['a']);
  assert.equal((await lying()).length, 1);
});

test('what the browser refuses at once is held in memory, and none of it lies there by half', async () => {
  const database = await openDatabase(`steps${count += 1}`);
  const steps = new Steps(database, await new Keyring(database, 1).keep('olu', new Uint8Array(32).fill(7)));
  const { add } = IDBObjectStore.prototype;
  let left = 1;
  IDBObjectStore.prototype.add = function adding(...given) {
    if ((left -= 1) < 0) throw new DOMException('full', 'QuotaExceededError');
    return add.apply(this, given);
  };
  await steps.add([{ id: 'a', tries: 0 }, { id: 'b', tries: 0 }]).finally(() => { IDBObjectStore.prototype.add = add; });
  assert.equal(await database.again(() => database.transaction('outbox').store.count()), 0);
  assert.deepEqual((await steps.all()).map(({ id, loose }) => [id, loose]), [['a', true], ['b', true]]);
});

test('what is noted about a step that can not be written again is known while the page is open', async () => {
  const { fault, steps } = await makeFaulty();
  await steps.add([{ id: 'a', state: 'waiting' }]);
  const [step] = await steps.all();
  fault.now = 'QuotaExceededError';
  await steps.replace(step, { state: 'needs-you' });
  const [noted] = await steps.all();
  assert.equal(noted.state, 'needs-you');
  fault.now = null;
  assert.equal(await steps.remove(noted), true);
});
