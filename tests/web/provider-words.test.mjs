import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, factsOf, stateOf } from '../../static/desk/parts/provider-words.js';
import { setClock } from '../../static/shared/clock.js';

const AT = '2026-06-29T10:00:00Z';
setClock({ serverNow: AT, zone: 'Europe/London' });

const line = (more = {}) => ({
  kind: 'apds', state: 'closed', faults: 0, open_since: null, try_at: null, last_answer_at: '2026-06-29T09:58:00Z',
  last_fault_at: null, last_fault: null, about_bays: false, about_plates: true, base_url: 'https://a.example', timeout_seconds: 2,
  place_by: 'zone', places: { Centre: '805430' }, ...more,
});
const file = (listed, more = {}) => ({ kind: 'list', listed_at: listed, fresh_minutes: 2160, about_bays: true, about_plates: true, ...more });

test('one that answers says so, and one that nobody asked is not said to work', () => {
  assert.equal(stateOf(line()).words, 'Answers');
  assert.equal(stateOf(line({ last_answer_at: null })).words, 'Not asked yet');
});

test('one that is left in peace says since when, when it is asked again, and what officers read meanwhile', () => {
  const { tone, words } = stateOf(line({ state: 'open', faults: 3, open_since: '2026-06-29T09:50:00Z', try_at: '2026-06-29T10:00:20Z' }));
  assert.equal(tone, 'now');
  assert.match(words, /since 10:50: left in peace, asked again in (19|20) s\. Until then officers read “rights not checked”/);
  assert.match(stateOf(line({ state: 'half-open', open_since: '2026-06-29T09:50:00Z' })).words, /the next question tries it again/);
});

test('errors are counted before the breaker opens', () => {
  assert.equal(stateOf(line({ faults: 1 })).words, 'The last question got no good answer');
  assert.equal(stateOf(line({ faults: 2 })).words, 'The last 2 questions got no good answer');
});

test('a list is in use while its file is young, and too old afterwards', () => {
  assert.equal(stateOf(file('2026-06-29T05:00:00Z')).words, 'In use: the file of 06:00');
  assert.match(stateOf(file('2026-06-26T05:00:00Z')).words, /^Too old: the file came 3 days ago\. Send a new one/);
  assert.equal(stateOf(file(null)).words, 'No file has come yet');
});

test('what is asked, where, and the last error in words', () => {
  const facts = new Map(factsOf(line({ last_fault_at: '2026-06-29T09:00:00Z', last_fault: 'did not answer in time' })));
  assert.equal(facts.get('Asked about'), 'plates');
  assert.equal(facts.get('Knows places by'), 'our zones, 1 of them by its own names');
  assert.equal(facts.get('Last error'), '10:00: it did not answer in time');
  assert.equal(new Map(factsOf(file(null))).get('A file counts for'), '36 hours');
});

test('what a trial brought', () => {
  assert.equal(answerWords({ status: 'unknown', reason: 'refused our access token' }), 'No answer: it refused our access token.');
  assert.equal(answerWords({ status: 'none' }), 'It answers: no permit or payment is known for this.');
  assert.equal(answerWords({ status: 'covered', right_type: 'permit', valid_to: '2026-06-29T12:00:00Z' }), 'It answers: covered (permit) until 13:00.');
});
