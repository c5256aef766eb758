/** How it ended: what was found, by whom, and what was said with it. */

import { capital, plain } from '../../shared/task-words.js';
import { distance, span } from '../../shared/words.js';

const LATE = 120_000; // ms

/** Lines, in the order in which they were recorded; at the end that it was called off. `on(time)`: a time in words. */
export function outcomeLines({ outcomes: ends, task }, { on, outcomes }) {
  const lines = ends.map((end) => ({
    key: end.id,
    shape: 'done',
    tone: 'fine',
    at: on(end.recorded_at),
    words: `${end.officer.name}: ${outcomes.get(end.outcome) ?? capital(plain(end.outcome))}`,
    details: [...detailWords(end.details, on), farWords(end), lateWords(end, on), rightsWords(end, on)].filter(Boolean),
  }));
  if (task.state !== 'withdrawn') return lines;
  return [...lines, { key: 'called-off', shape: 'ended', at: on(task.ended_at), words: `Called off: ${task.ended_why ?? 'no reason was given'}`, details: [] }];
}

function detailWords({ notice_number: number, minutes, which, reference, preparation_began_at: began }, on) {
  return [
    number && `Notice ${number}`,
    which && `Seen: ${plain(which)}`,
    minutes && `Look again in ${minutes} min`,
    reference && `Reference ${reference}`,
    began && `The notice was begun ${on(began)}`,
  ];
}

function farWords({ far_m: metres }) {
  return metres ? `Recorded ${distance(metres)} away from the place` : null;
}

function lateWords({ recorded_at: at, received_at: came }, on) {
  const wait = Date.parse(came) - Date.parse(at);
  return wait > LATE ? `It came ${span(wait)} later, ${on(came)}: recorded without signal` : null;
}

function rightsWords({ rights }, on) {
  if (!rights) return null;
  const said = { covered: 'it was covered', none: 'nothing covered it', unknown: 'nobody could say' }[rights.status] ?? rights.status;
  const when = rights.checked_at ? `, asked ${on(rights.checked_at)}` : '';
  return `Permits and payments for the plate, just before: ${said}${when}`;
}
