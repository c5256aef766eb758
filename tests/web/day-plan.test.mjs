/** The strip of a day's hours, a shift in words, and what a phone sent in vain. */

import assert from 'node:assert/strict';
import test from 'node:test';

const { saidWords } = await import('../../static/desk/parts/shifts/kept-words.js');
const { stateOf } = await import('../../static/desk/parts/shifts/shift-words.js');
const { hoursOf, marksOf, placeOf } = await import('../../static/desk/parts/shifts/strip.js');

const MIDNIGHT = Date.parse('2026-06-28T23:00:00Z'); // of the 29th in London
const at = (clock, day = 29) => `2026-06-${day}T${clock}:00+01:00`;
const shift = (from, to, more = {}) => ({ planned_from: from, planned_to: to, started_at: null, ended_at: null, state: 'planned', ...more });
const clockOf = (milliseconds) => new Date(milliseconds + 3_600_000).toISOString().slice(8, 16);

test('the strip shows the usual hours, and all in which somebody works', () => {
  const usual = hoursOf(MIDNIGHT, []);
  assert.deepEqual([usual.from, usual.to].map(clockOf), ['29T06:00', '29T22:00']);
  const night = hoursOf(MIDNIGHT, [shift(at('22:00'), at('06:30', 30))]);
  assert.deepEqual([night.from, night.to].map(clockOf), ['29T06:00', '30T07:00']);
});

test('a bar never leaves the strip', () => {
  const hours = hoursOf(MIDNIGHT, []);
  assert.equal(placeOf(Date.parse(at('06:00')), hours), 0);
  assert.equal(placeOf(Date.parse(at('14:00')), hours), 0.5);
  assert.equal(placeOf(Date.parse(at('23:00', 28)), hours), 0);
  assert.equal(placeOf(Date.parse(at('23:00')), hours), 1);
});

test('hours are written every four of the clock on the wall', () => {
  const words = marksOf(hoursOf(MIDNIGHT, []), 'Europe/London').map((mark) => mark.words);
  assert.deepEqual(words, ['08:00', '12:00', '16:00', '20:00']);
});

test('a shift that nobody has started is late after ten minutes, and then missed', () => {
  const planned = shift(at('08:00'), at('16:00'));
  const wordAt = (clock) => stateOf(planned, Date.parse(at(clock))).word;
  assert.deepEqual(['07:00', '08:09', '08:10', '16:00'].map(wordAt), ['Planned', 'Planned', 'Not started yet', 'Never started']);
});

test('a shift past its end says so', () => {
  const on = shift(at('08:00'), at('16:00'), { started_at: at('08:00'), state: 'available' });
  assert.equal(stateOf(on, Date.parse(at('15:59'))).word, 'On patrol');
  assert.equal(stateOf(on, Date.parse(at('16:00'))).word, 'On patrol, past the end');
});

test('of what a phone sent in vain a person reads words, and neither ids nor hashes', () => {
  const said = { id: '0197', version: 3, plate: 'AB12CDE', valve_front: 3, note: null, lon: -0.1, photos: [{ sha256: 'f' }], details: { notice_number: 'PCN 7' } };
  assert.deepEqual(saidWords(said, { when: String, words: String }), [
    ['Plate', 'AB12CDE'], ['Front valve', '3'], ['Notice number', 'PCN 7'], ['Photos', '1'],
  ]);
});
