/** A step of the outbox in words: what was done, where, when, and how it stands. */

import { canSay, say } from '../shared/say.js';
import { said } from '../shared/said.js';
import { placeWords } from '../shared/task-words.js';
import { clock, countdown, when } from '../shared/words.js';
import { stateWords } from './parts/shift-bar.js';
import { heldBy, heldUntil, isPhoto, NEEDS_YOU } from './store/order.js';

const [KB, MB, GB] = [1e3, 1e6, 1e9];

/** "I’m here", "Notice served", "On a break". `outcomes`: value → words, as the server tells them. */
export function whatWords({ kind, body = {}, otherwise = null }, outcomes = new Map()) {
  if (otherwise) return say('step-papered');
  if (kind === 'outcome' && body.outcome) return said(outcomes.get(body.outcome)) || say('step-outcome');
  if (kind === 'shift-state' && body.state) return stateWords(body.state);
  const name = `step-${kind}`;
  return say(canSay(name) ? name : 'step-other');
}

/** "Judd Street, bay 14", or nothing for what belongs to no place. */
export function whereWords({ about }) {
  return about.street ? placeWords({ bay: about }) : '';
}

/** When it was done, in milliseconds: by the server's clock where the step says so. */
export function doneAt({ at, body = {} }) {
  return body.recorded_at ? Date.parse(body.recorded_at) : at;
}

export function whenWords(step, now, zone) {
  return when(doneAt(step), now, zone);
}

/** Why a step is still here. `live`: the server can be heard. `phoneNow` is the phone's own clock. */
export function stateOf(step, steps, { zone, live, phoneNow, outcomes }) {
  const blocker = heldBy(step, steps);
  if (blocker) return say('step-behind', { what: whatWords(blocker, outcomes) });
  const until = heldUntil(step, phoneNow);
  if (until) return say('step-can-be-undone', { countdown: countdown(until - phoneNow) });
  const tried = step.tries > 0 && say(live ? 'step-tried-live' : 'step-tried', { since: clock(doneAt(step), zone), tries: step.tries });
  return tried || say(live ? 'step-next' : 'step-waits', { since: clock(doneAt(step), zone) });
}

/** "800 KB", "3.2 MB", "2.1 GB" */
export function sizeWords(bytes) {
  if (bytes < MB) return say('size-kb', { kilobytes: Math.ceil(bytes / KB) });
  if (bytes < GB) return say('size-mb', { megabytes: (bytes / MB).toFixed(1) });
  return say('size-gb', { gigabytes: (bytes / GB).toFixed(1) });
}

/** The bytes that are still to go: of photos, and a little for words. */
export function bytesToGo(steps, received = () => 0) {
  return steps.reduce((sum, step) => sum + (isPhoto(step) ? (step.about.size ?? 0) - received(step.id) : JSON.stringify(step.body).length), 0);
}

/** The steps of the same task that wait until the officer has decided about this one; its photos are part of it. */
export function waitingBehind(step, steps) {
  return steps.filter((each) => each.state !== NEEDS_YOU && !isPhoto(each) && heldBy(each, steps)?.id === step.id);
}
