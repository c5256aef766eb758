/** Somebody was quicker: the server took nothing, and what each of the two wants stands side by side. */

import { get, getAll } from '../shared/api.js';
import { now, zone } from '../shared/clock.js';
import { when } from '../shared/words.js';
import './parts/change-clash.js';
import { actorWords } from './zones/words.js';

/**
 * Throws the error again, and where it says that somebody was quicker, shows that before the form `beside`. `what` was changed:
 * “this bay”; `load()`: as it is now; `rows(now)`: [words, mine, theirs] of each; then `mine(version)` sends it once more, or
 * `theirs()` shows what is there.
 */
export async function tellClash(error, { beside, what, load, rows, mine, theirs }) {
  if (error.type?.endsWith('/stale')) {
    const there = await load();
    const place = document.createElement('change-clash');
    beside.parentElement.querySelector(':scope > change-clash')?.remove();
    beside.before(place);
    place.show({ what, ...await lastChange(there.id), rows: rows(there).map(sideBySide) });
    place.addEventListener('clash-answer', ({ detail: { keep } }) => {
      place.remove();
      return keep === 'mine' ? mine(there.version) : theirs();
    });
  }
  throw error;
}

/** { who, when } in words. */
async function lastChange(id) {
  const [{ items }, people] = await Promise.all([get('/journal', { subject_id: id, limit: 500 }), getAll('/people')]);
  const last = items.at(-1);
  return { who: actorWords(last?.actor, new Map(people.map((each) => [each.id, each.name]))), when: last ? when(last.at, now(), zone()) : 'some time' };
}

function sideBySide([what, mine, theirs]) {
  return { what, mine: String(mine), theirs: String(theirs), differs: String(mine) !== String(theirs) };
}
