import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byNeed, typed } from '../../static/patrol/endings.js';

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

test('details go as the server takes them; a time just before midnight may be yesterday’s', () => {
  assert.deepEqual(typed({ minutes: '20' }, 0), { minutes: 20 });
  assert.deepEqual(typed({ reference: ' INC-7 ' }, 0), { reference: 'INC-7' });
  const justAfterMidnight = new Date(2026, 0, 13, 0, 2).getTime();
  const { preparation_began_at: began } = typed({ preparation_began_at: '23:58' }, justAfterMidnight);
  assert.equal(began, new Date(2026, 0, 12, 23, 58).toISOString());
});
