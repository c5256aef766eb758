/** Where a shift stands, in words. */

import { capital, plain } from '../../../shared/task-words.js';

const DOING = { available: 'On patrol', break: 'On a break', with_public: 'With someone' };
const LATE = 10 * 60_000; // ms after its time; before that it is nobody's fault

/** { word, shape, tone, bar }: `tone` of the words, `bar` of the strip. */
export function stateOf(shift, now) {
  if (shift.ended_at) return { word: 'Ended', shape: 'ended', tone: 'muted', bar: 'past' };
  if (shift.started_at) return running(shift, now);
  if (Date.parse(shift.planned_to) <= now) return { word: 'Never started', shape: 'ended', tone: 'soon', bar: 'past' };
  if (Date.parse(shift.planned_from) + LATE <= now) return { word: 'Not started yet', shape: 'unknown', tone: 'soon', bar: 'late' };
  return { word: 'Planned', shape: 'free', tone: '', bar: 'planned' };
}

function running(shift, now) {
  const word = DOING[shift.state] ?? capital(plain(shift.state));
  if (Date.parse(shift.planned_to) <= now) return { word: `${word}, past the end`, shape: 'alarm', tone: 'soon', bar: 'on' };
  return { word, shape: shift.state === 'break' ? 'rest' : 'officer', tone: '', bar: 'on' };
}
