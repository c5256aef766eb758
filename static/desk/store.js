/** What the desk shows, as the server knows it, and what a supervisor can do about it. */

import { get, getAll, patch, post } from '../shared/api.js';
import { now, setClock, zone } from '../shared/clock.js';
import { wallClock } from '../shared/words.js';

const CLOSED = 25;
const CALLED_OFF = 10;

/** Emits `change` whenever anything shown may have changed. */
export class Desk extends EventTarget {
  me = null;
  tasks = [];
  ended = [];
  shifts = [];
  alerts = [];
  officers = [];
  zones = [];
  patrols = [];
  coverage = { days: null, items: [] };
  outcomes = new Map();
  chosen = null;
  story = [];
  looks = [];

  async load() {
    this.me = await get('/me');
    setClock({ serverNow: this.me.now, zone: this.me.authority.time_zone });
    if (!this.allowed) return this.#changed();
    const [people, zones, outcomes, patrols, coverage] = await Promise.all([
      getAll('/people'), get('/zones'), get('/outcomes'), get('/patrols'), get('/coverage'),
    ]);
    this.officers = people.filter(({ role, disabled_at: disabled }) => role === 'officer' && !disabled);
    this.zones = zones.items;
    this.patrols = patrols.items;
    this.coverage = coverage;
    this.outcomes = new Map(outcomes.items.map(({ value, words }) => [value, words]));
    await this.loadWork();
  }

  /** Tasks and shifts: all that changes by the minute. */
  async loadWork() {
    const [tasks, closed, withdrawn, shifts, alerts] = await Promise.all([
      getAll('/tasks', { state: 'open' }),
      get('/tasks', { state: 'closed', limit: CLOSED }),
      get('/tasks', { state: 'withdrawn', limit: CALLED_OFF }),
      this.#loadShifts(),
      getAll('/alerts'),
      this.#loadChosen(),
    ]);
    this.alerts = alerts;
    this.tasks = tasks.sort((one, other) => other.priority - one.priority);
    this.ended = [...closed.items, ...withdrawn.items]
      .sort((one, other) => Date.parse(other.ended_at) - Date.parse(one.ended_at));
    this.shifts = shifts;
    this.#changed();
  }

  get allowed() {
    return ['supervisor', 'administrator'].includes(this.me?.person.role);
  }

  forget() {
    Object.assign(this, { me: null, tasks: [], ended: [], shifts: [], alerts: [], chosen: null, story: [], looks: [] });
    Object.assign(this, { patrols: [], coverage: { days: null, items: [] } });
    this.#changed();
  }

  /** The task that is looked at; null for none. */
  async choose(id) {
    this.chosen = id && { id };
    await this.#loadChosen();
    this.#changed();
  }

  /** Officers by id: those who work now, and those who once did. */
  names() {
    const pairs = [...this.officers, ...this.shifts.map(({ officer }) => officer)].map(({ id, name }) => [id, name]);
    return new Map(pairs);
  }

  planShift = (shift) => this.#then(post('/shifts', shift));
  assignZones = (shiftId, zones) => this.#then(patch(`/shifts/${shiftId}`, { zones }));
  give = (taskId, shiftId) => this.#then(post(`/tasks/${taskId}/offer`, { shift_id: shiftId }));
  withdraw = (taskId, why) => this.#then(post(`/tasks/${taskId}/withdraw`, { why }));
  reopen = (taskId) => this.#then(post(`/tasks/${taskId}/reopen`));

  alertStep = (id, step) => this.#then(post(`/alerts/${id}/${step}`));
  release = (id) => this.#then(post(`/freezes/${id}/release`));

  async #then(sent) {
    await sent;
    await this.loadWork();
  }

  async #loadShifts() {
    const day = wallClock(now(), zone()).slice(0, 10);
    const answers = await Promise.all([get('/shifts', { on: true }), get('/shifts', { day })]);
    const [on, today] = answers.map(({ items }) => items);
    const coming = today.filter(({ id, ended_at: ended }) => !ended && !on.some((shift) => shift.id === id));
    return [...on, ...coming];
  }

  async #loadChosen() {
    const id = this.chosen?.id;
    if (!id) return;
    const [task, story, looks] = await Promise.all([
      get(`/tasks/${id}`), get('/journal', { subject_id: id }), get(`/tasks/${id}/sightings`),
    ]);
    if (this.chosen?.id !== id) return;
    this.chosen = task;
    this.story = story.items;
    this.looks = looks.items;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
