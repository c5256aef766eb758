/**
 * Who has this phone in hand. A phone is shared: what one officer leaves behind is sealed, and the next sees none
 * of it. A sign-in lasts over restarts; with a PIN the phone asks for that.
 */

import { get, post } from '../shared/api.js';
import { now } from '../shared/clock.js';
import { Kept } from './store/kept.js';
import { PHOTO } from './store/order.js';
import { Outbox } from './store/outbox.js';
import { Sent } from './store/sent.js';
import { Keyring } from './store/vault.js';
import { send } from './store/sender.js';
import { Photos } from './store/photos.js';
import { bytesOf } from './bytes.js';

const SHUT = 'openpatrol-shut'; // only a password opens this phone: `sign-out` is still to be told to the server
const LAST = 'openpatrol-person'; // who was here last: id and name, so that a PIN is asked of somebody

export class Session {
  #database;
  #keyring;
  #person = null; // whose work this page has in hand

  constructor(database) {
    this.#database = database;
    this.#keyring = new Keyring(database);
  }

  /** { id, name } of whoever had the phone last, or null. */
  get last() {
    return JSON.parse(localStorage.getItem(LAST) ?? 'null');
  }

  /** `open`: they go on where they were. `locked`: their PIN is asked for. `none`: somebody has to sign in. */
  async state() {
    return this.last ? this.#keyring.state(this.last.id) : 'none';
  }

  /** What the last one here left, while their key lies open; null otherwise. */
  async resume() {
    const vault = this.last && (await this.#keyring.vault(this.last.id));
    return vault ? this.#own(vault) : null;
  }

  /** Raises WrongPin; after the last one only a password opens the phone. */
  async unlock(pin) {
    try {
      return this.#own(await this.#keyring.unlock(this.last.id, pin));
    } catch (error) {
      if (error.left === 0) localStorage.setItem(SHUT, 'wrong-pin');
      throw error;
    }
  }

  /**
   * Must somebody sign in by password, although the browser may still hold a sign-in? After wrong PINs, and after a
   * sign-out that the server has not heard of: it is told first.
   */
  async isShut() {
    const why = localStorage.getItem(SHUT);
    if (why === 'sign-out') await post('/sign-out').catch(() => {});
    return why !== null;
  }

  /** A password was right. */
  reopen() {
    localStorage.removeItem(SHUT);
  }

  async hasPin() {
    return (await this.state()) === 'locked';
  }

  /** From now on this PIN opens what is theirs; null: none is asked for. Raises ApiError: the key comes from the server. */
  async setPin(pin) {
    const { key } = await this.askKey();
    await this.#keyring.keep(this.last.id, bytesOf(key), pin);
  }

  /** { key }: that of whoever is signed in. Raises ApiError. */
  askKey() {
    return get('/vault');
  }

  /** Somebody has signed in, and the server gave their key. */
  async begin({ id, name }, { key }) {
    const vault = await this.#keyring.keep(id, bytesOf(key));
    localStorage.setItem(LAST, JSON.stringify({ id, name }));
    return this.#own(vault);
  }

  /** The key goes; what waits to be sent stays, sealed, until its officer signs in again. */
  async forget(own) {
    own?.outbox.close();
    this.#person = null;
    if (this.last) await this.#keyring.forget(this.last.id);
    localStorage.removeItem(LAST);
    await own?.kept.clear().catch(() => {}); // what stays is sealed, and the key is gone
  }

  /** Sign out at the server, too. Raises ApiError where it can't be reached. */
  async signOut(own) {
    localStorage.setItem(SHUT, 'sign-out');
    await post('/sign-out');
    localStorage.removeItem(SHUT);
    await this.forget(own);
  }

  /** When somebody else has signed in, or the officer out, in another page of this phone: what is sent would be theirs. */
  onTakenOver(run) {
    addEventListener('storage', ({ key }) => (key === LAST || key === null) && this.#person && this.last?.id !== this.#person && run());
  }

  /** How many steps of others wait on this phone. */
  async ofOthers(person = null) {
    const rows = await this.#database.getAll('outbox');
    return rows.filter((row) => row.person !== person).length;
  }

  #own(vault) {
    this.#person = vault.person;
    const photos = new Photos(this.#database, vault);
    const kept = new Kept(this.#database, vault);
    const outbox = new Outbox({
      database: this.#database,
      vault,
      send: (step, received) => send(step, photos, received),
      forget: ({ kind, about }) => kind === PHOTO && photos.remove(about.sighting, about.sha256),
    });
    const sent = new Sent(kept);
    outbox.addEventListener('sent', ({ detail: { step } }) => sent.note(step, now()));
    return { person: vault.person, kept, outbox, photos, sent };
  }
}
