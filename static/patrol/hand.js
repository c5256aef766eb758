/**
 * Everything at an officer's hand while the phone is theirs: their day, what they do about it, where they are, and
 * the line to the server. Screens are given this and ask it for what they show.
 */

import { ApiError } from '../shared/api.js';
import { coalesce } from '../shared/coalesce.js';
import { Live } from '../shared/live.js';
import { Day } from './day.js';
import { Positions } from './positions.js';
import { forgetDevice, renew } from './push.js';
import { Work } from './work.js';

const DRAFTS_STAY = 30 * 24 * 3_600_000;
const IDLE_LOOK = 120_000; // while there is nothing to do, streets that are due are asked for anew
const SEND_AGAIN = [2_000, 5_000, 15_000, 30_000]; // ms; then every last one, while the page is seen

/** Emits `signed-out`, and `open` {task} when a message was tapped. `busy` while a step is half said. */
export class Hand extends EventTarget {
  #stopped = new AbortController();
  #attempts = 0;
  #sendTimer = null;
  busy = false;

  constructor(own, { notice, undo, announcer }) {
    super();
    const { outbox, kept, photos } = own;
    const positions = new Positions();
    const day = new Day({ kept, outbox });
    const work = new Work({ outbox, place: () => positions.place() });
    Object.assign(this, { own, outbox, kept, photos, positions, day, work, notice, undo, announcer });
    this.refresh = coalesce(() => this.#load());
    this.live = new Live({ poll: () => this.#loadOrFail() });
  }

  /** Show what was known, then what is. `me`: as the sign-in answered it. */
  async start(me = null) {
    await this.outbox.load();
    this.kept.tidy(Date.now() - DRAFTS_STAY);
    await this.day.restore();
    if (me) this.day.take({ me });
    this.#listen();
    this.#follow();
    this.live.start();
    this.send();
    if (!this.day.me) await this.#load();
    this.#beTold();
  }

  stop() {
    this.#stopped.abort();
    clearTimeout(this.#sendTimer);
    this.live.stop();
    this.positions.wanted = false;
    this.outbox.close();
  }

  /** Send what waits; where that fails, again a little later. Resolves to true when nothing waits any more. */
  async send({ all = false } = {}) {
    clearTimeout(this.#sendTimer);
    if (this.#stopped.signal.aborted) return false;
    const done = await this.outbox.drain({ all });
    this.#attempts = done ? 0 : this.#attempts + 1;
    if (this.outbox.waiting.length) this.#sendLater();
    return done;
  }

  forgetDevice() {
    return forgetDevice();
  }

  #sendLater() {
    const wait = SEND_AGAIN[Math.min(Math.max(this.#attempts - 1, 0), SEND_AGAIN.length - 1)];
    this.#sendTimer = setTimeout(() => !document.hidden && this.send(), wait);
  }

  #listen() {
    const { signal } = this.#stopped;
    const on = (target, type, run) => target.addEventListener(type, run, { signal });
    on(this.day, 'change', () => this.#follow());
    on(this.outbox, 'signed-out', () => this.#signedOut());
    on(this.outbox, 'refused', () => this.refresh());
    on(this.outbox, 'change', () => this.outbox.waiting.length && this.#sendLater());
    on(this.live, 'hello', this.refresh);
    on(this.live, 'reload', this.refresh);
    on(this.live, 'change', this.refresh);
    on(this.live, 'signed-out', () => this.#signedOut());
    on(this.live, 'state', ({ detail }) => detail === 'live' && this.send());
    on(this.positions, 'arrived', ({ detail }) => this.day.takeTask(detail));
    on(globalThis, 'online', () => this.send());
    on(document, 'visibilitychange', () => this.send({ all: document.hidden }));
    on(globalThis, 'pagehide', () => this.send({ all: true }));
    if (navigator.serviceWorker) on(navigator.serviceWorker, 'message', ({ data }) => this.#told(data));
    const idle = setInterval(() => this.day.idle && !document.hidden && this.refresh(), IDLE_LOOK);
    signal.addEventListener('abort', () => clearInterval(idle));
  }

  /** What the service worker says: a message came, was tapped, or it is time to send. */
  #told(data) {
    this.send();
    this.refresh();
    if (data?.tapped) this.dispatchEvent(new CustomEvent('open', { detail: { task: data.tapped } }));
  }

  #follow() {
    this.positions.wanted = this.day.positionsWanted;
    this.positions.bay = this.day.task?.bay ?? null;
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
