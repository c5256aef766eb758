/** What was filled in at a car and not recorded: when its visit ends it is recorded as a look, and not dropped. */

import { say } from '../shared/say.js';
import { standing } from './looks.js';
import { normalPlate } from './plates.js';
import { seen } from './seen.js';

const LONGEST_NOTE = 2000;

/**
 * The look that lies in a draft, as { seen, photos }; null where there is nothing in it that its officer put there.
 * `looks` are those that were recorded. What can't stand in its field goes into the note. So does another plate than
 * was read before where a notice is `served`: half a plate in a form is no reading that stands against it.
 */
export function unrecorded(draft, looks, { served }) {
  const { id, photos = [] } = draft;
  if (!id || looks.some((look) => look.id === id)) return null;
  const { plate, valve_front: front, valve_rear: rear, note } = seen({ plate: '', valve_front: '', valve_rear: '', note: '', ...draft });
  const before = standing(looks).findLast((look) => look.plate)?.plate ?? null;
  const read = plate ? normalPlate(plate) : null;
  const own = photos.length || note || front || rear || (plate && read !== before);
  if (!own) return null;
  const stands = read && !(served && before && read !== before);
  const words = [note, plate && !stands && plate, front && !rear && valveWords('front', front), rear && !front && valveWords('rear', rear)];
  const said = words.filter(Boolean).join(' ').slice(0, LONGEST_NOTE);
  return {
    seen: { id, ...(stands && { plate }), ...(front && rear && { valve_front: front, valve_rear: rear }), ...(said && { note: said }) },
    photos,
  };
}

function valveWords(which, hour) {
  return say(`valve-${which}`, { at: say('valve-at', { hour }) });
}
