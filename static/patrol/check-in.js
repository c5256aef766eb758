/** Signs of life: when the next is due, and saying "I'm all right". The server keeps the time: a dead phone alarms, too. */

import { newId, post } from '../shared/api.js';
import { now } from '../shared/clock.js';

const SOON = 0.2; // of the time between two signs
const MINUTE = 60_000;
const TRY_AGAIN = 5_000;
const TRIES = 12; // a tap says that they are all right now, not in an hour: after a minute it is asked again

/** How it stands with a shift at `time` (ms): { kind: none, running, soon or missed, left (ms) }. */
export function checkInAt(shift, time) {
  if (!shift?.check_in_by || !shift.check_in_minutes) return { kind: 'none', left: 0 };
  const left = Date.parse(shift.check_in_by) - time;
  if (left <= 0) return { kind: 'missed', left: 0 };
  return { kind: left <= shift.check_in_minutes * MINUTE * SOON ? 'soon' : 'running', left };
}

/**
 * Emits `change`. `state`: asked (nothing was said yet), saying (on its way), unreached (not through yet; it is
 * tried for a minute), given-up. What is said is no step of the outbox: late, it would be a false sign of life.
 */
export class CheckIn extends EventTarget {
  #day;
  #timer = null;
  #saying = null; // the tap that is on its way; null: none, or nobody has the phone any more
  state = 'asked';

  constructor(day) {
    super();
    this.#day = day;
  }

  get now() {
    return checkInAt(this.#day.shift, now());
  }

  async say() {
    clearTimeout(this.#timer);
    const { id } = this.#day.shift;
    const said = { path: `/shifts/${id}/check-in`, step: { id: newId(), recorded_at: new Date(now()).toISOString() } };
    this.#saying = said;
    this.#set('saying');
    await this.#try(said, TRIES);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#saying = null;
  }

  async #try(said, left) {
    try {
      const shift = await post(said.path, said.step);
      if (said !== this.#saying) return null;
      this.#day.takeShift(shift);
      this.#set('asked');
    } catch (error) {
      if (error.status === undefined) throw error;
      if (said !== this.#saying) return null;
      if (!error.passing || left <= 1) return this.#set('given-up');
      this.#set('unreached');
      this.#timer = setTimeout(() => this.#try(said, left - 1), TRY_AGAIN);
    }
    return null;
  }

  #set(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
