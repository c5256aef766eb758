/**
 * The work as its officer left it: what the server last said, and upon it the steps that it does not have yet.
 * What is shown is always this, so that a tap takes effect at once, with and without a network.
 */

const EFFECTS = {
  found: () => ({}),
  accept: (task, step) => ({ state: 'accepted', assignment: { ...task.assignment, accepted_at: doneAt(step), expires_at: null } }),
  decline: () => ({ state: 'waiting', given_back: true }),
  arrive: () => ({ state: 'arrived' }),
  sighting: (task) => ({ state: 'arrived', sightings: task.sightings + 1, ...(task.found && { not_before: null }) }),
  preparation: (task, step) => ({
    state: 'arrived',
    assignment: { ...task.assignment, preparation_began_at: task.assignment?.preparation_began_at ?? doneAt(step) },
  }),
  'look-again': (task) => putOff(task, task.lawful_from),
  outcome: (task, step) => outcome(task, step),
};

/** A task with its unsent steps taken in; `unsent` is how many, `needs_you` whether one of them was refused. */
export function projectTask(task, steps) {
  const own = steps.filter((step) => step.task === task.id);
  const shown = own.filter(({ state }) => state === 'waiting').reduce(after, task);
  return { ...shown, unsent: own.length, needs_you: own.some(({ state }) => state === 'needs-you') };
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
  return { tasks: shown.filter(isTheirs), closing };
}

/** The shift with its unsent steps taken in. */
export function projectShift(shift, steps) {
  const own = steps.filter(({ about, state }) => about.shift === shift?.id && state === 'waiting');
  return own.reduce(shiftAfter, shift);
}

function after(task, step) {
  return { ...task, ...EFFECTS[step.kind]?.(task, step) };
}

function isTheirs({ state, given_back: givenBack }) {
  return !givenBack && !['closed', 'withdrawn'].includes(state);
}

function outcome(task, step) {
  const { outcome: said, details = {} } = step.body;
  if (said !== 'loading_look_again') return { state: 'closed', outcome: said };
  const back = new Date(Date.parse(doneAt(step)) + details.minutes * 60_000).toISOString();
  return putOff(task, back);
}

/** What an officer raised themselves stays in their hand. */
function putOff(task, until) {
  return { ...(!task.found && { state: 'waiting', given_back: true }), not_before: until };
}

function shiftAfter(shift, step) {
  const at = doneAt(step);
  if (step.kind === 'shift-start') return { ...shift, state: 'available', started_at: at, state_since: at };
  if (step.kind === 'shift-state') return { ...shift, state: step.body.state, state_since: at, busy_until: busyUntil(step) };
  if (step.kind === 'shift-end') return { ...shift, state: 'ended', ended_at: at, state_since: at, busy_until: null };
  if (step.kind === 'briefing') return { ...shift, briefed_at: at };
  return shift;
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
