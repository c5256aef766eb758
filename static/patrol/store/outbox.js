/**
 * What an officer did and the server does not have yet, in order. A step leaves only when the server has taken
 * it; what it will not take waits for the officer's decision, and nothing is ever deleted unseen.
 *
 * A step: { id, task, kind, path, body, about }. `id` makes it take effect once; `task` is the id of the task
 * that it belongs to, or null; `about` is what the officer is shown of it. Its `state` is `waiting`, `needs-you`
 * (with the server's `problem`) or, for a moment, `dropped`: that can still be taken back, and what came after it
 * still waits; or `sent`: the server has taken it, and what it answered is not kept elsewhere yet. Steps of one task
 * wait for each other; those of other tasks go past.
 *
 * With `otherwise`, what its body says instead, a step asks nobody where the server could not take it for what it says
 * (422) but has kept it for the supervisor: it goes on as that, under an id of its own.
 */

import { newId } from '../../shared/api.js';
import { UNDO_FOR } from '../../shared/undo.js';
import { AWAY, canBeLeft, DROPPED, heldBy, heldUntil, isSoAlready, meaningOf, NEEDS_YOU, nextOf, PHOTO, SENT, SIGNED_OUT, STUCK, upon, WAITING } from './order.js';
import { Steps } from './steps.js';

const CHANNEL = 'openpatrol-outbox';
const OTHER_PAGE = 20_000; // ms for another page to finish; one that the phone has put to sleep keeps nobody waiting
const LONGEST_REST = 600; // s, whatever a server asks for

export { NEEDS_YOU, PHOTO, WAITING };

/**
 * Emits `change`; `sent` {step, answer, until}, `refused` {step, error}, `signed-out`, `trouble` {error}, as they happen.
 * Who keeps something of an answer says `until(promise)`: the step lies here until it is kept.
 */
export class Outbox extends EventTarget {
  #store;
  #person;
  #send;
  #forget;
  #clock;
  #channel = null;
  #known = [];
  #changes = 0;
  #running = null;
  #asked = false;
  #settling = Promise.resolve();
  #all = false;
  #restUntil = 0; // by performance.now()
  #received = new Map();
  #answered = new Map(); // by task: { order, version } of the step that was answered last
  #closed = false;

  /**
   * `send(step, received)` answers what the server answers, or raises an ApiError; it may tell how many bytes have
   * come. `forget(step)` puts away what lies beside a step that its officer dropped. `clock` is the phone's, in ms.
   */
  constructor({ database, vault, send, forget = async () => {}, clock = Date.now }) {
    super();
    this.#store = new Steps(database, vault);
    this.#person = vault.person;
    this.#send = send;
    this.#forget = forget;
    this.#clock = clock;
    if (!globalThis.BroadcastChannel) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = () => this.load().catch((error) => this.#tell('trouble', { error }));
  }

  /** All steps, the oldest first, as last loaded. */
  get steps() {
    return this.#known.filter(({ state }) => ![DROPPED, SENT].includes(state));
  }

  get waiting() {
    return this.#known.filter(({ state }) => state === WAITING);
  }

  get needingYou() {
    return this.#known.filter(({ state }) => state === NEEDS_YOU);
  }

  /** How many steps lie here that this officer's key does not open. */
  get unreadable() {
    return this.#store.unreadable;
  }

  /** How many bytes of a photo the server has, as far as this page knows. */
  received(id) {
    return this.#received.get(id) ?? 0;
  }

  /** Milliseconds until something can be sent; null when nothing waits for it. */
  nextIn() {
    const now = this.#clock();
    if (nextOf(this.#known, now)) return Math.max(this.#restUntil - performance.now(), 0);
    const moments = this.#known.filter(({ state }) => state !== NEEDS_YOU).map((step) => heldUntil(step, now));
    const until = moments.filter((each) => each > 0);
    return until.length ? Math.min(...until) - now : null;
  }

  /** Look what lies on the phone; once more, where something changed while that was read. */
  async load() {
    for (let seen = -1; seen !== this.#changes; ) {
      seen = this.#changes;
      const known = await this.#store.all();
      if (seen === this.#changes) this.#known = known;
    }
    this.#changes += 1;
    this.dispatchEvent(new Event('change'));
  }

  /** Keep a step: see `addAll`. Answers its id. */
  async add(step, options) {
    const [id] = await this.addAll([step], options);
    return id;
  }

  /**
   * Keep steps that belong together, all or none, safe on the phone when this resolves (`loose` on a phone whose
   * storage is full: kept while the page is open). Within `undoFor` milliseconds they can be taken back and are not
   * sent. `unsure`: by a clock that the server has not confirmed. Answers their ids.
   */
  async addAll(all, { undoFor = 0 } = {}) {
    const at = this.#clock();
    const steps = all.map(({ task = null, kind, path, body = {}, about = {}, unsure = false, otherwise = null }) => {
      const id = body.id ?? newId();
      return { id, task, kind, path, body: { ...body, id }, about, unsure, otherwise, at, state: WAITING, tries: 0, undoUntil: undoFor && at + undoFor };
    });
    await this.#store.add(steps);
    await this.#changed();
    return steps.map(({ id }) => id);
  }

  /** Take back what was not sent yet, a look with its photos; false if it is on its way already. */
  async undo(id) {
    const [step, ...withIt] = this.#known.filter((each) => each.id === id || each.about.sighting === id);
    if (step?.id !== id || step.tries > 0) return false;
    const gone = await this.#store.remove(step);
    for (const each of gone ? withIt : []) await this.#store.remove(each);
    await this.#changed();
    return gone;
  }

  /** The officer has seen why it was refused, and sends it anew: upon `version`, the task as it is now. */
  async sendAgain(id, version) {
    await this.correct(id, version === undefined ? {} : { version });
  }

  /** Send it anew with other words in it: only what it says already is changed. */
  async correct(id, said) {
    await this.#change(id, ({ body }) => {
      const known = Object.entries(said).filter(([name]) => name !== 'version' || body.version !== undefined);
      return { body: { ...body, ...Object.fromEntries(known) }, state: WAITING, problem: null, tries: 0 };
    });
    await this.#changed();
  }

  /** What was refused is kept for the supervisor, and goes on as something else: `said` takes the place of those words. */
  async instead(id, said) {
    const own = newId();
    await this.#change(id, ({ body }) => ({
      id: own, body: { ...body, ...said, id: own }, otherwise: null, state: WAITING, problem: null, tries: 0,
    }));
    await this.#changed();
    return own;
  }

  // What a refused step can become: each of these can be taken back for a moment, by `restore`.

  /** Nobody is to have it: away with it, and with the photos of it. */
  async letGo(id) {
    await this.#drop([this.#find(id), ...this.#photosOf(id)].filter(Boolean));
  }

  /**
   * The supervisor has it, and its photos still go there. `all`: what waits behind it goes to the supervisor, too: it
   * is sent, and where it is refused as well the server has kept it, and nobody is asked again.
   */
  async leave(id, { all = false } = {}) {
    const step = this.#find(id);
    if (!step) return;
    const behind = all ? this.#known.filter((each) => each.state === WAITING && heldBy(each, this.#known)?.id === id) : [];
    for (const each of behind) await this.#change(each.id, () => ({ leave: id }));
    await this.#drop([step, ...(step.problem?.kept ? [] : this.#photosOf(id))]);
  }

  /** Its officer says in another step what this one was to say. */
  async sayAnew(id) {
    await this.#drop([this.#find(id)].filter(Boolean));
  }

  /** False where it was too late. */
  async restore(id) {
    const dropped = [this.#find(id), ...this.#photosOf(id)].filter((step) => step?.state === DROPPED);
    for (const step of dropped) await this.#change(step.id, ({ was }) => ({ state: was, undoUntil: 0 }));
    const left = this.#known.filter(({ leave }) => leave === id);
    for (const step of left) await this.#change(step.id, () => ({ leave: null }));
    await this.#changed();
    return dropped.length > 0;
  }

  /** The server has said what time it is: what was recorded before that moves by so many milliseconds, then it goes. */
  settleTimes(milliseconds) {
    this.#settling = this.#settleTimes(milliseconds);
    return this.#settling;
  }

  async #settleTimes(milliseconds) {
    const unsure = this.#known.filter((step) => step.unsure && step.tries === 0);
    for (const { id } of unsure) await this.#change(id, ({ body }) => ({ unsure: false, body: moved(body, milliseconds) }));
    if (unsure.length) await this.#changed();
  }

  /**
   * Send what waits, in order, until all is sent or the server can't be reached. One page of all that are open
   * does it. Resolves to true unless something that could be sent is still here. `all`: also what could still be
   * taken back. Asked while it runs it looks once more at the end; it never raises.
   */
  drain({ all = false } = {}) {
    this.#asked = true;
    this.#all ||= all;
    this.#running ??= this.#run();
    return this.#running;
  }

  close() {
    this.#closed = true;
    this.#channel?.close();
  }

  async #run() {
    let reached = true;
    try {
      while (this.#asked && !this.#closed) {
        this.#asked = false;
        reached = await this.#exclusively(() => this.#sendEach());
      }
    } catch (error) {
      reached = false;
      this.#tell('trouble', { error });
    } finally {
      this.#running = null;
      this.#all = false;
    }
    return reached;
  }

  /** What is sent twice takes effect once: rather that than never, where another page does not let go. */
  async #exclusively(run) {
    const locks = globalThis.navigator?.locks;
    if (!locks) return run();
    let begun = false;
    const begin = () => {
      begun = true;
      return run();
    };
    try {
      return await locks.request(CHANNEL, { signal: AbortSignal.timeout(OTHER_PAGE) }, begin);
    } catch (error) {
      if (begun) throw error;
      return run();
    }
  }

  async #sendEach() {
    await this.#store.settle();
    await this.load();
    await this.#clearAway();
    await this.sayAgain();
    const held = new Set();
    while (!this.#closed) {
      await this.#settling.catch(() => {}); // whoever asked for it is told
      const step = nextOf(this.#known, this.#all ? Infinity : this.#clock(), held);
      if (!step) return held.size === 0;
      if (performance.now() < this.#restUntil) return false;
      const meaning = await this.#sendOne(step);
      if ([AWAY, SIGNED_OUT].includes(meaning)) return false;
      if (meaning === STUCK) held.add(step.kind === PHOTO ? step.id : (step.task ?? step.id));
    }
    return false;
  }

  /** What its answer meant; null when the next may follow. */
  async #sendOne(step) {
    const body = upon(step, this.#answered.get(step.task)); // it may have been recorded while that answer was coming
    const tried = await this.#store.replace(step, { body, tries: step.tries + 1, triedAt: this.#clock() });
    if (!tried) return this.load().then(() => null); // taken back, or another page was faster
    this.#swap(tried);
    let answer;
    try {
      answer = await this.#send(tried, (bytes) => this.#have(tried.id, bytes));
    } catch (error) {
      return this.#refused(tried, error);
    }
    return this.#taken(tried, answer);
  }

  async #taken(step, answer) {
    if (answer?.version !== undefined) await this.#buildUpon(step, answer.version);
    return this.#arrived(step, answer);
  }

  /** What waits sees it, also after a reload. */
  async #buildUpon({ order, task }, version) {
    const answered = { order, version };
    this.#answered.set(task, answered);
    const behind = this.#known.filter((each) => each.task === task && upon(each, answered) !== each.body);
    for (const { id } of behind) await this.#change(id, (each) => ({ body: upon(each, answered) }));
  }

  async #refused(step, error) {
    const meaning = meaningOf(error, step.tries);
    if (error.status === undefined) this.#tell('trouble', { error });
    if (error.retryAfter) this.#restUntil = performance.now() + Math.min(error.retryAfter, LONGEST_REST) * 1000;
    if (meaning === SIGNED_OUT) this.#tell('signed-out');
    if (meaning !== NEEDS_YOU) {
      this.dispatchEvent(new Event('change'));
      return meaning;
    }
    const { status, type, detail, errors, task, kept } = error;
    if (step.leave && canBeLeft({ kind: step.kind, problem: error })) return this.#arrived(step, null);
    if (step.otherwise && kept && status === 422) return this.instead(step.id, step.otherwise).then(() => null);
    if (isSoAlready(step, task, this.#person)) return this.#taken(step, task);
    await this.#store.replace(step, { state: NEEDS_YOU, problem: { status, type, detail, errors, task, kept } });
    await this.#changed();
    this.#tell('refused', { step, error });
    return null;
  }

  async #arrived(step, answer) {
    await this.#change(step.id, () => ({ state: SENT, answer }));
    this.#received.delete(step.id);
    await this.#passOn(this.#find(step.id) ?? step, answer);
    return null;
  }

  /** What was answered when the page ended, before all of it was kept: whoever keeps something of it hears it again. */
  async sayAgain() {
    for (const step of this.#known.filter(({ state }) => state === SENT)) await this.#passOn(step, step.answer);
  }

  async #passOn(step, answer) {
    const keeping = [];
    this.#tell('sent', { step, answer, until: (kept) => keeping.push(kept) });
    this.#tell('change');
    await Promise.all(keeping).catch((error) => this.#tell('trouble', { error }));
    await this.#removeWhateverItIs(step);
    this.#tellOthers();
  }

  /** The server has it: whatever became of it here meanwhile. */
  async #removeWhateverItIs(step) {
    if (await this.#store.remove(step)) return this.#know(this.#known.filter(({ id }) => id !== step.id));
    await this.load();
    const now = this.#find(step.id);
    return now && this.#removeWhateverItIs(now);
  }

  async #drop(steps) {
    const undoUntil = this.#clock() + UNDO_FOR;
    for (const { id } of steps) await this.#change(id, ({ state }) => ({ state: DROPPED, was: state, undoUntil }));
    await this.#changed();
  }

  /** What was dropped and not brought back in its time. */
  async #clearAway() {
    const now = this.#clock();
    const gone = this.#known.filter((step) => step.state === DROPPED && !heldUntil(step, now));
    for (const step of gone) {
      await this.#forget(step);
      await this.#store.remove(step);
    }
    if (gone.length) await this.#changed();
  }

  #have(id, bytes) {
    this.#received.set(id, bytes);
    this.#tell('progress', { id, bytes });
  }

  async #changed() {
    await this.load();
    this.#tellOthers();
  }

  #tellOthers() {
    if (!this.#closed) this.#channel?.postMessage('changed');
  }

  #swap(next) {
    this.#know(this.#known.map((step) => (step.id === next.id ? next : step)));
  }

  #know(known) {
    this.#known = known;
    this.#changes += 1;
  }

  /** By the officer's word, whatever another page does to it meanwhile. */
  async #change(id, changed) {
    for (let step = this.#find(id); step; step = this.#find(id)) {
      const next = await this.#store.replace(step, changed(step));
      if (next) {
        this.#swap(next);
        return;
      }
      await this.load();
    }
  }

  #photosOf(id) {
    return this.#known.filter(({ kind, about }) => kind === PHOTO && about.sighting === id);
  }

  #find(id) {
    return this.#known.find((step) => step.id === id);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function moved(body, milliseconds) {
  const later = (time) => new Date(Date.parse(time) + milliseconds).toISOString();
  const photos = body.photos?.map((photo) => (photo.chosen ? photo : { ...photo, taken_at: later(photo.taken_at) }));
  return { ...body, ...(body.recorded_at && { recorded_at: later(body.recorded_at) }), ...(photos && { photos }) };
}
