/** A supervisor may give an officer other zones while they walk: that is said once, on whatever screen they are. */

import { say } from '../shared/say.js';
import { list } from '../shared/words.js';

/** Which shift patrols which zones; null while its officer is not on it. */
export function patrolled({ shift, onShift }) {
  return onShift ? { shift: shift.id, zones: shift.zones.map(({ id }) => id).toSorted().join() } : null;
}

/** True if the same shift patrols other zones than before. */
export function isAnotherPatrol(before, after) {
  return Boolean(before && after) && before.shift === after.shift && before.zones !== after.zones;
}

/** From now on, until the hand is put away. It stays until it is closed: the phone may have been in a pocket. */
export function tellZones(hand) {
  let before = patrolled(hand.day);
  const look = () => {
    const after = patrolled(hand.day);
    if (isAnotherPatrol(before, after)) hand.notice.say(words(hand.day.shift), { urgent: true });
    before = after;
  };
  hand.day.addEventListener('change', look, { signal: hand.stopped });
}

function words({ zones }) {
  return zones.length ? say('zones-changed', { zones: list(zones.map(({ name }) => name)) }) : say('zones-gone');
}
