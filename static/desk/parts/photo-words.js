/** Photos of a look, or of one that was kept apart, as they are shown. */

import { when } from '../../shared/words.js';

/** { shown, awaited }: those that have come, with their words, and how many are still on the phone. */
export function photosOf(sighting, photos, { now, zone }) {
  const came = photos.filter(({ received_at: at }) => at);
  return {
    shown: came.map(({ sha256, taken_at: taken, chosen }) => ({
      url: `/api/v1/sightings/${sighting}/photos/${sha256}`, chosen, words: photoWords(taken && when(taken, now, zone), chosen),
    })),
    awaited: photos.length - came.length,
  };
}

export function awaitedWords(number) {
  return number === 1 ? 'One photo is still on the phone.' : `${number} photos are still on the phone.`;
}

function photoWords(at, chosen) {
  if (!chosen) return `Photo taken ${at}`;
  return at ? `Chosen from the phone’s pictures; the time is the file’s: ${at}` : 'Chosen from the phone’s pictures; the file has no time';
}
