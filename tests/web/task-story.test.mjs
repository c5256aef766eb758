/** The story of a task in words and as a picture of its clock. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { putAwayWords, waitingWords } from '../../static/desk/parts/shifts/kept-words.js';
import { clockOf, groupsOf } from '../../static/desk/story/clock.js';
import { journalLines } from '../../static/desk/story/journal.js';
import { messageLines } from '../../static/desk/story/messages.js';
import { offerLines } from '../../static/desk/story/offers.js';
import { outcomeLines } from '../../static/desk/story/outcome.js';
import { moreWords, readingLines } from '../../static/desk/story/readings.js';
import { rightsLines } from '../../static/desk/story/rights.js';

const at = (clock) => `2026-06-29T${clock}:00Z`;
const ms = (clock) => Date.parse(at(clock));
const on = (time) => time.slice(11, 16);
const outcomes = new Map([['notice_served', 'Notice served']]);
const OLU = { id: 'olu', name: 'Olu' };

const TASK = {
  id: 't', state: 'closed', patrol: null, found: false, raised_at: at('11:05'), overstay_from: at('11:00'), lawful_from: at('11:11'), lawful_until: null,
  priority: 6.2, rights: 'none known', rights_status: 'none', rights_checked_at: at('11:05'), ended_at: at('11:14'), ended_why: null,
};
const STAY = { arrived_after: at('08:50'), arrived_at: at('09:00'), counted_from: at('09:00'), claimed_since: null, departed_at: at('11:19'), possible_swap: false };
const OFFER = {
  id: 'o', officer: OLU, beside: false, state: 'ended', offered_at: at('11:05'), expires_at: at('11:06'), accepted_at: at('11:06'), arrived_at: at('11:08'),
  preparation_began_at: null, ended_at: at('11:14'), end_reason: 'completed', reason: 'nearest of four; likely still there', walk_metres: 240, walk_seconds: 180, expected_value: 5.04,
};
const LOOK = { id: 'l', officer: OLU, recorded_at: at('11:12'), misread_at: null };
const END = { id: 'e', officer: OLU, outcome: 'notice_served', details: { notice_number: 'CF123' }, recorded_at: at('11:14'), received_at: at('11:14'), far_m: null, rights: null };
const STORY = { task: TASK, stay: STAY, allows: { permitted_minutes: 120 }, offers: [OFFER], looks: [LOOK], outcomes: [END] };

const clock = (more = {}) => clockOf({ ...STORY, ...more }, { now: ms('12:00'), outcomes });
const bands = (found) => found.bands.map(({ kind, from, until }) => [kind, new Date(from).toISOString().slice(11, 16), new Date(until).toISOString().slice(11, 16)]);

test('the clock shows when the car came, its time, its grace, and from when a notice was lawful', () => {
  assert.deepEqual(bands(clock()), [['unsure', '08:50', '09:00'], ['within', '09:00', '11:00'], ['grace', '11:00', '11:11'], ['lawful', '11:11', '11:19']]);
  assert.deepEqual([clock().from, clock().until], [ms('08:50'), ms('11:19')]);
});

test('what is on the clock is told in order, with how long over it was when somebody looked', () => {
  assert.deepEqual(clock().marks.map(({ at: time, words, over }) => [new Date(time).toISOString().slice(11, 16), words, over && over / 60_000]), [
    ['08:50', 'The bay was last reported free', null],
    ['09:00', 'A car was there', null],
    ['11:00', 'Its time was over: 2 h are allowed', null],
    ['11:05', 'The task was raised', null],
    ['11:06', 'Olu was going', null],
    ['11:08', 'Olu was there', null],
    ['11:11', 'A notice could be lawful from here: 11 min more, grace has to be exceeded', null],
    ['11:12', 'Olu looked at it', 12],
    ['11:14', 'Olu: Notice served', 14],
    ['11:19', 'The bay was reported free', null],
  ]);
});

test('a car that stands there still is drawn until now', () => {
  const open = clock({ stay: { ...STAY, departed_at: null }, task: { ...TASK, ended_at: null } });
  assert.deepEqual([open.until, bands(open).at(-1)], [ms('12:00'), ['lawful', '11:11', '12:00']]);
});

test('a car that left within its time is drawn no longer than it stood there', () => {
  assert.deepEqual(bands(clock({ stay: { ...STAY, departed_at: at('10:40') } })), [['unsure', '08:50', '09:00'], ['within', '09:00', '10:40']]);
});

test('after a swap the time counts from the later arrival, and the clock says why', () => {
  const swapped = clock({ stay: { ...STAY, counted_from: at('09:10'), possible_swap: true } });
  assert.deepEqual(bands(swapped)[1], ['within', '09:10', '11:00']);
  assert.ok(swapped.marks.some(({ words }) => words.startsWith('One car may have taken another’s place')));
});

test('a network that counts by itself is named', () => {
  const claimed = clock({ stay: { ...STAY, claimed_since: at('11:00') } });
  assert.ok(claimed.marks.some(({ words }) => words === 'Its time was over, says the sensor network itself'));
});

test('a patrol has a window and no car', () => {
  const patrol = { window_from: at('08:15'), window_until: at('09:15') };
  const found = clockOf({ ...STORY, stay: null, allows: null, offers: [], looks: [], outcomes: [], task: { ...TASK, patrol } }, { now: ms('12:00'), outcomes });
  assert.deepEqual(bands(found), [['window', '08:15', '09:15']]);
});

test('marks that are too close to each other are drawn as one', () => {
  const groups = groupsOf([0, 0.01, 0.04, 0.06, 0.5, 1], 0.05);
  assert.deepEqual(groups.map(({ first, last, place }) => [first, last, place]), [[0, 2, 0], [3, 3, 0.06], [4, 4, 0.5], [5, 5, 1]]);
  assert.deepEqual(groupsOf([], 0.05), []);
});

const reading = (id, state, time, more = {}) => ({ id, state, since: null, folded: true, sensor: 'S', event_at: at(time), received_at: at(time), ...more });

test('what a sensor said again and again is one line', () => {
  const lines = readingLines([reading(1, 'free', '08:50'), reading(2, 'occupied', '09:00'), reading(3, 'occupied', '10:00'), reading(4, 'free', '11:19')], on);
  assert.deepEqual(lines.map((line) => [line.at, line.words]), [['08:50', 'Free'], ['09:00 to 10:00', 'A car is there: said 2 times'], ['11:19', 'Free']]);
});

test('a reading that came late says so, and whether it counted', () => {
  const [line] = readingLines([reading(1, 'occupied', '09:00', { received_at: at('09:12'), folded: false })], on);
  assert.deepEqual(line.details, ['It came 12 min later.', 'It came too late to count.']);
});

test('the rest of the readings is counted until all are shown', () => {
  assert.equal(moreWords({ shown: 50, total: 290, next: 'x' }), 'Show more readings: 240 are left');
  assert.equal(moreWords({ shown: 290, total: 290, next: null }), '');
});

test('rights say who was asked about what, and when', () => {
  const answers = [
    { id: 'a', about: 'bay', provider: 'Meters', status: 'unknown', right_type: null, valid_from: null, valid_to: null, checked_at: at('11:05'), reason: 'did not answer' },
    { id: 'b', about: 'plate', provider: 'Permits', status: 'covered', right_type: 'permitParking', valid_from: null, valid_to: at('12:00'), checked_at: at('11:12'), reason: '' },
  ];
  const lines = rightsLines({ task: TASK, rights: answers }, on);
  assert.deepEqual(lines.map((line) => [line.at, line.words, ...line.details]), [
    ['As of 11:05', 'So far as is known: none known'],
    ['11:05', 'Meters, asked about the bay: could not say', 'Why: it did not answer'],
    ['11:12', 'Permits, asked about the plate that was seen: covered by a permit', 'It holds until 12:00.'],
  ]);
});

test('an offer says why this officer, what was weighed, and what became of it', () => {
  const [line] = offerLines(STORY, on);
  assert.equal(line.words, 'Olu was asked: nearest of four; likely still there');
  assert.deepEqual(line.details, ['240 m, 3 min walk. In the plan it was worth 5.0; its priority now is 6.2.', 'Said yes 11:06, was there 11:08, had done it 11:14.']);
});

test('what the desk asked for, and what nobody answered', () => {
  const missed = { ...OFFER, accepted_at: null, arrived_at: null, end_reason: 'missed', reason: 'Your supervisor asks you to go', expected_value: 0, walk_metres: null, walk_seconds: null };
  const [line] = offerLines({ ...STORY, offers: [missed] }, on);
  assert.deepEqual(line.details, ['The way there was not known.', 'Did not answer in time 11:14.']);
});

const PUSH = { id: 'p', officer: OLU, kind: 'offer', state: 'sent', queued_at: at('11:05'), sent_at: at('11:05'), received_at: null, expires_at: at('11:06'), attempts: 1, detail: null };
const fate = (more) => messageLines({ pushes: [{ ...PUSH, ...more }], words: [] }, { on, now: ms('12:00') })[0].details[0];

test('only the phone’s own receipt says that a message was shown', () => {
  assert.equal(fate({ received_at: at('11:06') }), 'Shown on the phone 11:06.');
  assert.equal(fate({}), 'Sent 11:05; the phone has not said that it was shown. It was worth showing until 11:06.');
  assert.equal(fate({ state: 'queued', sent_at: null, attempts: 0 }), 'Not sent yet.');
  assert.equal(fate({ state: 'dropped', detail: 'off shift' }), 'Not sent: off shift.');
  assert.equal(fate({ state: 'failed', attempts: 8, detail: 'gone' }), 'It could not be delivered: gone (8 tries).');
});

test('what the desk wrote stands between the pushes', () => {
  const words = [{ id: 'w', officer: OLU, sent_by: { name: 'Sunita' }, text: 'Go by the bridge', sent_at: at('11:06'), read_at: null }];
  const lines = messageLines({ pushes: [{ ...PUSH, id: 'q', kind: 'withdrawn', queued_at: at('11:20') }, PUSH], words }, { on, now: ms('12:00') });
  assert.deepEqual(lines.map((line) => line.words), [
    'Olu’s phone was asked to go', 'Sunita wrote to Olu, while it was theirs: “Go by the bridge”', 'Olu’s phone was told that it is called off',
  ]);
});

test('an outcome says what was found, the notice, and what was wrong with how it was recorded', () => {
  const far = { ...END, far_m: 310, received_at: at('12:14'), rights: { status: 'none', checked_at: at('11:13') } };
  const [line] = outcomeLines({ outcomes: [far], task: TASK }, { on, outcomes });
  assert.equal(line.words, 'Olu: Notice served');
  assert.deepEqual(line.details, [
    'Notice CF123', 'Recorded 310 m away from the place', 'It came 1 h later, 12:14: recorded without signal',
    'Permits and payments for the plate, just before: nothing covered it, asked 11:13',
  ]);
});

test('a task that was called off ends with the reason', () => {
  const lines = outcomeLines({ outcomes: [], task: { ...TASK, state: 'withdrawn', ended_why: 'A funeral' } }, { on, outcomes });
  assert.deepEqual(lines.map(({ words }) => words), ['Called off: A funeral']);
});

test('the journal says who did it, where somebody at the desk did', () => {
  const entry = (kind, more) => ({ at: at('11:05'), kind, subject: 'task', subject_id: 't', officer_id: 'olu', officer: 'Olu', actor: null, who: null, about: null, facts: {}, ...more });
  const journal = [entry('task.accept'), entry('task.given', { actor: 'person:s', who: 'Sunita' }), entry('task.arrive', { actor: 'person:s', who: 'Sunita', facts: { radio: true } })];
  const lines = journalLines({ journal, journal_begins_earlier: false }, { on, outcomes });
  assert.deepEqual(lines.map(({ words, details }) => [words, ...details]), [
    ['Olu is going'], ['Given to Olu by the desk', 'By Sunita'], ['Olu arrived (by radio)', 'By Sunita'],
  ]);
});

test('who has dealt with a record, and how many wait', () => {
  assert.equal(putAwayWords('Sunita', '11:20'), 'Dealt with by Sunita, 11:20');
  assert.equal(putAwayWords(undefined, '11:20'), 'Dealt with by somebody who was forgotten, 11:20');
  assert.deepEqual([waitingWords(0), waitingWords(3)], ['Left with you', 'Left with you (3)']);
});
