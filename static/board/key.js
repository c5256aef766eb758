/**
 * The display key by which this screen is let in. It comes once, behind the "#" of the address, which no server ever
 * sees; the screen keeps it and takes it out of the address, so that no photo of the wall and no history shows it.
 */

const KEPT = 'openpatrol-board-key';

/** The key that has just come with the address, or the one that was kept; null where there is none. */
export function takeKey() {
  const given = location.hash.slice(1);
  if (given) {
    localStorage.setItem(KEPT, given);
    history.replaceState(null, '', location.pathname);
  }
  return localStorage.getItem(KEPT);
}
