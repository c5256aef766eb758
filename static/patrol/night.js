/** When it is night where the phone is: for a page that is dark by time. */

import { keepNight } from './settings.js';
import { nightAt } from './sun.js';

const HOUR = 3_600_000;

/** Only the whole degree of a place is looked at, and only its sunset kept. */
export function followSun(positions) {
  let last = -Infinity;
  positions.addEventListener('fix', ({ detail: { lat, lon } }) => {
    if (Date.now() - last < HOUR) return;
    last = Date.now();
    const night = nightAt(new Date(), { lat: Math.round(lat), lon: Math.round(lon) });
    if (night) keepNight(night);
  });
}
