import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byNeed, endedWords, typed } from '../../static/patrol/endings.js';
import { say } from '../../static/shared/say.js';

const OUTCOMES = [
  'notice_served', 'drove_away_before_preparation', 'drove_away_after_preparation', 'prevented', 'gone_on_arrival',
  'advised_and_moved', 'within_time', 'right_seen', 'unsafe', 'incident',
].map((value) => ({ value, words: value, needs: value === 'drove_away_after_preparation' ? ['preparation_began_at'] : [] }));
const values = (outcomes) => outcomes.map(({ value }) => value);

test('the usual ends come first, all others behind them; a notice and danger have places of their own', () => {
  const { usual, others } = byNeed(OUTCOMES, { looked: false, begun: false });
  assert.deepEqual(values(usual), ['drove_away_before_preparation', 'gone_on_arrival', 'advised_and_moved', 'within_time', 'right_seen']);
  assert.deepEqual(values(others), ['drove_away_after_preparation', 'prevented', 'incident']);
});

test('once a notice was begun a car has left after that, and nobody is asked when it was begun', () => {
  const { usual, others } = byNeed(OUTCOMES, { looked: true, begun: true });
  assert.deepEqual(values(usual), ['drove_away_after_preparation', 'advised_and_moved', 'within_time', 'right_seen']);
  assert.deepEqual(usual[0].needs, []);
  assert.ok(!values(others).includes('drove_away_before_preparation'));
});

const LONDON = 'Europe/London';
const began = (shown, now, zone) => typed({ preparation_began_at: shown }, Date.parse(now), zone).preparation_began_at;

test('details go as the server takes them', () => {
  assert.deepEqual(typed({ minutes: '20' }, 0), { minutes: 20 });
  assert.deepEqual(typed({ reference: ' INC-7 ' }, 0), { reference: 'INC-7' });
});

test('a time is that of the council’s clocks, wherever the phone thinks it is; just before midnight may be yesterday’s', () => {
  assert.equal(began('14:05', '2026-07-01T13:20:30Z', LONDON), '2026-07-01T13:05:00.000Z');
  assert.equal(began('14:05', '2026-01-13T14:05:30Z', LONDON), '2026-01-13T14:05:00.000Z');
  assert.equal(began('09:05', '2026-07-01T13:20:30Z', 'America/New_York'), '2026-07-01T13:05:00.000Z');
  assert.equal(began('23:58', '2026-01-13T00:02:00Z', LONDON), '2026-01-12T23:58:00.000Z');
  assert.equal(began('00:30', '2026-03-29T01:30:00Z', LONDON), '2026-03-29T00:30:00.000Z', 'the night when clocks go forward');
  assert.equal(began('00:30', '2026-10-25T02:30:00Z', LONDON), '2026-10-24T23:30:00.000Z', 'and back');
});

test('what is to be looked at again is not called closed, and whose that look is, is said', () => {
  const [later, earlier] = [{ overstay_from: '2026-01-13T11:00:00Z' }, Date.parse('2026-01-13T10:50:00Z')];
  const loading = { outcome: 'loading_look_again', details: { minutes: 20 } };
  assert.equal(endedWords(later, loading, earlier), 'Not closed: it is looked at again in 20 min, by you or by someone else.');
  assert.equal(endedWords({ ...later, found: true }, loading, earlier), 'Not closed: you look again in 20 min.');
  const within = { outcome: 'within_time', details: {} };
  assert.match(endedWords(later, within, earlier), /^Recorded\. If the car stays/);
  assert.equal(endedWords(later, within, Date.parse('2026-01-13T11:05:00Z')), 'Closed.');
  assert.equal(endedWords(later, { outcome: 'advised_and_moved', details: {} }, earlier), 'Closed.');
});

test('who finishes their shift hears what becomes of all that they have in hand', () => {
  assert.equal(say('undo-end', { tasks: 0, observed: 0 }), 'Finishing your shift.');
  assert.equal(say('undo-end', { tasks: 1, observed: 1 }),
    'Finishing your shift. Your task goes to someone else. What you observe of your own accord ends with it.');
  assert.match(say('undo-end', { tasks: 0, observed: 3 }), /^Finishing your shift\. All 3 cars/);
});
