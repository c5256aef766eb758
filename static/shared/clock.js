/**
 * The server's time and the authority's zone: a phone's own clock may be wrong by an hour, or be changed in the
 * middle of a shift. The phone's other clock, which only ever runs forward, tells when it was.
 */

const NOISE = 2_000; // ms; less is the network's doing

let ahead = 0;
let timeZone = 'Europe/London';
let heard = false;
let marks = { wall: Date.now(), steady: performance.now() };
let mayHaveSlept = false;

globalThis.addEventListener?.('visibilitychange', () => { mayHaveSlept ||= document.hidden; });

/**
 * Take over the server's time, as it came with an answer, and the zone in which times are said. Answers by how much
 * that moved our time, in milliseconds.
 */
export function setClock({ serverNow, zone }, phoneNow = Date.now()) {
  look();
  const before = ahead;
  ahead = Date.parse(serverNow) - phoneNow;
  timeZone = zone;
  heard = true;
  return ahead - before;
}

/**
 * As it was found before, in milliseconds: a page that opens without a network goes on by it, until the server says
 * what time it is. `since` is the server's time when it was kept: it can't be earlier now, whatever the phone says.
 */
export function setOffset(milliseconds, zone, since = -Infinity) {
  heard = false;
  ahead = Math.max(milliseconds, since - Date.now());
  timeZone = zone;
}

/** True once the server itself has said what time it is, since the page was opened or somebody took the phone up. */
export function isSure() {
  return heard;
}

/** How far the server's clock is ahead of this phone's, in milliseconds. */
export function offset() {
  look();
  return ahead;
}

/** Milliseconds, by the server's clock. */
export function now() {
  look();
  return Date.now() + ahead;
}

export function zone() {
  return timeZone;
}

/**
 * Whether somebody has set the phone's clock since the last look: both clocks then went on by different spans. The
 * steady one rests while the phone sleeps, so that a leap ahead of a page that was hidden tells nothing.
 */
function look() {
  const seen = { wall: Date.now(), steady: performance.now() };
  const leap = seen.wall - marks.wall - (seen.steady - marks.steady);
  if (leap < -NOISE || (leap > NOISE && !mayHaveSlept)) ahead -= leap;
  marks = seen;
  mayHaveSlept = globalThis.document?.hidden ?? false;
}
