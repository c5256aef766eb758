/** What the desk shows, as the server knows it, and what a supervisor can do about it. */

import { ApiError, get, getAll, patch, post } from '../shared/api.js';
import { now, setClock, zone } from '../shared/clock.js';
import { coalesce } from '../shared/coalesce.js';
import { Live } from '../shared/live.js';
import { FINAL } from '../shared/task-words.js';
import { wallClock } from '../shared/words.js';
import { Changes, named, pieces } from './changes.js';

const CLOSED = 25;
const CALLED_OFF = 10;
const GATHER = 150; // ms; what the feed says together is asked for together

/** Emits `change` whenever anything shown may have changed; `signed-out` when the server knows nobody any more. */
export class Desk extends EventTarget {
  #notice;
  #news = new Changes();
  #turn = Promise.resolve();
  #lists = {
    shifts: async () => { this.shifts = await this.#loadShifts(); },
    alerts: async () => { this.alerts = await getAll('/alerts'); },
    patrols: () => this.#loadPatrols(),
    people: () => this.#loadPeople(),
    zones: async () => { this.zones = (await get('/zones')).items; },
    kept: async () => { this.kept = (await get('/kept-records/count')).waiting; },
  };
  me = null;
  tasks = [];
  ended = [];
  shifts = [];
  alerts = [];
  officers = [];
  zones = [];
  patrols = [];
  coverage = { days: null, items: [] };
  /** How many records of phones wait for a supervisor. */
  kept = 0;
  outcomes = new Map();
  /** Whether all that runs by itself does run, how many sensors are silent, whom no message reaches. */
  watch = null;
  chosen = null;
  story = [];
  looks = [];
  /** What is on the live map, once somebody has looked: map/town.js. */
  town = null;
  /** The feed: what the journal says, as it says it. */
  live = new Live({ poll: () => this.#reload() });

  /** `notice`: the line in which it says what became of a step. */
  constructor(notice) {
    super();
    this.#notice = notice;
    const all = coalesce(() => this.#reload().catch(quietly));
    const news = coalesce(() => this.#reload(() => this.#follow()).catch(all), GATHER);
    for (const type of ['hello', 'reload']) this.live.addEventListener(type, all);
    this.live.addEventListener('signed-out', () => this.#signedOut());
    this.live.addEventListener('change', ({ detail }) => {
      this.#news.note(detail);
      if (this.#news.tasks.size || this.#news.lists.size) news();
    });
  }

  /** Raises ApiError; 401 when nobody is signed in. */
  async load() {
    await this.#meet();
    await (this.allowed ? this.#loadAll() : this.#changed());
  }

  async #loadAll() {
    const [outcomes] = await Promise.all([get('/outcomes'), this.#lists.people(), this.#lists.zones(), this.#lists.patrols(), this.#lists.kept()]);
    this.outcomes = new Map(outcomes.items.map(({ value, words }) => [value, words]));
    await this.loadWork();
  }

  /** Follows the journal from now on: what is loaded after this misses nothing that is recorded meanwhile. */
  async begin() {
    await this.#meet();
    if (!this.allowed) return this.#changed();
    const { cursor } = await get('/journal');
    await this.#loadAll();
    return this.live.start(cursor);
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
    this.tasks = tasks.sort(byPriority);
    this.ended = [...closed.items, ...withdrawn.items].sort(byEnd);
    this.shifts = shifts;
    this.#changed();
  }

  /** Nobody tells that nobody works: it is asked now and then. */
  async loadWatch() {
    const known = telling(this.watch ?? {});
    this.watch = await get('/watch');
    if (telling(this.watch) !== known) this.#changed();
  }

  /** Where officers are, as last known. */
  async loadPositions() {
    const places = new Map((await get('/positions')).items.map(({ shift_id: id, ...place }) => [id, place]));
    this.shifts = this.shifts.map((shift) => ({ ...shift, position: places.get(shift.id) ?? null }));
    this.#changed();
  }

  get allowed() {
    return ['supervisor', 'administrator'].includes(this.me?.person.role);
  }

  forget() {
    this.live.stop();
    Object.assign(this, { me: null, tasks: [], ended: [], shifts: [], alerts: [], chosen: null, story: [], looks: [], town: null });
    Object.assign(this, { patrols: [], coverage: { days: null, items: [] }, kept: 0, watch: null });
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

  give = (taskId, shiftId) => this.#thenTask(post(`/tasks/${taskId}/offer`, { shift_id: shiftId }));
  takeBack = (taskId, shiftId) => this.#thenTask(post(`/tasks/${taskId}/take-back`, { shift_id: shiftId }));
  withdraw = (taskId, why) => this.#thenTask(post(`/tasks/${taskId}/withdraw`, { why }));
  putFirst = (taskId) => this.#thenTask(post(`/tasks/${taskId}/put-first`));
  putBack = (taskId) => this.#thenTask(post(`/tasks/${taskId}/put-back`));
  reopen = (taskId) => this.#thenTask(post(`/tasks/${taskId}/reopen`));

  alertStep = (id, step) => this.#then(post(`/alerts/${id}/${step}`), 'alerts');
  release = (id) => this.#then(post(`/freezes/${id}/release`), 'alerts');

  /** These zones and no others for a shift, if it has still those with which it was seen. Raises ApiError. */
  async assignZones({ id, zones: seen, officer }, zones) {
    const shift = this.shifts.find((each) => each.id === id);
    if (!shift || !sameZones(shift.zones, seen)) throw new ApiError({ status: 409, detail: `Somebody else changed ${officer.name}’s zones meanwhile. Look at them as they are now.` });
    await this.#then(patch(`/shifts/${id}`, { zones, version: shift.version }), 'shifts');
  }

  /**
   * Do it and say so, or say what stood in the way: `refused(error)` says itself what is wrong with what was typed.
   * True when it was done.
   */
  async attempt(run, done = null, refused = null) {
    try {
      await run();
      if (done) this.#notice.say(done);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401) this.#signedOut();
      else if (error.status === 422 && refused) refused(error);
      else this.#notice.say(error.message, { urgent: true });
      if (error.status === 409) this.#reload(() => this.loadWork()).catch(quietly);
      return false;
    }
  }

  /** Asks for what the journal named, and for nothing else. */
  async #follow() {
    const { tasks, lists } = this.#news.take();
    const chosen = tasks.includes(this.chosen?.id) && this.#loadChosen();
    const told = pieces(tasks).map((ids) => get(`/tasks${named('ids', ids)}&limit=${ids.length}`));
    const [pages] = await Promise.all([Promise.all(told), chosen, ...lists.map((name) => this.#lists[name]())]);
    this.#take(pages.flatMap(({ items }) => items));
    this.#changed();
  }

  /** These tasks are so now, whatever was known of them. */
  #take(tasks) {
    const ids = new Set(tasks.map(({ id }) => id));
    const others = (known) => known.filter(({ id }) => !ids.has(id));
    const [over, open] = [tasks.filter(isOver), tasks.filter((task) => !isOver(task))];
    this.tasks = [...others(this.tasks), ...open].sort(byPriority);
    this.ended = [...others(this.ended), ...over].sort(byEnd).slice(0, CLOSED + CALLED_OFF);
  }

  async #loadPeople() {
    const people = await getAll('/people');
    this.officers = people.filter(({ role, disabled_at: disabled }) => role === 'officer' && !disabled);
  }

  async #loadPatrols() {
    const [patrols, coverage] = await Promise.all([get('/patrols'), get('/coverage')]);
    this.patrols = patrols.items;
    this.coverage = coverage;
  }

  async #meet() {
    this.me = await get('/me');
    setClock({ serverNow: this.me.now, zone: this.me.authority.time_zone });
  }

  /** One after the other: what was asked first never overwrites what was asked later. */
  #inTurn(run) {
    this.#turn = this.#turn.catch(() => {}).then(run);
    return this.#turn;
  }

  async #reload(run = () => this.load()) {
    try {
      await this.#inTurn(run);
    } catch (error) {
      if (error.status === 401) this.#signedOut();
      else throw error;
    }
  }

  #signedOut() {
    this.dispatchEvent(new Event('signed-out'));
  }

  /** When it is done, these lists are asked for anew; or, where it names none, all the work. */
  async #then(sent, ...lists) {
    await sent;
    await this.#inTurn(async () => {
      if (!lists.length) return this.loadWork();
      await Promise.all(lists.map((name) => this.#lists[name]()));
      return this.#changed();
    });
  }

  /** The answer is the task as it is now. */
  async #thenTask(sent) {
    const task = await sent;
    await this.#inTurn(async () => {
      this.#take([task]);
      await this.#loadChosen();
      this.#changed();
    });
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

function sameZones(some, others) {
  return some.length === others.length && some.every(({ id }) => others.some((other) => other.id === id));
}

function byPriority(one, other) {
  return other.priority - one.priority;
}

function byEnd(one, other) {
  return Date.parse(other.ended_at) - Date.parse(one.ended_at);
}

function isOver({ state }) {
  return FINAL.includes(state);
}

/** The server can't be reached: the line above says so, and the feed asks again. */
function quietly(error) {
  if (!(error instanceof ApiError)) throw error;
}

/** What of a watch is shown: that a worker has looked once more changes nothing. */
function telling({ looked_at: looked, ...watch } = {}) {
  return JSON.stringify(watch.nobody_works ? { ...watch, looked } : watch);
}
