/** How a permit or payment system is doing, as people say it. */

import { now, zone } from '../../shared/clock.js';
import { age, list, until, when } from '../../shared/words.js';

const MINUTE = 60_000;

/** { shape, tone, words }: the state that matters first. */
export function stateOf(provider) {
  return provider.kind === 'list' ? stateOfList(provider) : stateOfLine(provider);
}

function stateOfLine({ state, faults, open_since: since, try_at: again, last_answer_at: answered }) {
  if (state === 'half-open') return trouble(`Does not answer since ${when(since, now(), zone())}: the next question tries it again`);
  if (state === 'open') return trouble(`Does not answer since ${when(since, now(), zone())}: left in peace, asked again ${until(again, now())}`);
  if (faults) return { shape: 'alarm', tone: 'soon', words: faults === 1 ? 'The last question got no good answer' : `The last ${faults} questions got no good answer` };
  return answered ? { shape: 'done', tone: 'fine', words: 'Answers' } : { shape: 'unknown', tone: 'muted', words: 'Not asked yet' };
}

function stateOfList({ listed_at: listed, fresh_minutes: fresh }) {
  if (!listed) return { shape: 'unknown', tone: 'muted', words: 'No file has come yet' };
  if (now() - Date.parse(listed) < fresh * MINUTE) return { shape: 'done', tone: 'fine', words: `In use: the file of ${when(listed, now(), zone())}` };
  return trouble(`Too old: the file came ${age(listed, now())}. Send a new one`);
}

function trouble(words) {
  return { shape: 'alarm', tone: 'now', words: `${words}. Until then officers read “rights not checked”` };
}

/** Rows of name and value. */
export function factsOf(provider) {
  const { about_bays: bays, about_plates: plates } = provider;
  const asked = [bays && 'bays', plates && 'plates'].filter(Boolean);
  return [['Asked about', asked.length ? list(asked) : 'nothing'], ...(provider.kind === 'list' ? listFacts(provider) : lineFacts(provider))];
}

function lineFacts({ base_url: address, timeout_seconds: seconds, place_by: by, places, last_answer_at: answered, last_fault_at: failed, last_fault: fault }) {
  const named = Object.keys(places).length;
  return [
    ['Last answer', answered ? `${when(answered, now(), zone())}, ${age(answered, now())}` : 'none yet'],
    ['Last error', failed ? `${when(failed, now(), zone())}: it ${fault}` : 'none'],
    ['Address', address],
    ['Waited for', `${seconds} s`],
    ['Knows places by', `${by === 'zone' ? 'our zones' : 'our bays'}${named ? `, ${named} of them by its own names` : ''}`],
  ];
}

function listFacts({ fresh_minutes: fresh }) {
  return [['A file counts for', fresh % 60 ? `${fresh} min` : `${fresh / 60} hours`]];
}

/** What it said when it was tried out. */
export function answerWords({ status, reason, right_type: type, valid_to: to }) {
  if (status === 'covered') return `It answers: covered${type ? ` (${type})` : ''}${to ? ` until ${when(to, now(), zone())}` : ''}.`;
  return status === 'none' ? 'It answers: no permit or payment is known for this.' : `No answer: it ${reason}.`;
}
