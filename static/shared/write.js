/** Say it there, if it is not said there already: a screen reader, and a link under a thumb, are left in peace. */
export function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
