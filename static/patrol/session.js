/**
 * Who has this phone in hand. A phone is shared: what one officer leaves behind is sealed, and the next sees none
 * of it. A sign-in lasts over restarts; with a PIN the phone asks for that.
 */

import { ApiError, get, post, speakFor } from '../shared/api.js';
import { now, offset } from '../shared/clock.js';
import { Kept } from './store/kept.js';
import { PHOTO } from './store/order.js';
import { Outbox } from './store/outbox.js';
import { Sent } from './store/sent.js';
import { Keyring } from './store/vault.js';
import { send } from './store/sender.js';
import { Photos } from './store/photos.js';
import { forgetSettings } from './settings.js';
import { bytesOf } from '../shared/bytes.js';
import { itIs, itIsNobodys, tellsWhose, whose } from './whose.js';

const SHUT = 'openpatrol-shut'; // only a password opens this phone: whose sign-in has ended, and the server is still to be told
const CLOCK_MAY_BE_OFF = 86_400_000;

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
    return whose();
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
      if (error.left === 0) this.#shut(this.last.id);
      throw error;
    }
  }

  /** Must somebody sign in by password, although the browser may still hold a sign-in? */
  get isShut() {
    return localStorage.getItem(SHUT) !== null;
  }

  /** After wrong PINs, and after a sign-out without a network: the sign-in ends at the server as soon as it can be told. */
  async tellEnd() {
    if (!this.isShut) return;
    speakFor(localStorage.getItem(SHUT)); // who has signed in since, at the desk, is not meant
    if (await this.#ended()) this.reopen();
  }

  /** A password was right, or there is no sign-in any more that could be misused. */
  reopen() {
    speakFor(null);
    localStorage.removeItem(SHUT);
  }

  async hasPin() {
    return (await this.state()) === 'locked';
  }

  /** From now on this PIN opens what is theirs; null: none is asked for. Raises ApiError: the key comes from the server. */
  async setPin(pin) {
    const { key } = await this.askKey();
    await this.#keyring.keep(this.#person, bytesOf(key), pin);
  }

  /** { key }: that of whoever is signed in. Raises ApiError. */
  askKey() {
    return get('/vault');
  }

  /** Somebody has signed in, and the server gave their key. */
  async begin({ id, name }, { key }) {
    if (this.last && this.last.id !== id) await this.#keyring.forget(this.last.id); // behind a PIN that nobody asks for any more
    const vault = await this.#keyring.keep(id, bytesOf(key));
    itIs({ id, name });
    return this.#own(vault);
  }

  /** The key goes; what waits to be sent stays, sealed, until its officer signs in again. */
  async forget(own) {
    own?.outbox.close();
    const person = own?.person ?? this.last?.id;
    this.#person = null;
    speakFor(null);
    if (person) await this.#keyring.forget(person);
    if (this.last?.id === person) itIsNobodys();
    await own?.kept.clear().catch(() => {}); // what stays is sealed, and the key is gone
  }

  /** Sign out, at the server first: where it can't be reached the answer is false, and all is as it was. */
  async signOut(own) {
    this.#shut(own.person);
    const ended = await this.#ended();
    if (ended) await this.forget(own);
    this.reopen();
    return ended;
  }

  /** Sign out without a network: nobody can sign in before there is one, and the server is told then. */
  async leave(own) {
    this.#shut(own.person);
    await this.forget(own);
  }

  /** When somebody else has signed in, or the officer out, in another page of this phone: what is sent would be theirs. */
  onTakenOver(run) {
    addEventListener('storage', (event) => tellsWhose(event) && this.#person && this.last?.id !== this.#person && run());
  }

  /** Away with what has lain here too long. A phone whose clock is days off does not know what that is. */
  async tidy({ person, outbox }) {
    if (Math.abs(offset()) > CLOCK_MAY_BE_OFF) return;
    const { tidy, UNSENT_FOR } = await import('./store/tidy.js'); // not needed for the first screen
    await tidy(this.#database, { person, steps: outbox.steps, at: Date.now() });
    forgetSettings(Date.now() - UNSENT_FOR);
  }

  /** How many steps of others wait on this phone. */
  async ofOthers(person = null) {
    const rows = await this.#database.getAll('outbox');
    return rows.filter((row) => row.person !== person).length;
  }

  #shut(person) {
    localStorage.setItem(SHUT, person);
  }

  /** True once the server has said that this sign-in opens nothing any more. */
  async #ended() {
    try {
      await post('/sign-out');
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.status === 401;
    }
  }

  #own(vault) {
    this.#person = vault.person;
    speakFor(vault.person);
    const photos = new Photos(this.#database, vault);
    const kept = new Kept(this.#database, vault);
    const outbox = new Outbox({
      database: this.#database,
      vault,
      send: (step, received) => send(step, photos, received),
      forget: ({ kind, about }) => kind === PHOTO && photos.remove(about.sighting, about.sha256),
    });
    const sent = new Sent(kept);
    outbox.addEventListener('sent', ({ detail: { step, until } }) => until(sent.note(step, now())));
    return { person: vault.person, kept, outbox, photos, sent };
  }
}
