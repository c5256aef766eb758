/** Who was asked to go, why they, and what became of it. */

import { capital } from '../../shared/task-words.js';
import { distance, walk } from '../../shared/words.js';

const ENDS = {
  declined: 'could not go', missed: 'did not answer in time', withdrawn: 'was called back', completed: 'had done it',
  replaced: 'the plan changed before they answered', taken_by_other: 'another officer took it', shift_ended: 'left the shift',
  unsafe: 'found it unsafe there', frozen: 'was called back, unsafe there',
};

/** Lines, in the order in which they were asked. `on(time)`: a time in words. */
export function offerLines({ offers, task }, on) {
  return offers.map((offer) => ({
    key: offer.id,
    shape: offer.end_reason === 'completed' || offer.state === 'accepted' ? 'officer' : offer.state === 'offered' ? 'over' : 'ended',
    at: on(offer.offered_at),
    words: offer.beside ? `${offer.officer.name} raised it, beside their other work` : `${offer.officer.name} was asked: ${offer.reason}`,
    details: [...(offer.beside ? [] : [weighedWords(offer, task)]), becameWords(offer, on)].filter(Boolean),
  }));
}

/** What the plan weighed: the way there, and what of the task's urgency was likely to be reached. */
function weighedWords({ walk_metres: metres, walk_seconds: seconds, expected_value: value }, { priority }) {
  const way = metres === null ? 'the way there was not known' : `${distance(metres)}, ${walk(seconds)}`;
  const worth = value > 0 ? ` In the plan it was worth ${value.toFixed(1)}; its priority now is ${priority.toFixed(1)}.` : '';
  return `${capital(way)}.${worth}`;
}

function becameWords({ beside, accepted_at: accepted, arrived_at: arrived, ended_at: ended, end_reason: reason, expires_at: until, state }, on) {
  const steps = [
    !beside && accepted && `said yes ${on(accepted)}`,
    arrived && `was there ${on(arrived)}`,
    ended && `${ENDS[reason] ?? 'it ended'} ${on(ended)}`,
    state === 'offered' && `has until ${on(until)} to answer`,
  ].filter(Boolean);
  return steps.length ? `${capital(steps.join(', '))}.` : null;
}
