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
