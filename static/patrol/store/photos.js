/** The bytes of photos that the server does not have yet, sealed; and how far each was sent. */

export class Photos {
  #database;
  #vault;

  constructor(database, vault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** Raises the browser's error when its storage is full. `owner` is the sighting, or the draft, that it is of. */
  async keep(owner, sha256, bytes) {
    const sealed = await this.#vault.sealBytes(bytes, placeOf(sha256));
    await this.#database.put('photos', { sighting: owner, sha256, person: this.#vault.person, size: bytes.byteLength, at: Date.now(), sealed });
  }

  /** An ArrayBuffer, or null. */
  async get(owner, sha256) {
    const row = await this.#database.get('photos', [owner, sha256]);
    return row ? this.#vault.openBytes(row.sealed, placeOf(sha256)) : null;
  }

  async remove(owner, sha256) {
    await this.#database.delete('photos', [owner, sha256]);
  }
}

function placeOf(sha256) {
  return `photo ${sha256}`;
}
