/** A task in words: what is wrong, since when, from when a penalty is lawful, who is on it. */

import { clock, countdown, distance, span, walk, when } from './words.js';

const DAY = 86_400_000;

export const FINAL = ['closed', 'withdrawn'];

export function placeWords(task) {
  return `${task.bay.street}, ${task.bay.spot ? '' : 'bay '}${task.bay.reference}`;
}

/** "47 min over a 2 h limit", "Parked in a suspended bay, for 47 min", "School run: 20 min". */
export function overWords(task, now, zone) {
  if (task.patrol) return `${task.patrol.name}: ${task.patrol.minutes} min`;
  const past = now - Date.parse(task.overstay_from);
  if (past < 0) return `First look: its time ends at ${clock(task.overstay_from, zone)}`;
  if (task.why.startsWith('Over ')) return `${span(past)} o${task.why.slice(1)}`;
  return `${task.why}, for ${span(past)}`;
}

/** The minute that has begun by then: who looks when the clock shows it is never too early. */
const wholeMinute = (at) => new Date(Math.ceil(Date.parse(at) / 60_000) * 60_000).toISOString();

/** From when a penalty is lawful, or until when a patrol is asked for: `kind` is soon, now or ended. */
export function lawfulWords(task, now, zone) {
  if (task.patrol) return windowWords(task.patrol, now, zone);
  const left = Date.parse(task.lawful_from) - now;
  if (left > 0) {
    return { kind: 'soon', words: `Lawful from ${when(wholeMinute(task.lawful_from), now, zone)} · in ${countdown(left)}` };
  }
  if (task.lawful_until && Date.parse(task.lawful_until) <= now) {
    return { kind: 'ended', words: `No longer lawful: the hours ended at ${clock(task.lawful_until, zone)}` };
  }
  return { kind: 'now', words: `Lawful now · since ${when(task.lawful_from, now, zone)}` };
}

function windowWords({ window_until: until }, now, zone) {
  const left = Date.parse(until) - now;
  if (left <= 0) return { kind: 'ended', words: `The window ended at ${clock(until, zone)}` };
  return { kind: 'now', words: `Be seen there until ${clock(until, zone)} · ${span(left)} left` };
}

/** The car, or the patrol, as a shape and a word. */
export function carState(task, now) {
  if (task.state === 'closed') return { shape: 'done', word: 'Visited', tone: 'fine' };
  if (task.state === 'withdrawn') return { shape: 'ended', word: 'Called off', tone: 'muted' };
  if (task.patrol) return { shape: 'officer', word: 'Patrol', tone: '' };
  if (task.may_have_left_at) return { shape: 'may-have-left', word: 'May have left', tone: 'soon' };
  if (Date.parse(task.overstay_from) > now) return { shape: 'occupied', word: 'Within its time', tone: '' };
  if (task.lawful_until && Date.parse(task.lawful_until) <= now) {
    return { shape: 'over', word: 'Hours ended', tone: 'muted' };
  }
  if (Date.parse(task.lawful_from) > now) return { shape: 'over', word: 'Over', tone: 'soon' };
  return { shape: 'lawful', word: 'Lawful now', tone: 'now' };
}

/** Who has it: "Ann is going". */
export function workWords(task, outcomes = new Map()) {
  const name = task.officer?.name ?? 'An officer';
  const words = {
    waiting: 'Waiting for an officer',
    offered: `Asked ${task.officer?.name ?? 'an officer'}`,
    accepted: `${name} is going`,
    arrived: `${name} is there`,
    escalated: task.unsafe ? 'Unsafe there, says an officer: you decide' : 'Needs you: nobody took it',
    closed: outcomes.get(task.outcome) ?? plain(task.outcome ?? 'closed'),
    withdrawn: task.ended_why ?? 'Called off',
  };
  return words[task.state] ?? plain(task.state);
}

/** "240 m · 3 min walk", or nothing where no distance is known. */
export function walkWords(assignment) {
  if (!assignment || assignment.walk_metres === null) return '';
  return `${distance(assignment.walk_metres)} · ${walk(assignment.walk_seconds)}`;
}

/** "Nothing urgent: walk down Elm Road, unseen for 9 days." */
export function hintWords({ street, seen_at: seen }, now) {
  if (!seen) return `Nothing urgent: walk down ${street}, not seen yet.`;
  const days = Math.floor((now - Date.parse(seen)) / DAY);
  return `Nothing urgent: walk down ${street}, unseen for ${days} ${days === 1 ? 'day' : 'days'}.`;
}

/** Why this one: the plan's reason, then those of the priority. */
export function reasonWords(task) {
  const reasons = [...(task.assignment?.reason ?? '').split('; '), ...task.priority_reasons].filter(Boolean);
  return capital([...new Set(reasons)].join('; '));
}

/** "First of 2 looks", or nothing where one look is enough. */
export function lookWords(task) {
  if (task.sightings_needed < 2) return '';
  const next = task.sightings + 1;
  if (next > task.sightings_needed) return `All ${task.sightings_needed} looks are recorded`;
  return `Look ${next} of ${task.sightings_needed}`;
}

/** "task.may-have-left" as "task may have left". */
export function plain(name) {
  return name.replace(/[._-]+/g, ' ');
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
