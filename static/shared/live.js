/** The live feed: what changed, as it changes; and when it is silent, asking instead. */

import { inTheirName } from './api.js';
import { EventReader } from './event-stream.js';

/**
 * Milliseconds. The server pings every 5 s, so 11 s without a byte mean that nobody is there. The feed is then tried
 * once more, and asking begins: within 15 s of the last sign of life.
 */
export const TIMING = { silence: 11_000, firstPoll: 1_500, poll: 15_000, wait: 1_000, longestWait: 15_000, rest: 10_000 };

/** How long to wait before the next attempt; `chance` (0 to 1) keeps phones from coming back all at once. */
export function backoff(failures, timing = TIMING, chance = Math.random()) {
  const wait = Math.min(timing.wait * 2 ** Math.max(failures - 1, 0), timing.longestWait);
  return wait * (0.5 + chance / 2);
}

/**
 * Events: `hello` (connected; load everything), `change` (detail: the journal's entry), `reload` (what was
 * known is void; load everything), `state` (detail: connecting, live, checking or none), `signed-out`.
 * `poll` is called while the feed is away; it says by its promise whether the server answers.
 *
 * With `rests` it hangs up while nobody sees the page (a phone in a pocket is told by push), and goes on where it was
 * when somebody does.
 *
 * Not an EventSource, for that one hides the pings, by which alone a silent feed differs from a dead one.
 */
export class Live extends EventTarget {
  #url;
  #poll;
  #timing;
  #rests;
  #cursor = null;
  #stop = null;
  #pollTimer = null;
  #wake = () => {};
  state = 'connecting';

  constructor({ url = '/api/v1/live', poll, timing = TIMING, rests = false }) {
    super();
    this.#url = url;
    this.#poll = poll;
    this.#timing = timing;
    this.#rests = rests;
  }

  /** From `cursor` on, where what was before is known already: no `hello` is told then. */
  start(cursor = null) {
    this.stop();
    this.#cursor = cursor;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const wake = () => visible() && this.#wake();
    globalThis.addEventListener?.('online', wake, { signal });
    globalThis.document?.addEventListener('visibilitychange', wake, { signal });
    signal.addEventListener('abort', () => this.#wake());
    this.#run(signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
    this.#cursor = null;
    this.#endPolling();
  }

  async #run(signal) {
    for (let failures = 0; !signal.aborted; ) {
      const heard = await this.#listen(signal);
      if (signal.aborted) return;
      if (this.#rests && !visible()) {
        failures = 0;
        await this.#rest();
        continue;
      }
      failures = heard ? 1 : failures + 1;
      this.#lost();
      await this.#pause(backoff(failures, this.#timing));
    }
  }

  /** Until somebody sees the page. */
  async #rest() {
    this.#endPolling();
    this.#setState('connecting');
    await new Promise((resolve) => { this.#wake = resolve; });
  }

  /** Hangs up a while after the page is hidden, unless it is seen again before that. */
  #leaveWhenHidden(hangUp, signal) {
    if (!this.#rests) return;
    let timer = null;
    const follow = () => {
      clearTimeout(timer);
      timer = visible() ? null : setTimeout(hangUp, this.#timing.rest);
    };
    document.addEventListener('visibilitychange', follow, { signal });
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    follow();
  }

  /** Listens until the feed ends; true if it was heard at all. */
  async #listen(signal) {
    const connection = new AbortController();
    const hangUp = () => connection.abort();
    signal.addEventListener('abort', hangUp);
    const over = new AbortController();
    this.#leaveWhenHidden(hangUp, over.signal);
    const watch = new Watch(this.#timing.silence, hangUp);
    try {
      const response = await this.#open(connection.signal);
      if (response.status === 401) this.#signedOut();
      if (!response.ok) return false;
      await this.#follow(response.body, watch);
      return true;
    } catch {
      return this.state === 'live';
    } finally {
      watch.end();
      over.abort();
      signal.removeEventListener('abort', hangUp);
    }
  }

  #open(signal) {
    const query = this.#cursor ? `?cursor=${encodeURIComponent(this.#cursor)}` : '';
    const headers = { Accept: 'text/event-stream', ...inTheirName() };
    return fetch(this.#url + query, { headers, signal, credentials: 'same-origin', cache: 'no-store' });
  }

  async #follow(body, watch) {
    const reader = new EventReader();
    const pieces = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      watch.heard();
      this.#alive();
      reader.read(piece.value).forEach((event) => this.#take(event));
    }
  }

  #take({ type, id, data }) {
    if (type === 'hello') return this.#hello(JSON.parse(data));
    if (type === 'reload') return this.#reload(data);
    if (type === 'signed-out') return this.#signedOut();
    if (id) this.#cursor = id;
    if (type === 'change') this.#tell('change', JSON.parse(data));
  }

  #hello(said) {
    // After a gap the server goes on from our cursor: nothing was missed, nothing needs loading.
    const resumed = this.#cursor !== null;
    this.#cursor ??= said.cursor;
    if (!resumed) this.#tell('hello', said);
  }

  #reload(data) {
    this.#cursor = data ? (JSON.parse(data).cursor ?? null) : null;
    this.#tell('reload');
  }

  #signedOut() {
    this.stop();
    this.#tell('signed-out');
  }

  #alive() {
    this.#endPolling();
    this.#setState('live');
  }

  #lost() {
    if (this.state === 'live') this.#setState('connecting');
    this.#pollTimer ??= setTimeout(() => this.#ask(), this.#timing.firstPoll);
  }

  async #ask() {
    const timer = this.#pollTimer;
    const answered = visible() ? await this.#poll().then(() => true, () => false) : null;
    if (this.#pollTimer !== timer) return;
    if (answered !== null) this.#setState(answered ? 'checking' : 'none');
    this.#pollTimer = setTimeout(() => this.#ask(), this.#timing.poll);
  }

  #endPolling() {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = null;
  }

  #setState(state) {
    if (state === this.state) return;
    this.state = state;
    this.#tell('state', state);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class Watch {
  #after;
  #bark;
  #timer;

  constructor(after, bark) {
    this.#after = after;
    this.#bark = bark;
    this.heard();
  }

  heard() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#bark, this.#after);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

function visible() {
  return globalThis.document?.visibilityState !== 'hidden';
}
