/** Where this phone is, told to the server while on shift. */

import { newId, post } from '../shared/api.js';
import { now } from '../shared/clock.js';

const EVERY = 10_000;
const EVERY_NEAR = 2_000;
const NEAR_M = 150;
const STILL = 15_000;
const KEPT = 60;
const FRESH = 60_000;
const EARTH_M = 6_371_000;

/** Whether fixes should be sent now. Times in milliseconds, of a clock that only runs forward; `metres` to the bay, or null with no task. */
export function isDue({ lastSent, at, metres }) {
  return at - lastSent >= (isNear(metres) ? EVERY_NEAR : EVERY);
}

export function isNear(metres) {
  return metres !== null && metres <= NEAR_M;
}

/** Metres between two points, flat: good enough to say "near". */
export function metresBetween(from, to) {
  const radians = Math.PI / 180;
  const east = (to.lon - from.lon) * radians * Math.cos(((from.lat + to.lat) / 2) * radians);
  const north = (to.lat - from.lat) * radians;
  return Math.hypot(east, north) * EARTH_M;
}

/**
 * Emits `state` (detail: off, waiting, on, denied, lost or unsupported), `fix`, and `arrived` (detail: the
 * task) when the server's fence says so; `signed-out`. Only while the page is seen: the web can't do more.
 */
export class Positions extends EventTarget {
  #watch = null;
  #precise = false;
  #beat = null;
  #fixes = [];
  #lastSent = -Infinity; // by performance.now()
  #sending = false;
  bay = null;
  latest = null;
  state = 'off';

  /** `stopped` aborts when the phone is out of its officer's hand. */
  constructor(stopped) {
    super();
    document.addEventListener('visibilitychange', () => this.#follow(), { signal: stopped });
  }

  #wanted = false;

  set wanted(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#fixes = [];
    if (!wanted) this.latest = null;
    this.#follow();
  }

  /** Where the phone is, for a step's body; nothing where the last fix is old. */
  place() {
    if (!this.latest || now() - Date.parse(this.latest.at) > FRESH) return {};
    const { lon, lat, accuracy_m } = this.latest;
    return { lon, lat, accuracy_m };
  }

  #follow() {
    this.#end();
    if (!this.#wanted) return this.#set('off');
    if (!navigator.geolocation) return this.#set('unsupported');
    if (document.hidden) return;
    if (this.state === 'off') this.#set('waiting');
    this.#begin();
  }

  #begin() {
    const options = { enableHighAccuracy: this.#precise, maximumAge: 5_000, timeout: 30_000 };
    const taken = (position) => this.#take(position);
    const failed = (error) => this.#failed(error);
    this.#watch = navigator.geolocation.watchPosition(taken, failed, options);
    // A phone that lies still may report nothing, and then would never count as arrived.
    this.#beat = setInterval(() => this.#stale() && navigator.geolocation.getCurrentPosition(taken, failed, options), STILL);
  }

  #end() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    clearInterval(this.#beat);
    this.#watch = null;
  }

  #stale() {
    return !this.latest || now() - Date.parse(this.latest.at) >= STILL;
  }

  #take({ coords, timestamp }) {
    if (!this.#wanted) return;
    const at = new Date(timestamp + now() - Date.now()).toISOString();
    this.latest = { lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy, at };
    this.#fixes = [...this.#fixes, this.latest].slice(-KEPT);
    this.#set('on');
    this.#tell('fix', this.latest);
    this.#sharpen();
    this.#send();
  }

  /** Low accuracy while walking, high near the car. */
  #sharpen() {
    const precise = isNear(this.#metres());
    if (precise === this.#precise) return;
    this.#precise = precise;
    this.#follow();
  }

  #metres() {
    return this.bay && this.latest ? metresBetween(this.latest, this.bay) : null;
  }

  async #send() {
    if (this.#sending || !isDue({ lastSent: this.#lastSent, at: performance.now(), metres: this.#metres() })) return;
    const fixes = this.#fixes;
    this.#fixes = [];
    this.#sending = true;
    this.#lastSent = performance.now();
    try {
      const { arrived_task: task } = await post('/positions', { id: newId(), fixes });
      if (task) this.#tell('arrived', task);
    } catch (error) {
      if (error.status === 401) this.#tell('signed-out');
      if (error.passing) this.#fixes = [...fixes, ...this.#fixes].slice(-KEPT);
    } finally {
      this.#sending = false;
    }
  }

  #failed(error) {
    this.#set(error.code === error.PERMISSION_DENIED ? 'denied' : 'lost');
  }

  #set(state) {
    if (state === this.state) return;
    this.state = state;
    this.#tell('state', state);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
