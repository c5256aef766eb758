/** What arrived today, so that its officer can see that it did. Sealed; gone with the sign-out. */

const NAME = 'sent';
const MOST = 200;
const DAY = 86_400_000;

export class Sent {
  #kept;
  #last = Promise.resolve();

  constructor(kept) {
    this.#kept = kept;
  }

  /** Times in milliseconds, by the server's clock. */
  note({ id, kind, about: { street, reference, spot, sighting }, body: { recorded_at: recordedAt } }, at) {
    const entry = { id, kind, about: { street, reference, spot, sighting }, recorded_at: recordedAt, at };
    this.#last = this.#last.then(() => this.#add(entry)).catch(() => {}); // it is no evidence: that lies with the server
    return this.#last;
  }

  /** The newest first. */
  async since(at) {
    await this.#last;
    return this.#all(at);
  }

  async #all(since) {
    return ((await this.#kept.get(NAME)) ?? []).filter(({ at }) => at >= since);
  }

  async #add(entry) {
    const known = await this.#all(entry.at - DAY);
    await this.#kept.put(NAME, [entry, ...known.filter(({ id }) => id !== entry.id)].slice(0, MOST));
  }
}
