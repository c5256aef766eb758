import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toTell } from '../../static/patrol/language.js';
import { askToKeep, mayBeCleared } from '../../static/patrol/storage.js';

const here = (more = {}) => ({ untold: false, chosen: null, spoken: 'en', ...more });

test('who speaks Welsh by their browser only gets messages in Welsh', () => {
  assert.equal(toTell({ language: null }, here({ spoken: 'cy' })), 'cy');
  assert.equal(toTell({ language: null }, here()), undefined);
});

test('what an officer chose is not changed by a phone that speaks another language', () => {
  assert.equal(toTell({ language: 'cy' }, here({ spoken: 'en' })), undefined);
  assert.equal(toTell({ language: 'en' }, here({ spoken: 'cy' })), undefined);
});

test('what was chosen without a network is told later', () => {
  assert.equal(toTell({ language: null }, here({ untold: true, chosen: 'cy', spoken: 'cy' })), 'cy');
  assert.equal(toTell({ language: 'cy' }, here({ untold: true })), null);
  assert.equal(toTell({ language: 'cy' }, here({ untold: true, chosen: 'cy' })), undefined);
});

function aPhone({ persists, persisted = false }) {
  const outbox = Object.assign(new EventTarget(), { steps: [] });
  const storage = { asked: 0, persisted: async () => persisted, persist: async () => { storage.asked += 1; return persists; } };
  askToKeep({ outbox, stopped: new AbortController().signal }, storage);
  const record = async () => {
    outbox.steps.push({});
    outbox.dispatchEvent(new Event('change'));
    await new Promise(setImmediate);
  };
  return { storage, record };
}

test('a browser is asked to keep all when the first step lies on the phone, and once', async () => {
  const { storage, record } = aPhone({ persists: true });
  assert.equal(storage.asked, 0);
  await record();
  await record();
  assert.equal(storage.asked, 1);
  assert.equal(mayBeCleared(), false);
});

test('a browser that keeps all already is not asked, and one that refuses is told of', async () => {
  const kept = aPhone({ persists: false, persisted: true });
  await kept.record();
  assert.equal(kept.storage.asked, 0);
  assert.equal(mayBeCleared(), false);
  await aPhone({ persists: false }).record();
  assert.equal(mayBeCleared(), true);
});
