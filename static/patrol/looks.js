/**
 * The looks at a car, those on their way to the server among them, and what follows from them: what a notice still
 * lacks, when the next look can help, and what there is to do now. Times in milliseconds.
 */

import { missing } from './evidence.js';
import { normalPlate } from './plates.js';
import { NEEDS_YOU } from './store/order.js';

const AFTER_GRACE = 'after_grace';
const IN_HAND = ['accepted', 'arrived'];
const MINUTE = 60_000;

/** All looks that this phone knows of, the oldest first. `said`: as GET /tasks/<id>/sightings lists them. */
export function looksOf(task, said, steps, officer) {
  const known = new Set(said.map(({ id }) => id));
  const unsent = steps.filter((step) => step.kind === 'sighting' && step.task === task.id && !known.has(step.id));
  const looks = [...said.map(toldBy), ...unsent.map(({ body }) => recordedBy(body, officer))].sort((a, b) => a.at - b.at);
  const misread = new Map(steps.filter(isMisreading).map(({ about, body }) => [about.sighting, body.recorded_at]));
  return looks.map((look) => ({ ...look, misread_at: look.misread_at ?? misread.get(look.id) ?? null }));
}

function isMisreading({ kind, state }) {
  return kind === 'misread' && state !== NEEDS_YOU;
}

/** Those that count: their officer has not marked them as misread. */
export function standing(looks) {
  return looks.filter(({ misread_at: misread }) => !misread);
}

function toldBy(look) {
  return {
    ...look,
    at: Math.min(Date.parse(look.recorded_at), Date.parse(look.received_at)),
    officer: look.officer.id,
    front: look.valve_front,
    rear: look.valve_rear,
    unsent: false,
  };
}

function recordedBy(body, officer) {
  return { ...saidBy(body, { id: officer }), at: Date.parse(body.recorded_at), officer, front: body.valve_front ?? null, rear: body.valve_rear ?? null, unsent: true };
}

/** A look as the server will tell it, once it has this body. */
export function saidBy({ id, recorded_at: at, plate, valve_front: front, valve_rear: rear, note, photos = [] }, officer) {
  return {
    id, officer, recorded_at: at, received_at: at,
    plate: plate ? normalPlate(plate) : null,
    valve_front: front ?? null, valve_rear: rear ?? null, note: note ?? null, photos, addenda: [], misread_at: null,
  };
}

/** What the policy asks for of this task. */
function ruleOf(task) {
  return {
    sightings: task.sightings_needed,
    minutes: task.observation_minutes,
    startRule: task.start_rule,
    lawfulFrom: Date.parse(task.lawful_from),
    countedFrom: task.counted_from ? Date.parse(task.counted_from) : null,
  };
}

/**
 * What a notice still lacks: [{ text }] in the server's words where it knows all that was seen, for it decides; else
 * [{ name, values }] for `say`, by the same rule.
 */
export function lackingOf(task, looks, officer) {
  if (task.settled && IN_HAND.includes(task.state)) return task.missing_for_notice.map((text) => ({ text }));
  if (!task.lawful_from) return [{ name: 'missing-clock', values: {} }];
  return missing(standing(looks), officer, ruleOf(task));
}

/** When the officer's next look can make the evidence complete: lawful by then, and watched for long enough. */
export function dueOf(task, looks, officer) {
  const { lawfulFrom, minutes, startRule } = ruleOf(task);
  const own = standing(looks).filter((look) => look.officer === officer);
  const counting = own.filter(({ at }) => startRule !== AFTER_GRACE || at >= lawfulFrom);
  const watched = (counting[0]?.at ?? lawfulFrom) + minutes * MINUTE;
  return Math.max(lawfulFrom, counting.length ? watched : lawfulFrom);
}

/**
 * What there is to do at the car: `look`, `wait` (until `due`), `ready` (a notice could be begun), or `serve` (it
 * was begun). `lacking` is what a notice still lacks, `own` how many looks this officer has made.
 */
export function stageOf(task, looks, officer, now) {
  const lacking = lackingOf(task, looks, officer);
  const own = standing(looks).filter((look) => look.officer === officer).length;
  const due = task.lawful_from ? dueOf(task, looks, officer) : null;
  const told = { lacking, own, due };
  if (task.assignment?.preparation_began_at) return { stage: 'serve', ...told };
  if (lacking.length === 0) return { stage: 'ready', ...told };
  return { stage: own > 0 && due !== null && now < due ? 'wait' : 'look', ...told };
}

/** May the officer go on and come back for their next look? Only while there is something to wait for. */
export function canComeBack(task, { stage, own }) {
  return stage === 'wait' && own > 0 && (task.found || task.sightings_needed > 1);
}
