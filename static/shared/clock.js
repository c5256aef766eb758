/** The server's time and the authority's zone: a phone's own clock may be wrong by an hour. */

let ahead = 0;
let timeZone = 'Europe/London';

/** Take over the server's time, as it came with an answer, and the zone in which times are said. */
export function setClock({ serverNow, zone }, phoneNow = Date.now()) {
  setOffset(Date.parse(serverNow) - phoneNow, zone);
}

/** As it was found before, in milliseconds: a page that opens without a network goes on by it. */
export function setOffset(milliseconds, zone) {
  ahead = milliseconds;
  timeZone = zone;
}

/** How far the server's clock is ahead of this phone's, in milliseconds. */
export function offset() {
  return ahead;
}

/** Milliseconds, by the server's clock. */
export function now() {
  return Date.now() + ahead;
}

export function zone() {
  return timeZone;
}
