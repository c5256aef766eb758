/**
 * One officer's own on a phone that others use too. Everything is sealed by a key that the server gives to this
 * officer alone (GET /vault): AES-256 in GCM, each record bound to its place, so that none can be put in another's.
 *
 * The key rests on the phone as one that scripts can use but not read; with a PIN it rests wrapped by a key made
 * of the PIN (PBKDF2, OWASP's 600,000 rounds of SHA-256), and a few wrong PINs throw it away: then the officer
 * signs in again and the server gives it anew. A PIN keeps a colleague out, not a laboratory.
 */

const ALGORITHM = 'AES-GCM';
const ROUNDS = 600_000;
export const WRONG_PINS = 5;

export class WrongPin extends Error {
  /** `left`: tries before the key is thrown away. */
  constructor(left) {
    super('That is not your PIN.');
    Object.assign(this, { name: 'WrongPin', left });
  }
}

/** Seals and opens for one person. `place` names where the record lies. */
export class Vault {
  #key;

  constructor(person, key) {
    this.person = person;
    this.#key = key;
  }

  async seal(value, place) {
    return this.sealBytes(new TextEncoder().encode(JSON.stringify(value)), place);
  }

  async open(sealed, place) {
    return JSON.parse(new TextDecoder().decode(await this.openBytes(sealed, place)));
  }

  async sealBytes(bytes, place) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt(this.#means(iv, place), this.#key, bytes) };
  }

  async openBytes({ iv, data }, place) {
    return crypto.subtle.decrypt(this.#means(iv, place), this.#key, data);
  }

  #means(iv, place) {
    return { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(`${this.person} ${place}`) };
  }
}

/** The keys of those who use this phone. */
export class Keyring {
  #database;
  #rounds;

  constructor(database, rounds = ROUNDS) {
    this.#database = database;
    this.#rounds = rounds;
  }

  /** Keep a person's key (32 bytes), locked where a PIN is given. Answers their vault. */
  async keep(person, bytes, pin = null) {
    const key = await crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt', 'decrypt']);
    const row = pin ? { person, locked: await this.#lock(bytes, pin), wrong: 0 } : { person, key };
    await this.#database.put('keys', row);
    return new Vault(person, key);
  }

  /** `open`: no PIN is asked for. `locked`: one is. `none`: the person has to sign in. */
  async state(person) {
    const row = await this.#database.get('keys', person);
    if (!row) return 'none';
    return row.locked ? 'locked' : 'open';
  }

  /** The vault of a person whose key lies open; null otherwise. */
  async vault(person) {
    const row = await this.#database.get('keys', person);
    return row?.key ? new Vault(person, row.key) : null;
  }

  /** The vault behind a PIN. Raises WrongPin; the last wrong one throws the key away. */
  async unlock(person, pin) {
    const row = await this.#database.get('keys', person);
    if (!row?.locked) return null;
    try {
      const bytes = await this.#unlock(row.locked, pin);
      if (row.wrong) await this.#database.put('keys', { ...row, wrong: 0 });
      const key = await crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt', 'decrypt']);
      return new Vault(person, key);
    } catch {
      return this.#refuse(row);
    }
  }

  async #refuse(row) {
    const wrong = row.wrong + 1;
    await (wrong < WRONG_PINS ? this.#database.put('keys', { ...row, wrong }) : this.forget(row.person));
    throw new WrongPin(WRONG_PINS - wrong);
  }

  /** What this person left stays, and stays sealed until they sign in again. */
  async forget(person) {
    await this.#database.delete('keys', person);
  }

  async #lock(bytes, pin) {
    const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
    const data = await crypto.subtle.encrypt({ name: ALGORITHM, iv }, await this.#keyOf(pin, salt), bytes);
    return { salt, iv, data };
  }

  async #unlock({ salt, iv, data }, pin) {
    return crypto.subtle.decrypt({ name: ALGORITHM, iv }, await this.#keyOf(pin, salt), data);
  }

  async #keyOf(pin, salt) {
    const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
    const means = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: this.#rounds };
    return crypto.subtle.deriveKey(means, secret, { name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
  }
}
