/**
 * The photos of one look, and those that are still being made small. A photo belongs to the look that it was taken
 * for, wherever its officer goes meanwhile: while one is being made, or was removed and can come back, there is one
 * list of that look, in whichever form it is shown.
 */

import { UNDO_FOR } from '../shared/undo.js';
import { MOST_PHOTOS, photoOf } from './camera.js';
import { isFull } from './store/database.js';

const LONGEST_WAIT = 5_000; // ms; who ends a visit is not kept waiting for a picture
const atWork = new Map(); // by the look's id

/** Emits `change`. */
export class LookPhotos extends EventTarget {
  #owner;
  #store;
  #keep;
  #make;
  #removed;
  #going = new Map(); // by its hash, what was removed a moment ago
  /** How many are being made. */
  making = 0;
  /** What was wrong with the last one, by the name of its words; or null. */
  trouble = null;

  constructor({ owner, store, taken, removed = [], keep, make = photoOf }) {
    super();
    [this.#owner, this.#store, this.#removed, this.#keep, this.#make] = [owner, store, removed, keep, make];
    this.taken = taken;
  }

  /**
   * Those of the look with the id `owner`. `taken`: as its draft lists them, { sha256, size, taken_at, lon, lat,
   * accuracy_m, chosen }; `removed`: the hashes of those that were going when the page was closed; `keep(taken, removed)`
   * puts both into that draft whenever there are others.
   */
  static of(look) {
    const photos = atWork.get(look.owner);
    if (!photos) return new LookPhotos(look);
    photos.#keep = look.keep;
    return photos;
  }

  /** Pictures that were taken, or chosen. `about(file)`: what is known of it, as `knownOf` tells it. */
  async take(files, about) {
    atWork.set(this.#owner, this);
    this.making += files.length;
    await this.#changed(null);
    for (const file of files) {
      const trouble = await this.#add(file, about(file));
      this.making -= 1;
      await this.#changed(trouble);
    }
    this.#rest();
  }

  /** Resolves when none is being made any more, or after a while. */
  async settled() {
    const late = AbortSignal.timeout(LONGEST_WAIT);
    while (this.making && !late.aborted) {
      await new Promise((done) => [[this, 'change'], [late, 'abort']].forEach(([target, type]) => target.addEventListener(type, done, { once: true })));
    }
  }

  /** Its bytes stay for a moment. Answers what brings it back: false where it is gone for good. */
  async remove(sha256) {
    const index = this.taken.findIndex((photo) => photo.sha256 === sha256);
    const timer = setTimeout(() => this.#forget(sha256), UNDO_FOR);
    this.#going.set(sha256, { photo: this.taken[index], index, timer });
    atWork.set(this.#owner, this);
    this.taken = this.taken.filter((photo) => photo.sha256 !== sha256);
    await this.#changed(null);
    return () => this.#back(sha256);
  }

  async #back(sha256) {
    const { photo, index } = this.#stay(sha256) ?? {};
    if (!photo) return false;
    this.taken = [...this.taken.slice(0, index), photo, ...this.taken.slice(index)];
    await this.#changed(null);
    return true;
  }

  /** It is going no more: what it was, or nothing. */
  #stay(sha256) {
    const going = this.#going.get(sha256);
    clearTimeout(going?.timer);
    this.#going.delete(sha256);
    this.#rest();
    return going;
  }

  async #forget(sha256) {
    this.#stay(sha256);
    await this.#store.remove(this.#owner, sha256);
  }

  #rest() {
    if (!this.making && !this.#going.size) atWork.delete(this.#owner);
  }

  /** The hashes of those that were removed and can come back. */
  get removed() {
    return [...this.#going.keys()];
  }

  /** Its bytes; null where the phone has them no more. */
  bytes({ sha256 }) {
    return this.#store.get(this.#owner, sha256);
  }

  /** What the phone has no more is no photo of it, and what was going when the page was closed goes. */
  async forgetLost() {
    const left = this.#removed.filter((sha256) => !this.#going.has(sha256) && this.taken.every((photo) => photo.sha256 !== sha256));
    this.#removed = [];
    await Promise.all(left.map((sha256) => this.#store.remove(this.#owner, sha256)));
    const bytes = await Promise.all(this.taken.map((photo) => this.bytes(photo)));
    const lost = new Set(this.taken.filter((_, index) => !bytes[index]));
    this.taken = this.taken.filter((photo) => !lost.has(photo));
  }

  async #add(file, about) {
    if (this.taken.length >= MOST_PHOTOS) return 'photo-most';
    try {
      const { bytes, sha256, size } = await this.#make(file);
      if (this.taken.some((photo) => photo.sha256 === sha256)) return 'photo-same';
      this.#stay(sha256);
      await this.#store.keep(this.#owner, sha256, bytes);
      this.taken = [...this.taken, { sha256, size, ...about }];
      return null;
    } catch (error) {
      return isFull(error) ? 'photo-full' : 'photo-unreadable';
    }
  }

  async #changed(trouble) {
    this.trouble = trouble;
    await Promise.allSettled([this.#keep(this.taken, this.removed)]); // what could not be kept is kept with the next change
    this.dispatchEvent(new Event('change'));
  }
}
