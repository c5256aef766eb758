/**
 * What lies on a phone does not lie there for ever. What was known and what was being typed goes after a month; what
 * officers have recorded and never sent only after a quarter, and never while they have the phone.
 */

import { PHOTO } from './order.js';

const DAY = 86_400_000;
export const KEPT_FOR = 30 * DAY;
export const UNSENT_FOR = 90 * DAY;

/** `person` has the phone, and `steps` are all that they have not sent. `at`: now, by the clock of this phone, in ms. */
export async function tidy(database, { person, steps, at }) {
  const needed = new Set(steps.filter(({ kind }) => kind === PHOTO).map(({ about }) => `${about.sighting} ${about.sha256}`));
  const [known, unsent] = [at - KEPT_FOR, at - UNSENT_FOR];
  await database.removeEach('kept', (row) => row.at < known);
  await database.removeEach('outbox', (row) => row.person !== person && row.at < unsent);
  await database.removeEach('photos', (row) => {
    if (row.person !== person) return row.at < unsent;
    return row.at < known && !needed.has(`${row.sighting} ${row.sha256}`);
  });
}
