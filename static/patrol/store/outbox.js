/**
 * What an officer did and the server does not have yet, in order. A step leaves only when the server has taken
 * it; what it will not take waits for the officer's decision, and nothing is ever deleted unseen.
 *
 * A step: { id, task, kind, path, body, about }. `id` makes it take effect once; `task` is the id of the task
 * that it belongs to, or null; `about` is what the officer is shown of it. Its `state` is `waiting` or `needs-you`
 * (with the server's `problem`). Steps of one task wait for each other; those of other tasks go past.
 */

import { newId } from '../../shared/api.js';

const CHANNEL = 'openpatrol-outbox';
export const WAITING = 'waiting';
export const NEEDS_YOU = 'needs-you';
export const PHOTO = 'photo';

const KEEPS = (status) => status === 0 || status >= 500 || [408, 425, 429].includes(status);

/** What an answer to a step means: `again` (keep it, in order), `signed-out` (keep all), or `needs-you`. */
export function meaningOf({ status }) {
  if (status === 401) return 'signed-out';
  return KEEPS(status) ? 'again' : NEEDS_YOU;
}

/**
 * The step to send next: the oldest that waits, behind no other of its task that needs a decision. Photos are large,
 * and hold nobody up: they follow when all else has gone, each after its sighting.
 */
export function nextOf(steps, now) {
  const [photos, others] = [steps.filter(isPhoto), steps.filter((step) => !isPhoto(step))];
  const held = new Set();
  for (const step of others) {
    if (waits(step, now) && !held.has(step.task)) return step;
    if (step.task) held.add(step.task);
  }
  const unsent = new Set(others.map(({ id }) => id));
  return photos.find((photo) => waits(photo, now) && !unsent.has(photo.about.sighting)) ?? null;
}

function waits({ state, undoUntil }, now) {
  return state === WAITING && !(undoUntil > now);
}

function isPhoto({ kind }) {
  return kind === PHOTO;
}

/** The steps of the same task that were recorded on top of a step, and were never sent: they see its answer. */
export function builtUpon(steps, step, version) {
  const later = steps.filter(({ order, task, tries }) => order > step.order && task === step.task && tries === 0);
  return later
    .filter(({ body }) => body.version !== undefined && body.version !== version)
    .map((each) => ({ ...each, body: { ...each.body, version } }));
}

/** Emits `change`; `sent` {step, answer}, `refused` {step, error}, `signed-out`, as they happen. */
export class Outbox extends EventTarget {
  #database;
  #vault;
  #send;
  #clock;
  #channel;
  #steps = [];
  #running = null;

  /** `send(step)` answers what the server answers, or raises an ApiError. `clock` is the phone's, in ms. */
  constructor({ database, vault, send, clock = Date.now }) {
    super();
    this.#database = database;
    this.#vault = vault;
    this.#send = send;
    this.#clock = clock;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = () => this.load();
  }

  /** All steps, the oldest first, as last loaded. */
  get steps() {
    return this.#steps;
  }

  get waiting() {
    return this.#steps.filter(({ state }) => state === WAITING);
  }

  get needingYou() {
    return this.#steps.filter(({ state }) => state === NEEDS_YOU);
  }

  async load() {
    const rows = await this.#database.getAllFromIndex('outbox', 'person', this.#vault.person);
    this.#steps = await Promise.all(rows.map((row) => this.#opened(row)));
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Keep a step, safe on the phone when this resolves. Within `undoFor` milliseconds it can be taken back and is
   * not sent. Raises the browser's error when its storage is full.
   */
  async add({ task = null, kind, path, body = {}, about = {} }, { undoFor = 0 } = {}) {
    const id = body.id ?? newId();
    const undoUntil = undoFor ? this.#clock() + undoFor : 0;
    const step = { id, task, kind, path, body: { ...body, id }, about, at: this.#clock(), state: WAITING, tries: 0, undoUntil };
    await this.#database.add('outbox', await this.#sealed(step));
    await this.#changed();
    return id;
  }

  /** Take back what was not sent yet; false if it is on its way already. */
  async undo(id) {
    const step = this.#find(id);
    if (!step || step.tries > 0) return false;
    await this.drop(id);
    return true;
  }

  /** The officer has seen why it was refused, and sends it anew: upon `version`, the task as it is now. */
  async sendAgain(id, version) {
    const step = this.#find(id);
    const body = step.body.version === undefined || version === undefined ? step.body : { ...step.body, version };
    await this.#put({ ...step, body, state: WAITING, problem: null, tries: 0 });
    await this.#changed();
  }

  /** Away with it, by the officer's word alone. */
  async drop(id) {
    const step = this.#find(id);
    if (step) await this.#database.delete('outbox', step.order);
    await this.#changed();
  }

  /** Everything that is unsent, as the officer recorded it. */
  exported() {
    return this.#steps.map(({ id, kind, task, path, body, about, at, state, problem = null }) => ({
      id, kind, task, path, body, about, recorded_at: new Date(at).toISOString(), state, problem,
    }));
  }

  /**
   * Send what waits, in order, until all is sent or the server can't be reached. One page of all that are open
   * does it. Resolves to true if nothing waits any more. `all`: also what could still be taken back.
   */
  drain({ all = false } = {}) {
    this.#running ??= this.#exclusively(() => this.#sendEach(all)).finally(() => { this.#running = null; });
    return this.#running;
  }

  close() {
    this.#channel.close();
  }

  #exclusively(run) {
    const locks = globalThis.navigator?.locks;
    return locks ? locks.request(CHANNEL, { ifAvailable: true }, (lock) => (lock ? run() : false)) : run();
  }

  async #sendEach(all) {
    await this.load();
    for (;;) {
      const step = nextOf(this.#steps, all ? Infinity : this.#clock());
      if (!step) return this.waiting.length === 0;
      if (!(await this.#sendOne(step))) return false;
    }
  }

  /** True if the next may follow. */
  async #sendOne(step) {
    const tried = { ...step, tries: step.tries + 1 };
    await this.#put(tried);
    try {
      await this.#taken(tried, await this.#send(tried));
      return true;
    } catch (error) {
      if (error.status === undefined) throw error;
      return this.#refused(tried, error);
    }
  }

  async #taken(step, answer) {
    const upon = answer?.version === undefined ? [] : builtUpon(this.#steps, step, answer.version);
    await Promise.all(upon.map((each) => this.#put(each)));
    await this.#database.delete('outbox', step.order);
    await this.#changed();
    this.#tell('sent', { step, answer });
  }

  async #refused(step, error) {
    const meaning = meaningOf(error);
    if (meaning === 'signed-out') this.#tell('signed-out', null);
    if (meaning !== NEEDS_YOU) return false;
    const { status, type, detail, errors, task } = error;
    await this.#put({ ...step, state: NEEDS_YOU, problem: { status, type, detail, errors, task } });
    await this.#changed();
    this.#tell('refused', { step, error });
    return true;
  }

  async #changed() {
    await this.load();
    this.#channel.postMessage('changed');
  }

  #find(id) {
    return this.#steps.find((step) => step.id === id);
  }

  async #put(step) {
    await this.#database.put('outbox', { ...(await this.#sealed(step)), order: step.order });
  }

  async #sealed({ order, ...step }) {
    return { id: step.id, person: this.#vault.person, sealed: await this.#vault.seal(step, `outbox ${step.id}`) };
  }

  async #opened({ order, id, sealed }) {
    return { ...(await this.#vault.open(sealed, `outbox ${id}`)), order };
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
