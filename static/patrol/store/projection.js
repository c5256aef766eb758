/**
 * The work as its officer left it: what the server last said, and upon it the steps that it does not have yet.
 * What is shown is always this, so that a tap takes effect at once, with and without a network.
 */

import { PHOTO } from './order.js';

const EFFECTS = {
  found: () => ({}),
  accept: (task, step) => ({ state: 'accepted', assignment: { ...task.assignment, accepted_at: doneAt(step), expires_at: null } }),
  decline: () => ({ state: 'waiting', given_back: true }),
  arrive: () => ({ state: 'arrived' }),
  sighting: (task) => ({ state: 'arrived', sightings: task.sightings + 1, ...(task.found && { not_before: null }) }),
  misread: (task) => ({ sightings: Math.max(0, task.sightings - 1) }),
  preparation: (task, step) => ({
    state: 'arrived',
    assignment: { ...task.assignment, preparation_began_at: task.assignment?.preparation_began_at ?? doneAt(step) },
  }),
  'look-again': (task) => putOff(task, task.lawful_from),
  outcome: (task, step) => outcome(task, step),
};

/**
 * A task with its unsent steps taken in; `unsent` is how many, `needs_you` whether one of them was refused, and
 * `settled` whether the server knows all of it but photos: what it says of the evidence then counts.
 */
export function projectTask(task, steps) {
  const own = steps.filter((step) => step.task === task.id);
  const waiting = own.filter(({ state }) => state === 'waiting');
  return {
    ...waiting.reduce(after, task),
    unsent: own.length,
    needs_you: own.some(({ state }) => state === 'needs-you'),
    settled: waiting.every(({ kind }) => kind === PHOTO) && own.every(({ kind }) => kind !== 'found'),
  };
}

/**
 * `tasks`: all that are this officer's, those that only this phone knows of too; what they gave back is not.
 * `closing`: those that have ended on this phone, and not at the server yet.
 */
export function projectTasks(tasks, steps) {
  const known = new Set(tasks.map(({ id }) => id));
  const begun = steps.filter(({ kind, task }) => kind === 'found' && !known.has(task)).map(({ about }) => about.task);
  const shown = [...tasks, ...begun].map((task) => projectTask(task, steps));
  const closing = shown.filter(({ id, state }) => state === 'closed' && steps.some(({ task }) => task === id));
  return { tasks: shown.filter(isTheirs).sort(inOrder), closing };
}

/** What they were sent to, then what they raised themselves, the oldest first: nothing moves away from under a thumb. */
function inOrder(one, other) {
  return Number(Boolean(one.found)) - Number(Boolean(other.found)) || Date.parse(one.raised_at) - Date.parse(other.raised_at);
}

/** The shift with its unsent steps taken in, those at cars too; `tasks` as they were left. */
export function projectShift(shift, steps, tasks = []) {
  const own = steps.filter(({ about, task, state }) => (task || about.shift === shift?.id) && state === 'waiting');
  return own.reduce((before, step) => shiftAfter(before, step, tasks), shift);
}

function after(task, step) {
  return { ...task, ...EFFECTS[step.kind]?.(task, step) };
}

function isTheirs({ state, given_back: givenBack }) {
  return !givenBack && !['closed', 'withdrawn'].includes(state);
}

function outcome(task, step) {
  const { outcome: said, details = {} } = step.body;
  if (said !== 'loading_look_again') return { state: 'closed', outcome: said, notice_number: details.notice_number ?? null };
  const back = new Date(Date.parse(doneAt(step)) + details.minutes * 60_000).toISOString();
  return putOff(task, back);
}

/** What an officer raised themselves stays in their hand. */
function putOff(task, until) {
  return { ...(!task.found && { state: 'waiting', given_back: true }), not_before: until };
}

/** What an officer does at a car says what they are doing, as the server reckons it. */
const OBSERVING = { from: ['available'], state: 'observing' };
const DOING = {
  found: OBSERVING, arrive: OBSERVING, sighting: OBSERVING, preparation: { from: ['available', 'observing'], state: 'serving' },
};
const LEAVING = ['outcome', 'look-again'];

function shiftAfter(shift, step, tasks) {
  const at = doneAt(step);
  const doing = DOING[step.kind];
  if (doing?.from.includes(shift.state)) return { ...shift, state: doing.state, state_since: at, busy_until: null };
  if (LEAVING.includes(step.kind)) return leaving(shift, at, tasks);
  if (step.kind === 'shift-start') return { ...shift, state: 'available', started_at: at, state_since: at };
  if (step.kind === 'shift-state') return { ...shift, state: step.body.state, state_since: at, busy_until: busyUntil(step) };
  if (step.kind === 'shift-end') return { ...shift, state: 'ended', ended_at: at, state_since: at, busy_until: null };
  if (step.kind === 'briefing') return { ...shift, briefed_at: at };
  return shift;
}

/** Free, unless they stand at another car. */
function leaving(shift, at, tasks) {
  if (!['observing', 'serving'].includes(shift.state)) return shift;
  const there = tasks.some(({ state, not_before: later }) => state === 'arrived' && !(Date.parse(later) > Date.parse(at)));
  return { ...shift, state: there ? 'observing' : 'available', state_since: at, busy_until: null };
}

function busyUntil({ body: { minutes, recorded_at: at } }) {
  return minutes ? new Date(Date.parse(at) + minutes * 60_000).toISOString() : null;
}

/** What was to last so many minutes has ended by itself, on the server too: the officer is on patrol again. */
export function shiftNow(shift, now) {
  if (!shift?.busy_until || Date.parse(shift.busy_until) > now) return shift;
  return { ...shift, state: 'available', state_since: shift.busy_until, busy_until: null };
}

function doneAt(step) {
  return step.body.recorded_at;
}
