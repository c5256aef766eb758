/**
 * A call for help. It waits behind nothing: it is posted at once, then every few seconds until the server has it,
 * with the same id, so that it is one alarm however often it is sent. It holds no secret, and lies in the clear: a
 * page that is loaded again, or a phone that is locked by a PIN, goes on calling.
 */

import { get, newId, post } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { metresBetween } from '../positions.js';

export const EVERY = 4_000;
const TAKE_BACK_WITHIN = 30_000; // then a supervisor asks all the same (domain/safety.py)
const KEPT = 'openpatrol-sos';
const LEFT = 'openpatrol-sos-left';
const MOVED_M = 25;
const REFUSED = 3; // places that the server would not have; then it is asked to take no more of them

/** Is this fix worth sending after that one? */
export function isBetter(fix, sent) {
  if (!sent || sent.lon === undefined) return true;
  return fix.accuracy_m < sent.accuracy_m / 2 || metresBetween(fix, sent) >= MOVED_M;
}

/**
 * Emits `change`. Its `state`:
 *   none · sending (no answer yet) · unreached (it has reached nobody) · signed-out (nobody: a sign-in is needed)
 *   sent · seen (a supervisor is on it) · taking-back · taken-back · over (a supervisor has put it away)
 */
export class Call extends EventTarget {
  #storage;
  #person;
  #name;
  #locate;
  #call;
  #said = null;
  #timer = null;
  #stopLocating = () => {};
  #placed = null;
  #refused = 0;
  #ended = null;
  state = 'none';
  place = null;

  /** `person()`, `name()`: whose phone it is just now. `locate(take)`: gives fixes until the function that it answers is called. */
  constructor({ storage, person, name = () => '', locate }) {
    super();
    this.#name = name;
    this.#storage = storage;
    this.#person = person;
    this.#locate = locate;
    this.#call = JSON.parse(storage.getItem(KEPT) ?? 'null');
    this.#said = this.#call?.said ?? null;
    if (this.#call) this.#goOn();
  }

  get open() {
    return this.#call !== null;
  }

  /** When it began, in milliseconds by the server's clock. */
  get at() {
    return this.#call?.at ?? null;
  }

  /** As the server has it: { id, raised_at, acknowledged_at, cleared_at, resolved_at }, or null. */
  get said() {
    return this.#said;
  }

  /** Milliseconds until "it was nothing" no longer closes it by itself; nought when that has passed. */
  get takeBackLeft() {
    const since = this.#said ? Date.parse(this.#said.raised_at) : this.at;
    return Math.max(since + TAKE_BACK_WITHIN - now(), 0);
  }

  /** Help. `place` is the last fix, { lon, lat, accuracy_m }, or nothing. */
  begin(place = {}) {
    if (this.open && !this.#call.back) return;
    this.#stop();
    this.#said = null;
    [this.#placed, this.#refused] = [null, 0];
    this.place = place.lon === undefined ? null : place;
    this.#keep({ id: newId(), person: this.#person(), name: this.#name(), at: now(), said: null, back: null });
    this.#goOn();
  }

  /** It was nothing. */
  takeBack() {
    if (!this.open || this.#call.back) return;
    this.#keep({ ...this.#call, back: { id: newId(), recorded_at: new Date(now()).toISOString() } });
    this.#set('taking-back');
    this.#sendBack();
  }

  /**
   * Calls of officers who had this phone before, which have reached nobody: [{ id, person, name, at }]. They are kept
   * until their officer signs in, or somebody has seen to it.
   */
  get left() {
    return JSON.parse(this.#storage.getItem(LEFT) ?? '[]');
  }

  /** Somebody has the phone in hand, signed in: an own call goes on, another's is not sent in their name. */
  takenUpBy(person) {
    if (this.open && this.#call.person && this.#call.person !== person) this.#leave();
    const own = this.left.find((call) => call.person === person);
    if (own) this.putAway(own.id);
    if (!this.open && own) this.#keep({ ...own, said: null, back: null });
    if (this.open) this.#goOn();
  }

  /** Somebody has seen to a call that was left here. */
  putAway(id) {
    this.#keepLeft(this.left.filter((call) => call.id !== id));
    this.#changed();
  }

  /** What the server knows of an open call that this phone does not: it was made on another. */
  adopt(said) {
    if (!said || this.open || said.id === this.#ended) return;
    this.#said = said;
    this.#keep({ id: null, person: this.#person(), at: Date.parse(said.raised_at), said, back: null });
    this.#goOn();
  }

  /** Try again at once: there is a network again, or something has changed at the server. */
  look() {
    if (this.#timer) this.#tick();
  }

  /** Only what has reached nobody, and was not taken back, is still to be answered for. */
  #leave() {
    const { id, person, name, at, back } = this.#call;
    if (!this.#said && !back) this.#keepLeft([...this.left.filter((call) => call.person !== person), { id, person, name, at }]);
    this.#end('none');
  }

  #keepLeft(calls) {
    if (calls.length) this.#storage.setItem(LEFT, JSON.stringify(calls));
    else this.#storage.removeItem(LEFT);
  }

  #goOn() {
    this.#stop();
    this.#timer = setInterval(() => this.#tick(), EVERY);
    this.#stopLocating = this.#locate((fix) => this.#take(fix));
    this.#set(this.#stateNow());
    this.#tick();
  }

  #tick() {
    if (this.#isElsewhere()) return this.#end('none');
    if (this.#call.back) return this.#sendBack();
    return this.#said ? this.#ask() : this.#send();
  }

  /** Another page of this phone has left it, or taken it back, before anybody had it. */
  #isElsewhere() {
    return !this.#said && JSON.parse(this.#storage.getItem(KEPT) ?? 'null')?.id !== this.#call.id;
  }

  #stateNow() {
    if (this.#call.back) return 'taking-back';
    if (!this.#said) return 'sending';
    return this.#said.acknowledged_at ? 'seen' : 'sent';
  }

  async #send() {
    const { id } = this.#call;
    const { place } = this;
    await this.#attempt(id, async () => {
      const said = await this.#post(id, place);
      return () => {
        this.#answered(said);
        this.#follow();
      };
    });
  }

  /** A strange place must not stop a call for help: it goes without one, at once. */
  async #post(id, place) {
    try {
      const said = await post('/sos', { id, ...place });
      this.#placed = place;
      return said;
    } catch (error) {
      if (error.status !== 422 || !place) throw error;
      this.#refused += 1;
      if (this.place === place) this.place = null;
      return this.#said ?? post('/sos', { id });
    }
  }

  async #ask() {
    if (globalThis.document?.hidden) return;
    await this.#attempt(this.#call.id, async () => {
      const { sos } = await get('/me');
      return () => {
        if (!sos) return this.#end('over');
        this.#answered(sos);
        return this.#follow();
      };
    });
  }

  /** A call that may have reached the server without an answer is looked for there before it is forgotten. */
  async #sendBack() {
    const { id, back } = this.#call;
    await this.#attempt(id, async () => {
      const alert = this.#said ?? (await get('/me')).sos;
      const said = alert && (await post(`/sos/${alert.id}/cancel`, back));
      return () => this.#end('taken-back', said);
    });
  }

  /** Run it; what it answers is done only if the call is still this one. */
  async #attempt(id, run) {
    try {
      const done = await run();
      if (this.#call?.id === id) done();
    } catch (error) {
      if (error.status === undefined) throw error;
      if (this.#call?.id === id) this.#failed(error);
    }
  }

  #answered(said) {
    if (said.resolved_at || said.cleared_at) return this.#end('over', said);
    this.#said = said;
    this.#keep({ ...this.#call, said });
    return this.#set(this.#stateNow());
  }

  #failed({ status }) {
    if (status === 401) this.#stop();
    if (this.#call.back) return [403, 404].includes(status) ? this.#end('taken-back') : this.#set('taking-back');
    if (status === 401) return this.#set('signed-out');
    return this.#set(this.#said ? this.#stateNow() : 'unreached');
  }

  #take(fix) {
    if (!isBetter(fix, this.place)) return;
    this.place = fix;
    this.#changed();
    this.#follow();
  }

  /** The supervisors hear of a better place as soon as they have the call; of one that was lost on its way, again. */
  #follow() {
    const wanted = this.#call?.id && this.#said && this.#refused < REFUSED;
    if (wanted && this.place && isBetter(this.place, this.#placed)) this.#send();
  }

  #end(state, said = this.#said) {
    this.#stop();
    this.#said = said;
    this.#ended = said?.id ?? null;
    if (!this.#isElsewhere()) this.#storage.removeItem(KEPT);
    this.#call = null;
    this.#set(state);
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#stopLocating();
    this.#stopLocating = () => {};
  }

  #keep(call) {
    this.#call = call;
    this.#storage.setItem(KEPT, JSON.stringify(call));
  }

  #set(state) {
    this.state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
