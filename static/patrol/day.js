/** An officer's day: what the server last said of it, kept on the phone, with the steps that it does not have yet. */

import { ApiError, get } from '../shared/api.js';
import { now, offset, setClock, setOffset } from '../shared/clock.js';
import { looksOf, saidBy } from './looks.js';
import { projectShift, projectTasks, shiftNow } from './store/projection.js';

const KEPT = 'day';
const HINT_LIVES = 60_000;
const LATELY = 12 * 3_600_000; // ms
const CLOCK_NOISE = 30_000; // ms; a slow answer moves our time by less
const NOTHING = { me: null, ended: null, tasks: [], outcomes: [], walk: null, then: null, looks: {} };

/** What is in hand, and how visits may end, where that is not known yet. Raises ApiError. */
export async function askWork(known = []) {
  const [tasks, outcomes] = await Promise.all([
    get('/tasks', { state: 'open', mine: true }),
    known.length ? { items: known } : get('/outcomes'),
  ]);
  return { tasks: tasks.items, outcomes: outcomes.items };
}

/** Emits `change` whenever anything of it may have changed; `heard` {moved} when the server has said its time. */
export class Day extends EventTarget {
  #person;
  #kept;
  #outbox;
  #said = NOTHING;
  #shown = null;
  #hintAt = -Infinity;
  #answers = 0; // to what the officer did, so far
  #toldBy = new Map(); // by task, which of them told it last
  #written = Promise.resolve(); // when what was said last lies on the phone
  heardAt = null; // when the server was last heard, by its clock (ms)

  constructor({ person, kept, outbox }) {
    super();
    this.#person = person;
    this.#kept = kept;
    this.#outbox = outbox;
    outbox.addEventListener('change', () => this.#changed());
    outbox.addEventListener('sent', ({ detail: { step, answer, until } }) => {
      this.#answered(step, answer);
      until(this.#written);
    });
    this.#changed();
  }

  /** What was known when the page was last open; true if there was something. */
  async restore() {
    const kept = await this.#kept.get(KEPT);
    if (!kept) return false;
    setOffset(kept.offset, kept.said.me.authority.time_zone, kept.heardAt);
    this.heardAt = kept.heardAt;
    this.#said = { ...NOTHING, ...kept.said };
    this.#changed();
    return true;
  }

  /** Who is signed in, their shift and their tasks. Raises ApiError; 401 when nobody is, or somebody else. */
  async load() {
    const asked = this.#answers;
    const [, work] = await Promise.all([get('/me').then((me) => this.#takeMe(me, asked)), askWork(this.#said.outcomes)]);
    if (this.me.person.role !== 'officer') return;
    const tasks = this.#newest(work.tasks, asked);
    this.take({ ...work, tasks });
    await Promise.all([this.#loadLooks(tasks), this.#loadNext()]);
    await this.#loadHint();
  }

  /** Believe what an answer said. */
  take(said) {
    this.#said = { ...this.#said, ...said };
    if (said.me?.now) this.#hear(said.me);
    this.#changed();
    if (this.me?.person.role === 'officer') this.#written = this.#kept.put(KEPT, { said: this.#said, offset: offset(), heardAt: this.heardAt });
  }

  /** A task as an answer told it: it takes the place of what was known of it. */
  takeTask(task) {
    this.take({ tasks: this.#with(task) });
  }

  /** A shift as an answer told it. */
  takeShift(shift) {
    this.#answers += 1;
    const me = { ...this.me, now: undefined, shift: shift.ended_at ? null : shift };
    this.take(shift.ended_at ? { me, ended: shift } : { me });
  }

  get me() {
    return this.#said.me;
  }

  get shift() {
    return shiftNow(this.#shown.shift, now());
  }

  /** The shift that ended last, as far as this phone saw it end; its server knows of it. */
  get ended() {
    return this.#said.ended;
  }

  /** The shift to speak of: the one that is on or comes next, else the one that has just ended. */
  get latestShift() {
    const lately = this.ended && now() - Date.parse(this.ended.ended_at) < LATELY;
    return this.shift ?? (lately ? this.ended : null);
  }

  /** All work in hand, as the officer left it. */
  get tasks() {
    return this.#shown.tasks;
  }

  /** The one that was planned: offered, or theirs. */
  get task() {
    return this.tasks.find((task) => !task.found) ?? null;
  }

  /** What the officer observes of their own accord, the oldest first. */
  get observations() {
    return this.tasks.filter((task) => task.found);
  }

  /** The looks at a task's car that this phone knows of, those on their way among them: see `looks.js`. */
  looksAt(task) {
    return looksOf(task, this.#said.looks[task.id]?.items ?? [], this.#outbox.steps, this.me.person.id);
  }

  /** How this officer's visit may end; at a patrol, that nothing was found comes first. */
  outcomesOf({ patrol, found }) {
    const cause = patrol ? 'patrol' : found ? 'found' : 'stay';
    const fitting = this.outcomes.filter(({ causes }) => causes.includes(cause));
    return patrol ? fitting.sort((one, other) => one.causes.length - other.causes.length) : fitting;
  }

  /** Visits that have ended on this phone, and not at the server yet. */
  get closing() {
    return this.#shown.closing;
  }

  get outcomes() {
    return this.#said.outcomes;
  }

  get walk() {
    return this.#said.walk;
  }

  get then() {
    return this.#said.then;
  }

  /** What the desk wrote and the officer has not read, the oldest first. */
  get messages() {
    const read = new Set(this.#outbox.steps.filter(({ kind }) => kind === 'message-read').map(({ about }) => about.message));
    return (this.me?.messages ?? []).filter(({ id }) => !read.has(id)).toReversed();
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

  #hear(me) {
    const moved = setClock({ serverNow: me.now, zone: me.authority.time_zone });
    this.heardAt = now();
    this.dispatchEvent(new CustomEvent('heard', { detail: { moved: Math.abs(moved) > CLOCK_NOISE ? moved : 0 } }));
  }

  #answered(step, answer) {
    this.heardAt = now();
    if (!answer?.id || !this.me) return;
    if (step.kind === 'sighting') this.#takeLook(step, answer);
    if (step.kind === 'misread') this.#takeMisread(step, answer);
    if (step.kind === 'message-read') this.#takeRead(answer);
    if (answer.bay) this.#takeStep(step, answer);
    else if (answer.planned_from) this.takeShift(answer);
  }

  /** The server has it now: the task as it says, and the shift as it will say. */
  #takeStep(step, task) {
    const tasks = this.#with(task);
    const { shift } = this.me;
    const me = shift && { ...this.me, now: undefined, shift: projectShift(shift, [{ ...step, state: 'waiting' }], tasks) };
    this.take({ tasks, ...(me && { me }) });
  }

  #takeRead({ id }) {
    this.take({ me: { ...this.me, now: undefined, messages: this.me.messages.filter((each) => each.id !== id) } });
  }

  /** Asked for when there were only so many answers: a shift that was told since is newer. */
  #takeMe(me, asked) {
    if (me.person.id !== this.#person) throw new ApiError({ status: 401 });
    this.take({ me: this.me && asked !== this.#answers ? { ...me, shift: this.me.shift } : me });
  }

  /** A list that was asked for when there were only so many answers takes nothing back of what was told since. */
  #newest(tasks, asked) {
    const known = new Map(this.#said.tasks.map((task) => [task.id, task]));
    const since = ({ id }) => this.#toldBy.get(id) > asked;
    const listed = new Set(tasks.map(({ id }) => id));
    const newest = tasks.map((task) => (since(task) ? newer(task, known.get(task.id)) : newer(known.get(task.id), task)));
    return [...newest, ...this.#said.tasks.filter((task) => since(task) && !listed.has(task.id))];
  }

  /** All tasks, this one as an answer told it. */
  #with(task) {
    this.#answers += 1;
    this.#toldBy.set(task.id, this.#answers);
    const { tasks } = this.#said;
    const known = tasks.find(({ id }) => id === task.id);
    return known ? tasks.map((each) => (each === known ? newer(known, task) : each)) : [...tasks, task];
  }

  #changed() {
    const { me, tasks } = this.#said;
    const mine = tasks.filter(({ officer }) => officer && officer.id === me?.person.id);
    const { steps } = this.#outbox;
    const shown = projectTasks(mine, steps);
    this.#shown = { ...shown, shift: me?.shift ? projectShift(me.shift, steps, shown.tasks) : null };
    this.dispatchEvent(new Event('change'));
  }

  /** What most likely comes after the work in hand. */
  async #loadNext() {
    if (this.onShift) this.take(await get('/next').catch(() => ({ then: null })));
  }

  /** A look has arrived: it stays known, without asking. */
  #takeLook({ task, body }, { version }) {
    const items = this.#said.looks[task]?.items ?? [];
    const others = items.filter(({ id }) => id !== body.id);
    this.take({ looks: { ...this.#said.looks, [task]: { version, items: [...others, saidBy(body, this.me.person)] } } });
  }

  #takeMisread({ task, about, body }, { version }) {
    const looks = this.#said.looks[task]?.items ?? [];
    const items = looks.map((look) => (look.id === about.sighting ? { ...look, misread_at: body.recorded_at } : look));
    this.take({ looks: { ...this.#said.looks, [task]: { version, items } } });
  }

  /** What was seen at the tasks in hand, also on another phone; asked for where there may be something new. */
  async #loadLooks(tasks) {
    const known = this.#said.looks;
    const seen = tasks.filter(({ id, sightings }) => sightings > 0 || known[id]);
    const looks = await Promise.all(seen.map(async ({ id, version }) => {
      if (known[id]?.version === version) return [id, known[id]];
      const items = await get(`/tasks/${id}/sightings`).then((said) => said.items, () => null);
      return [id, items ? { version, items } : known[id]];
    }));
    const since = Object.entries(this.#said.looks).filter(([id, told]) => told !== known[id]);
    this.take({ looks: Object.fromEntries([...looks.filter(([, found]) => found), ...since]) });
  }

  /** While there is nothing to do, once a minute; and at once when there is nothing more to do. */
  async #loadHint() {
    if (!this.idle) {
      this.#hintAt = -Infinity;
      return this.#said.walk && this.take({ walk: null });
    }
    if (shiftNow(this.me.shift, now())?.state !== 'available') return null; // the server has not heard yet that they are free
    if (performance.now() - this.#hintAt < HINT_LIVES) return null;
    this.#hintAt = performance.now();
    return this.take(await get('/suggestion').catch(() => ({ walk: null })));
  }
}

/** Of two tellings of a task the later one; the second where they are of one version, or the first is missing. */
function newer(one, other) {
  return one && one.version > other.version ? one : other;
}
