/** The server's time and the authority's zone: a phone's own clock may be wrong by an hour. */

let offset = 0;
let timeZone = 'Europe/London';

/** Take over the server's time, as it came with an answer, and the zone in which times are said. */
export function setClock({ serverNow, zone }, phoneNow = Date.now()) {
  offset = Date.parse(serverNow) - phoneNow;
  timeZone = zone;
}

/** Milliseconds, by the server's clock. */
export function now() {
  return Date.now() + offset;
}

export function zone() {
  return timeZone;
}
