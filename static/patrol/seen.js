import { say } from '../shared/say.js';
import { normalPlate } from './plates.js';

/** What was filled in, without the empty fields; valve positions as numbers. */
export function seen({ plate, valve_front: front, valve_rear: rear, note }) {
  const given = {
    plate: plate.trim(),
    valve_front: front && Number(front),
    valve_rear: rear && Number(rear),
    note: note.trim(),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** What the server would not take of it, as [{ field, detail }], in words: said before it is recorded. Photos alone are a look. */
export function faultsOf(typed) {
  const { plate, valve_front: front, valve_rear: rear, note } = seen(typed);
  const faults = [
    plate && !normalPlate(plate) && ['plate', 'look-no-plate'],
    Boolean(front) !== Boolean(rear) && [front ? 'valve_rear' : 'valve_front', 'look-one-valve'],
    !(plate || front || rear || note || typed.photos?.length) && ['plate', 'look-empty'],
  ];
  return faults.filter(Boolean).map(([field, name]) => ({ field, detail: say(name) }));
}
