/** The other ways to get help: a call, and a text that says where. They need no data connection, only a signal. */

import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';
import { now, zone } from '../../shared/clock.js';

const KEPT = 'openpatrol-control-room';

/** The control room's numbers as the council gives them, { phone, sms }; known without a network once they were told. */
export function contact() {
  return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? { phone: null, sms: null };
}

export function keepContact(told) {
  localStorage.setItem(KEPT, JSON.stringify(told));
}

/** Was anybody here before, who may need help now? */
export function isKnown() {
  return localStorage.getItem(KEPT) !== null;
}

export function telephone(number) {
  return `tel:${dialled(number)}`;
}

/** `?&` is understood by Android and by iPhones. */
export function textMessage(number, words) {
  return `sms:${dialled(number)}?&body=${encodeURIComponent(words)}`;
}

/** What the text says. `place`: { lon, lat, accuracy_m }, or null. */
export function sosWords({ name, at, place }) {
  const time = clock(at ?? now(), zone());
  if (!place) return say('sos-text', { name, time });
  const { lat, lon, accuracy_m: metres } = place;
  return say('sos-text-at', { name, time, lat: lat.toFixed(5), lon: lon.toFixed(5), metres: Math.max(Math.round(metres), 1) });
}

function dialled(number) {
  return number.replace(/[^\d+*#]/g, '');
}
