/**
 * Everything at an officer's hand while the phone is theirs: their day, what they do about it, where they are, and
 * the line to the server. Screens are given this and ask it for what they show.
 */

import { ApiError } from '../shared/api.js';
import { isSure, now, offset } from '../shared/clock.js';
import { coalesce } from '../shared/coalesce.js';
import { Live } from '../shared/live.js';
import { say } from '../shared/say.js';
import { whileSeen } from '../shared/while-seen.js';
import { span } from '../shared/words.js';
import { CheckIn } from './check-in.js';
import { Day } from './day.js';
import { Papers } from './papers.js';
import { Places } from './places.js';
import { keepRest, lendWords } from './shell.js';
import { Positions } from './positions.js';
import { renew } from './push.js';
import { Answer } from './store/answer.js';
import { Work } from './work.js';

const IDLE_LOOK = 120_000; // while there is nothing to do, streets that are due are asked for anew
const SEND_AGAIN = [2_000, 5_000, 15_000, 30_000]; // ms; then every last one, while the page is seen
const CLOCK_MAY_BE_OFF = 2 * 60_000;

/** Emits `signed-out`, and `open` {task} when a message was tapped. */
export class Hand extends EventTarget {
  #stopped = new AbortController();
  #attempts = 0;
  #zones = '';
  #sendTimer = null;
  #sending = null;
  #all = false;
  #told = new Set();

  constructor(own, { session, notice, undo, announcer }) {
    super();
    const { outbox, kept, photos, sent } = own;
    const positions = new Positions(this.#stopped.signal);
    const day = new Day({ person: own.person, kept, outbox });
    const places = new Places(kept);
    const papers = new Papers({ kept, outbox });
    const contraventions = new Answer(kept, 'contraventions');
    const work = new Work({ outbox, place: () => positions.place(), send: () => this.send() });
    Object.assign(this, { own, outbox, kept, photos, sent, positions, places, papers, contraventions, day, work, notice, undo, announcer });
    this.session = session;
    this.checkIn = new CheckIn(day);
    this.refresh = coalesce(() => this.#load());
    this.live = new Live({ poll: () => this.#loadOrFail(), rests: true });
  }

  /** Show what was known, then what is. `said`: what the server has said of the day already. */
  async start(said = null) {
    await this.outbox.load();
    await this.day.restore();
    await this.outbox.sayAgain();
    if (this.#stopped.signal.aborted) return;
    this.#listen(); // before the day is told what time it is
    if (said) this.day.take(said);
    this.#follow();
    this.live.start();
    this.send();
    this.#learnCodes();
    if (!this.day.me) await this.#load();
    if (this.#stopped.signal.aborted) return;
    this.#beTold();
    keepRest();
    lendWords();
  }

  /** The list of contraventions, before there is no signal any more. */
  async #learnCodes() {
    await this.contraventions.open('/contraventions');
    await this.contraventions.renew().catch(() => {});
  }

  /** At a car nothing interrupts: not even a newer version of the app. */
  get busy() {
    return this.day.tasks.some(({ state }) => state === 'arrived');
  }

  stop() {
    this.#stopped.abort();
    this.#dontSend();
    this.live.stop();
    this.checkIn.stop();
    this.positions.wanted = false;
    this.outbox.close();
  }

  /**
   * Send what waits; where that fails, again a little later. Resolves to true when nothing waits for it any more,
   * and never raises. The server's time comes first: what was recorded by a wrong clock is put right before it goes.
   */
  async send({ all = false } = {}) {
    if (this.#stopped.signal.aborted) return false;
    this.#dontSend();
    this.#all ||= all;
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = null; });
    if (all && isSure()) this.outbox.drain({ all });
    return this.#sending;
  }

  async #sendAll() {
    const done = (await this.#knowsWhen()) && (await this.outbox.drain({ all: this.#all }));
    this.#all = false;
    this.#attempts = done ? 0 : this.#attempts + 1;
    this.#sendLater();
    return done;
  }

  /** What was recorded by a clock that nobody has confirmed waits until the server has said what time it is. */
  async #knowsWhen() {
    if (!isSure() && this.outbox.nextIn() !== null) await this.#load();
    return isSure() || !this.outbox.waiting.some(({ unsure }) => unsure);
  }

  /** True while the server can be heard, as far as anybody can say. */
  get inTouch() {
    return this.live.state === 'live' && this.#attempts === 0 && navigator.onLine !== false;
  }

  /** When the server was last heard, in milliseconds by its clock; null where it never was. */
  get heardAt() {
    return this.inTouch ? now() : this.day.heardAt;
  }

  /** Aborted when the phone is out of this officer's hand. */
  get stopped() {
    return this.#stopped.signal;
  }

  /** True where there is surely no server to be heard just now. */
  get cutOff() {
    return navigator.onLine === false || this.live.state === 'none';
  }

  /** Nothing is tried while nobody looks: whoever takes the phone up again sends at once. */
  #sendLater() {
    this.#dontSend();
    const wait = this.outbox.nextIn();
    if (wait === null || document.hidden || this.#stopped.signal.aborted) return;
    const pause = this.#attempts ? SEND_AGAIN[Math.min(this.#attempts, SEND_AGAIN.length) - 1] : 0;
    this.#sendTimer = setTimeout(() => this.send(), Math.max(wait, pause * (0.75 + Math.random() / 2)));
  }

  #dontSend() {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = null;
  }

  #leave() {
    if (this.outbox.waiting.length) navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('outbox')).catch(() => {});
    this.send({ all: true });
  }

  #listen() {
    const { signal } = this.#stopped;
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    on(this.day, 'change', () => this.#follow());
    for (const sender of [this.outbox, this.positions]) on(sender, 'signed-out', () => this.#signedOut());
    on(this.outbox, 'refused', () => this.refresh());
    on(this.outbox, 'change', () => this.#outboxChanged());
    on(this.outbox, 'trouble', ({ detail: { error } }) => this.#trouble(error));
    on(this.live, 'hello', this.refresh);
    on(this.live, 'reload', this.refresh);
    on(this.live, 'change', this.refresh);
    on(this.live, 'signed-out', () => this.#signedOut());
    on(this.live, 'state', ({ detail }) => detail === 'live' && this.#again());
    on(this.positions, 'arrived', ({ detail }) => this.day.takeTask(detail));
    on(globalThis, 'online', () => this.#again());
    on(document, 'visibilitychange', () => (document.hidden ? this.#leave() : this.#again()));
    on(globalThis, 'pagehide', () => this.#leave());
    on(this.day, 'heard', ({ detail: { moved } }) => this.#clockIsSure(moved));
    if (navigator.serviceWorker) on(navigator.serviceWorker, 'message', ({ data }) => this.#hear(data));
    whileSeen(IDLE_LOOK, () => this.day.idle && this.refresh(), signal);
  }

  /** What the service worker says: a message came, was tapped, or it is time to send. */
  #hear(data) {
    this.#again();
    this.refresh();
    if (data?.tapped) this.dispatchEvent(new CustomEvent('open', { detail: { task: data.tapped } }));
  }

  #again() {
    this.#attempts = 0;
    this.send();
  }

  #outboxChanged() {
    if (!this.#sending && !this.#sendTimer) this.#sendLater();
    const { steps } = this.outbox;
    if (steps.some(({ loose }) => loose)) this.#tellOnce('storage-full');
    else this.#told.delete('storage-full');
  }

  /** Nothing is lost by it: what was not sent lies where it lay. */
  #trouble(error) {
    reportError(error);
    this.#tellOnce('storage-trouble');
  }

  #tellOnce(name, values = {}) {
    if (this.#told.has(name)) return;
    this.#told.add(name);
    this.notice.say(say(name, values), { urgent: true });
  }

  async #clockIsSure(moved) {
    const wrong = -offset();
    if (Math.abs(wrong) > CLOCK_MAY_BE_OFF) this.#tellOnce(wrong > 0 ? 'clock-ahead' : 'clock-behind', { span: span(Math.abs(wrong)) });
    await this.outbox.settleTimes(moved).catch((error) => this.#trouble(error));
  }

  #follow() {
    this.positions.wanted = this.day.positionsWanted;
    this.positions.bay = this.day.task?.bay ?? null;
    this.#lookUp();
  }

  /** What belongs to the shift and its zones, before there is no signal any more. */
  #lookUp() {
    const { shift } = this.day;
    const zones = shift?.zones.map(({ id }) => id) ?? [];
    const mark = shift ? [shift.id, ...zones].join() : '';
    if (mark === this.#zones) return;
    this.#zones = mark;
    this.places.load(zones);
    if (shift) this.papers.brief(shift);
  }

  #load() {
    return this.#loadOrFail().catch((error) => {
      if (!(error instanceof ApiError)) throw error;
    });
  }

  async #loadOrFail() {
    try {
      await this.day.load();
      this.send();
    } catch (error) {
      if (error.status !== 401) throw error;
      this.#signedOut();
    }
  }

  /** Subscriptions end silently: whoever allowed messages before subscribes anew at every start. */
  #beTold() {
    if (this.day.me) renew(this.day.me.push_key).catch(() => {});
  }

  #signedOut() {
    if (!this.#stopped.signal.aborted) this.dispatchEvent(new Event('signed-out'));
  }
}
