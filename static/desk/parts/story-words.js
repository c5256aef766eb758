/** The journal of a task in sentences. */

import { capital, plain } from '../../shared/task-words.js';
import { distance } from '../../shared/words.js';

const DECLINED = {
  too_far: 'too far away',
  busy: 'busy',
  break_due: 'a break is due',
  unsafe: 'unsafe there',
  other: 'another reason',
};

const SENTENCES = {
  'task.raised': ({ facts }) => (facts.patrol_id ? 'Asked for by a standing patrol' : 'Raised by the sensor'),
  'task.found': ({ name, facts }) => `${name} raised it at the kerb: code ${facts.code}`,
  'task.offer': ({ name, facts }) => `${name} was asked to go${walk(facts)}`,
  'task.given': ({ name }) => `Given to ${name} by the desk`,
  'task.accept': ({ name }) => `${name} is going`,
  'task.decline': ({ name, facts }) => `${name} can’t go: ${DECLINED[facts.reason] ?? 'no reason given'}`,
  'task.miss': ({ name }) => `${name} did not answer in time`,
  'task.replace': () => 'The plan changed before it was answered',
  'task.take_back': ({ name }) => `Taken back from ${name} by the desk`,
  'task.release': ({ name }) => `${name} left the shift: it waits again`,
  'task.arrive': ({ name, facts }) => `${name} arrived${facts.by === 'fence' ? ', by position' : ''}`,
  'task.sight': ({ name }) => `${name} recorded what they saw`,
  'task.misread': ({ name }) => `${name} marked a look of theirs as misread`,
  'task.prepare': ({ name }) => `${name} began to prepare a notice`,
  'task.noted': ({ name, facts, outcomes }) => `${name} found, when it was over: ${outcomes.get(facts.outcome) ?? plain(facts.outcome)}`,
  'task.look_again': () => 'A later look is due',
  'task.close': ({ name, facts, outcomes }) => `${name}: ${outcomes.get(facts.outcome) ?? plain(facts.outcome ?? 'closed')}`,
  'task.withdraw': ({ facts }) => (facts.why ? `Called off: ${facts.why}` : 'Called off by a supervisor'),
  'task.escalate': () => 'Nobody took it: with the supervisor',
  'task.freeze': ({ name }) => `${name} was called back: unsafe there`,
  'task.revive': () => 'The car stands there after all: open again',
  'task.addendum': ({ name }) => `${name} added to what they recorded`,
  'task.opened': () => 'No longer kept for one officer: anybody may go',
  'task.rights-checked': () => 'Permits and payments were asked about again',
  'task.put-first': () => 'Put before all others by the desk',
  'task.put-back': () => 'No longer before all others',
  'task.reopen': () => 'Put back among the waiting',
  'task.may-have-left': () => 'The car may have left',
  'task.still-there': () => 'The car is still there',
  'task.retimed': () => 'A late report moved its times',
};

/** One entry as a sentence. `names`: officers by id; `outcomes`: words by outcome. */
export function sentence(entry, { names, outcomes }) {
  const name = names.get(entry.officer_id) ?? 'An officer';
  const facts = entry.facts ?? {};
  return SENTENCES[entry.kind]?.({ name, facts, outcomes }) ?? capital(plain(entry.kind));
}

function walk({ walk_metres: metres }) {
  return metres ? `, ${distance(metres)} away` : '';
}
