/** The clock of a case as a picture: bands and marks on a line of time. Times in milliseconds. */

import { capital, plain } from '../../shared/task-words.js';
import { span } from '../../shared/words.js';

const SHORTEST = 60_000; // ms; a line of no length has no places on it
const ARRIVAL_SURE = 60_000; // ms; a free bay seen so shortly before says when the car came

/** { from, until, bands: [{ kind, from, until }], marks: [{ at, kind, words, over }] } of a story. */
export function clockOf(story, { now, outcomes }) {
  const marks = [...ofStay(story), ...ofTask(story), ...ofOfficers(story, outcomes)]
    .filter(({ at }) => at).map((mark) => ({ ...mark, at: Date.parse(mark.at) }))
    .sort((one, other) => one.at - other.at);
  const known = marks.map(({ at }) => at);
  const open = !(story.stay?.departed_at ?? story.task.ended_at);
  const from = Math.min(...known);
  const until = Math.max(...known, open ? now : -Infinity, from + SHORTEST);
  return { from, until, bands: bandsOf(story, { from, until }), marks: marks.map((mark) => ({ ...mark, over: overAt(mark, story) })) };
}

function ofStay({ stay }) {
  if (!stay) return [];
  return [
    { at: stay.arrived_after, kind: 'free', words: 'The bay was last reported free' },
    { at: stay.arrived_at, kind: 'occupied', words: 'A car was there' },
    apart(stay.counted_from, stay.arrived_at) && {
      at: stay.counted_from, kind: 'occupied',
      words: stay.possible_swap ? 'One car may have taken another’s place: its time counts from here' : 'Its time counts from here',
    },
    { at: stay.departed_at, kind: 'free', words: 'The bay was reported free' },
  ].filter(Boolean);
}

function apart(one, other) {
  return one && other && one !== other;
}

function ofTask({ task, stay, allows }) {
  if (task.patrol) {
    return [
      { at: task.patrol.window_from, kind: 'rest', words: 'Somebody was asked for from here' },
      { at: task.patrol.window_until, kind: 'rest', words: 'Until here' },
    ];
  }
  const grace = task.overstay_from && Date.parse(task.lawful_from) - Date.parse(task.overstay_from);
  return [
    { at: task.raised_at, kind: 'task', words: task.found ? 'An officer raised it at the kerb' : 'The task was raised' },
    { at: task.overstay_from, kind: 'over', words: overWords(stay, allows) },
    { at: task.lawful_from, kind: 'lawful', words: grace > 0 ? `A notice could be lawful from here: ${span(grace)} more, grace has to be exceeded` : 'A notice could be lawful from here' },
    { at: task.lawful_until, kind: 'rest', words: 'A notice is not lawful any more from here' },
  ];
}

function overWords(stay, allows) {
  if (stay?.claimed_since) return 'Its time was over, says the sensor network itself';
  return allows?.permitted_minutes ? `Its time was over: ${span(allows.permitted_minutes * 60_000)} are allowed` : 'It was not allowed from here';
}

function ofOfficers({ offers, looks, outcomes: ends }, outcomes) {
  return [
    ...offers.flatMap(({ officer: { name }, accepted_at: accepted, arrived_at: arrived, preparation_began_at: began, beside }) => [
      { at: beside ? null : accepted, kind: 'officer', words: `${name} was going` },
      { at: arrived, kind: 'officer', words: `${name} was there` },
      { at: began, kind: 'officer', words: `${name} began to prepare a notice` },
    ]),
    ...looks.map(({ officer: { name }, recorded_at: at, misread_at: misread }) => ({
      at, kind: 'look', words: `${name} looked at it${misread ? ', and misread it' : ''}`, measured: true,
    })),
    ...ends.map(({ officer: { name }, recorded_at: at, outcome }) => ({
      at, kind: 'done', words: `${name}: ${outcomes.get(outcome) ?? capital(plain(outcome))}`, measured: true,
    })),
  ];
}

/** How long the car was over its time when somebody looked, in milliseconds; null where nothing says so. */
function overAt({ at, measured }, { task }) {
  const since = Date.parse(task.overstay_from ?? '');
  return measured && at > since ? at - since : null;
}

function bandsOf({ task, stay }, { from, until }) {
  const at = (time) => (time ? Date.parse(time) : null);
  if (task.patrol) return cut([['window', at(task.patrol.window_from), at(task.patrol.window_until)]], until);
  const came = at(stay?.counted_from ?? stay?.arrived_at) ?? at(task.overstay_from) ?? from;
  const gone = at(stay?.departed_at) ?? until;
  const over = at(task.overstay_from) ?? at(task.lawful_from);
  return cut([
    ['unsure', unsureFrom(stay), at(stay?.arrived_at)],
    ['within', came, over],
    ['grace', over, at(task.lawful_from)],
    ['lawful', at(task.lawful_from), at(task.lawful_until) ?? gone],
  ], gone);
}

/** From when the car may have stood there: the bay was last reported free long before. */
function unsureFrom(stay) {
  if (!stay?.arrived_after) return null;
  const [free, came] = [Date.parse(stay.arrived_after), Date.parse(stay.arrived_at)];
  return came - free > ARRIVAL_SURE ? free : null;
}

/** Nothing is drawn beyond the end, and nothing of no length. */
function cut(bands, end) {
  return bands.filter(([, from, until]) => from !== null && until !== null)
    .map(([kind, from, until]) => ({ kind, from, until: Math.min(until, end) }))
    .filter(({ from, until }) => until > from);
}

/**
 * Which marks are drawn as one, so that none covers another: [{ first, last, place }], by index. `places` are shares of
 * the line from 0 to 1, in order; `least` is how far apart two that are drawn have to be.
 */
export function groupsOf(places, least) {
  const groups = [];
  places.forEach((place, index) => {
    const before = groups[groups.length - 1];
    if (before && place - before.place < least) before.last = index;
    else groups.push({ first: index, last: index, place });
  });
  return groups;
}
