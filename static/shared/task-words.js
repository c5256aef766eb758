/** A task in words: what is wrong, since when, from when a penalty is lawful, who is on it. */

import { recognise, said, saidEach } from './said.js';
import { say } from './say.js';
import { clock, countdown, distance, span, walk, when } from './words.js';

const DAY = 86_400_000;

export const FINAL = ['closed', 'withdrawn'];

export function placeWords({ bay: { street, reference, spot } }) {
  return say(spot ? 'task-place-spot' : 'task-place', { street, reference });
}

/** "47 min over a 2 h limit", "Parked in a suspended bay, for 47 min", "School run: 20 min". */
export function overWords(task, now, zone) {
  if (task.patrol) return say('task-patrol', task.patrol);
  if (!task.overstay_from) return said(task.why);
  const past = now - Date.parse(task.overstay_from);
  if (past < 0) return say('task-first-look', { at: clock(task.overstay_from, zone) });
  const why = recognise(task.why);
  if (why?.name === 'said-over-limit') return say('task-over-limit', { span: span(past), ...why.values });
  return say('task-for', { why: said(task.why), span: span(past) });
}

/** The minute that has begun by then: who looks when the clock shows it is never too early. */
const wholeMinute = (at) => new Date(Math.ceil(Date.parse(at) / 60_000) * 60_000).toISOString();

/** From when a penalty is lawful, or until when a patrol is asked for: `kind` is soon, now or ended. */
export function lawfulWords(task, now, zone) {
  if (task.patrol) return windowWords(task.patrol, now, zone);
  if (!task.lawful_from) return { kind: 'soon', words: say('task-lawful-unknown') };
  const left = Date.parse(task.lawful_from) - now;
  if (left > 0) {
    const at = when(wholeMinute(task.lawful_from), now, zone);
    return { kind: 'soon', words: say('task-lawful-from', { at, countdown: countdown(left) }) };
  }
  if (task.lawful_until && Date.parse(task.lawful_until) <= now) {
    return { kind: 'ended', words: say('task-lawful-no-longer', { at: clock(task.lawful_until, zone) }) };
  }
  return { kind: 'now', words: say('task-lawful-now', { at: when(task.lawful_from, now, zone) }) };
}

function windowWords({ window_until: until }, now, zone) {
  const left = Date.parse(until) - now;
  const at = clock(until, zone);
  if (left <= 0) return { kind: 'ended', words: say('task-window-ended', { at }) };
  return { kind: 'now', words: say('task-window', { at, span: span(left) }) };
}

/** The car, or the patrol, as a shape and a word. */
export function carState(task, now) {
  const { shape, word, tone } = carStateOf(task, now);
  return { shape, word: say(`state-${word}`), tone };
}

function carStateOf(task, now) {
  if (task.state === 'closed') return { shape: 'done', word: 'visited', tone: 'fine' };
  if (task.state === 'withdrawn') return { shape: 'ended', word: 'called-off', tone: 'muted' };
  if (task.patrol) return { shape: 'officer', word: 'patrol', tone: '' };
  if (task.may_have_left_at) return { shape: 'may-have-left', word: 'may-have-left', tone: 'soon' };
  if (Date.parse(task.overstay_from) > now) return { shape: 'occupied', word: 'within-time', tone: '' };
  if (task.lawful_until && Date.parse(task.lawful_until) <= now) {
    return { shape: 'over', word: 'hours-ended', tone: 'muted' };
  }
  if (!task.lawful_from) return { shape: 'unknown', word: 'raised', tone: 'soon' };
  if (Date.parse(task.lawful_from) > now) return { shape: 'over', word: 'over', tone: 'soon' };
  return { shape: 'lawful', word: 'lawful-now', tone: 'now' };
}

/** Who has it: "Ann is going". */
export function workWords(task, outcomes = new Map()) {
  const name = task.officer?.name ?? say('work-an-officer');
  const words = {
    waiting: () => say('work-waiting'),
    offered: () => say('work-offered', { name: task.officer?.name ?? say('work-asked-somebody') }),
    accepted: () => say('work-accepted', { name }),
    arrived: () => say('work-arrived', { name }),
    escalated: () => say(task.unsafe ? 'work-unsafe' : 'work-escalated'),
    closed: () => outcomes.get(task.outcome) ?? plain(task.outcome ?? 'closed'),
    withdrawn: () => said(task.ended_why) || say('work-called-off'),
  };
  return words[task.state]?.() ?? plain(task.state);
}

/** "240 m · 3 min walk", or nothing where no distance is known. */
export function walkWords(assignment) {
  if (!assignment || assignment.walk_metres === null) return '';
  return `${distance(assignment.walk_metres)} · ${walk(assignment.walk_seconds)}`;
}

/** "Nothing urgent: walk down Elm Road, unseen for 9 days." */
export function hintWords({ street, seen_at: seen }, now) {
  if (!seen) return say('hint-never-seen', { street });
  return say('hint-unseen', { street, days: Math.floor((now - Date.parse(seen)) / DAY) });
}

/** Why this one: the plan's reason, then those of the priority. */
export function reasonWords(task) {
  const reasons = [...saidEach(task.assignment?.reason), ...task.priority_reasons.map(said)].filter(Boolean);
  return capital([...new Set(reasons)].join('; '));
}

/** "First of 2 looks", or nothing where one look is enough. */
export function lookWords(task) {
  if (task.sightings_needed < 2) return '';
  const look = task.sightings + 1;
  if (look > task.sightings_needed) return say('task-looks-done', { looks: task.sightings_needed });
  return say('task-look', { look, looks: task.sightings_needed });
}

/** "task.may-have-left" as "task may have left". */
export function plain(name) {
  return name.replace(/[._-]+/g, ' ');
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
