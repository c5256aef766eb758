/** In which order the steps of an outbox go, and what an answer to one of them means. Pure. */

export const WAITING = 'waiting';
export const NEEDS_YOU = 'needs-you';
export const DROPPED = 'dropped';
export const SENT = 'sent';
export const PHOTO = 'photo';

export const AWAY = 'away';
export const STUCK = 'stuck';
export const SIGNED_OUT = 'signed-out';

const NOT_NOW = [0, 408, 425, 429, 502, 503, 504];
const WISHES = ['accept', 'decline', 'arrive', 'look-again'];
const STRANGE = 5; // times that an answer which is not our server's is taken for a network's
const LONGEST_UNDO = 30_000; // ms; what is further off comes of a clock that was turned back

/**
 * `away` (keep it and all behind it: the server can't be reached), `stuck` (it can, but not with this: keep it, and
 * let those of other tasks go past), `signed-out` (keep all), or `needs-you`. A refusal that is no problem document
 * of ours comes from something in between, such as the sign-in page of a café's network, and is no decision.
 */
export function meaningOf({ status, type }, tries = 1) {
  if (status === 401) return SIGNED_OUT;
  if (type?.endsWith('/lost-phone')) return AWAY; // until a supervisor says that it was found
  if (NOT_NOW.includes(status) || status < 400) return AWAY;
  if (status === undefined || status >= 500) return STUCK;
  return isOurs(type) || status === 413 || tries >= STRANGE ? NEEDS_YOU : AWAY;
}

function isOurs(type) {
  return type !== undefined && type !== 'about:blank';
}

/**
 * The step to send next: the oldest that waits, behind no other of its task that needs a decision, or that may still
 * be brought back. Photos are large, and hold nobody up: they follow when all else has gone, each after its sighting.
 * `held`: tasks, and steps without one, that rest for now.
 */
export function nextOf(steps, now, held = new Set()) {
  const [photos, others] = [steps.filter(isPhoto), steps.filter((step) => !isPhoto(step))];
  const behind = new Set(held);
  for (const step of others) {
    if (waits(step, now) && !behind.has(step.task ?? step.id)) return step;
    if (step.task) behind.add(step.task);
  }
  const unsent = new Set(others.map(({ id }) => id));
  return photos.find((photo) => waits(photo, now) && !held.has(photo.id) && !unsent.has(photo.about.sighting)) ?? null;
}

/** Until when a step can be taken back (ms); 0 when it can't, or when the clock by which that was said is gone. */
export function heldUntil({ undoUntil }, now) {
  return undoUntil > now && undoUntil - now <= LONGEST_UNDO ? undoUntil : 0;
}

function waits(step, now) {
  return step.state === WAITING && !heldUntil(step, now);
}

export function isPhoto({ kind }) {
  return kind === PHOTO;
}

/** True of a refusal that changes nothing: what the step was for is so already, by the officer's other phone. */
export function isSoAlready({ kind }, task, person) {
  return kind === 'accept' && task?.officer?.id === person && ['accepted', 'arrived'].includes(task.state);
}

/**
 * Whether a refused step, and what waits behind it, can be left with the supervisor. A wish is over and nobody misses
 * it; what was seen only where the server has kept it, or nobody would have it any more.
 */
export function canBeLeft({ kind, problem }) {
  return Boolean(problem.kept) || WISHES.includes(kind);
}

/**
 * What a step says: one that was recorded after another of its task, and was never sent, sees what that one was answered.
 * `answered`: { order, version } of the last that was; nothing where none was.
 */
export function upon({ order, tries, body }, answered) {
  const sees = answered && order > answered.order && tries === 0 && body.version < answered.version;
  return sees ? { ...body, version: answered.version } : body;
}

/** The step of the same task that this one waits behind, because its officer has to decide about it; or null. */
export function heldBy(step, steps) {
  if (isPhoto(step)) return steps.find(({ id, state }) => id === step.about.sighting && state === NEEDS_YOU) ?? null;
  return steps.find((each) => each.task && each.task === step.task && each.state === NEEDS_YOU && each.order < step.order && !isPhoto(each)) ?? null;
}
