import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from '../../static/desk/reports/kinds.js';
import { bandWords, counted, hour, lines, minutes, percent } from '../../static/desk/reports/words.js';

const kind = (table) => KINDS.find((each) => each.table === table);

test('a share is told as people say it, and a share of nothing by a dash', () => {
  assert.deepEqual([0, 0.041, 0.0999, 0.333, 1, null].map(percent), ['0%', '4.1%', '10.0%', '33%', '100%', '–']);
});

test('times never say less than it was', () => {
  assert.deepEqual([0, 0.2, 7, 79.5].map(minutes), ['0 min', '1 min', '7 min', '1 h 20 min']);
  assert.equal(hour(9), '09:00 to 10:00');
});

test('numbers go with their words', () => {
  assert.deepEqual([0, 1, 1693].map((number) => counted(number, 'overstay')), ['no overstays', '1 overstay', '1,693 overstays']);
});

test('bands are named by both of their edges', () => {
  const bands = [5, 10, null].map((edge) => ({ up_to_minutes: edge }));
  assert.deepEqual(bandWords(bands), ['up to 5 min', '5 to 10 min', 'over 10 min']);
});

test('long labels stand on several lines', () => {
  assert.deepEqual(lines('Bay empty: the sensor is wrong'), ['Bay empty: the', 'sensor is wrong']);
  assert.deepEqual(lines('Unbreakablylongword'), ['Unbreakablylongword']);
});

test('how even visits are is said in words', () => {
  const spread = { streets: 20, visits: 50, none: 3, top: 2, top_share: 0.4, gini: 0.5 };
  assert.equal(kind('streets').says({ spread }),
    'The 2 streets with most visits, a tenth of all, had 40% of them. 3 streets of 20 had none. Gini index: 0.50.');
});

test('a week that is cut off is drawn hollow and said to be a part', () => {
  const weeks = [{ week: '2026-06-01', whole: false, stays: 4, overstays: 2, share: 0.5 }];
  const [series] = kind('weeks').picture({ weeks }).series;
  assert.deepEqual(series.hollowAt, [true]);
  assert.match(kind('weeks').rows({ weeks })[0][0], /part of it/);
});
