/** An officer's day as the server knows it: who, which shift, which task; and each step of the work. */

import { act, get } from '../shared/api.js';
import { setClock } from '../shared/clock.js';

const MINE = ['offered', 'accepted', 'arrived'];

const HINT_LIVES = 60_000;
const NO_HINT = { walk: null }; // nobody has to wait for one

/** Emits `change` whenever `me`, `shift`, `task` or `walk`, a street to see meanwhile, may have changed. */
export class Day extends EventTarget {
  me = null;
  shift = null;
  task = null;
  walk = null;
  outcomes = [];
  #hintAt = -Infinity;

  /** Who is signed in, their shift and their task. Raises ApiError; 401 when nobody is. */
  async load() {
    this.take({ me: await get('/me') });
    if (this.me.person.role !== 'officer') return;
    if (!this.outcomes.length) this.outcomes = (await get('/outcomes')).items;
    const { items: [task = null] } = await get('/tasks', { state: 'open', mine: true });
    this.take({ task });
    await this.#loadHint();
  }

  /** Believe what an answer said. A task that is over, or somebody else's, is no longer ours. */
  take({ me, shift, task, walk }) {
    if (me) {
      this.me = me;
      this.shift = me.shift;
      setClock({ serverNow: me.now, zone: me.authority.time_zone });
    }
    if (shift) this.shift = shift.ended_at ? null : shift;
    if (task !== undefined) this.task = this.#mine(task) ? task : null;
    if (walk !== undefined) this.walk = walk;
    this.dispatchEvent(new Event('change'));
  }

  forget() {
    Object.assign(this, { me: null, shift: null, task: null, walk: null });
    this.dispatchEvent(new Event('change'));
  }

  get onShift() {
    return Boolean(this.shift?.started_at && !this.shift.ended_at);
  }

  /** True while the server takes this phone's position: on shift, and not on a break. */
  get positionsWanted() {
    return this.onShift && this.shift.state !== 'break';
  }

  /** On shift, available, and without work in hand. */
  get idle() {
    return this.onShift && this.shift.state === 'available' && !this.task;
  }

  async startShift() {
    this.take({ shift: await act(`/shifts/${this.shift.id}/start`) });
  }

  async setState(state) {
    this.take({ shift: await act(`/shifts/${this.shift.id}/state`, { state }) });
  }

  async endShift() {
    this.take({ shift: await act(`/shifts/${this.shift.id}/end`), task: null });
  }

  accept = (task) => this.#step(task, 'accept');
  decline = (task, reason) => this.#step(task, 'decline', { reason });
  arrive = (task) => this.#step(task, 'arrive');
  sight = (task, seen) => this.#step(task, 'sightings', seen);
  close = (task, said) => this.#step(task, 'outcome', said);

  async #step(task, step, said = {}) {
    this.take({ task: await act(`/tasks/${task.id}/${step}`, { version: task.version, ...said }) });
  }

  /** While there is nothing to do, once a minute; and at once when there is nothing more to do. */
  async #loadHint() {
    if (!this.idle) {
      this.#hintAt = -Infinity;
      return this.take(NO_HINT);
    }
    if (performance.now() - this.#hintAt < HINT_LIVES) return null;
    this.#hintAt = performance.now();
    return this.take(await get('/suggestion').catch(() => NO_HINT));
  }

  #mine(task) {
    return task !== null && MINE.includes(task.state) && task.officer?.id === this.me?.person.id;
  }
}
