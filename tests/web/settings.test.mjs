import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { choose, chooseLanguage, chosenLanguage, forgetSettings, setting, takeUpSettings } from '../../static/patrol/settings.js';
import { itIs, itIsNobodys } from '../../static/patrol/whose.js';

const OLU = { id: 'olu', name: 'Olu' };
const ADA = { id: 'ada', name: 'Ada' };

beforeEach(() => {
  const reading = { getItem(name) { return this[name] ?? null; }, setItem(name, text) { this[name] = text; }, removeItem(name) { delete this[name]; } };
  globalThis.localStorage = Object.create(reading);
  globalThis.dispatchEvent = () => {};
});

afterEach(() => {
  delete globalThis.localStorage;
  delete globalThis.dispatchEvent;
});

test('what an officer chose is theirs: the next one, and whoever stands at the door, has the phone as it comes', () => {
  itIs(OLU);
  for (const [name, value] of [['text', '200'], ['sos', 'taps'], ['lock', 'never']]) choose(name, value);
  itIsNobodys();
  assert.deepEqual(['text', 'sos', 'lock'].map(setting), ['100', 'hold', '5']);
  itIs(ADA);
  assert.deepEqual(['text', 'sos', 'lock'].map(setting), ['100', 'hold', '5']);
  itIs(OLU);
  assert.deepEqual(['text', 'sos', 'lock'].map(setting), ['200', 'taps', 'never']);
});

test('the door speaks the language that was chosen last, and each officer their own', () => {
  itIs(OLU);
  chooseLanguage('cy');
  itIs(ADA);
  chooseLanguage('en');
  itIsNobodys();
  assert.equal(chosenLanguage(), 'en');
  itIs(OLU);
  assert.equal(chosenLanguage(), 'cy');
});

test('the settings of an officer who does not come back go after their time', () => {
  itIs(OLU);
  choose('text', '200');
  takeUpSettings(1_000);
  itIs(ADA);
  choose('text', '150');
  takeUpSettings(2_000);
  forgetSettings(1_500);
  assert.equal(setting('text'), '150');
  itIs(OLU);
  assert.equal(setting('text'), '100');
});
