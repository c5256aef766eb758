/** Whose phone it is just now. */

const WHOSE = 'openpatrol-person'; // `early.js` reads it, too

/** { id, name } of whoever had the phone last; null where somebody has to sign in. */
export function whose() {
  return JSON.parse(localStorage.getItem(WHOSE) ?? 'null');
}

export function itIs({ id, name }) {
  localStorage.setItem(WHOSE, JSON.stringify({ id, name }));
}

export function itIsNobodys() {
  localStorage.removeItem(WHOSE);
}

/** True of a `storage` event that tells of another person, or of none. */
export function tellsWhose({ key }) {
  return key === WHOSE || key === null;
}
