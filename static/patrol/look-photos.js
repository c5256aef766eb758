/**
 * The photos of one look, and those that are still being made small. A photo belongs to the look that it was taken
 * for, wherever its officer goes meanwhile: while one is being made there is one list of that look, in whichever form
 * it is shown.
 */

import { MOST_PHOTOS, photoOf } from './camera.js';
import { isFull } from './store/database.js';

const inTheMaking = new Map(); // by the look's id

/** Emits `change`. */
export class LookPhotos extends EventTarget {
  #owner;
  #store;
  #keep;
  #make;
  /** How many are being made. */
  making = 0;
  /** What was wrong with the last one, by the name of its words; or null. */
  trouble = null;

  constructor({ owner, store, taken, keep, make = photoOf }) {
    super();
    [this.#owner, this.#store, this.#keep, this.#make] = [owner, store, keep, make];
    this.taken = taken;
  }

  /**
   * Those of the look with the id `owner`. `taken`: as its draft lists them, { sha256, size, taken_at, lon, lat,
   * accuracy_m }; `keep(taken)` puts them into that draft whenever there are others.
   */
  static of(look) {
    const photos = inTheMaking.get(look.owner);
    if (!photos) return new LookPhotos(look);
    photos.#keep = look.keep;
    return photos;
  }

  /** Pictures that were taken just now. `about`: when and where. */
  async take(files, about) {
    inTheMaking.set(this.#owner, this);
    this.making += files.length;
    await this.#changed(null);
    for (const file of files) {
      const trouble = await this.#add(file, about);
      this.making -= 1;
      await this.#changed(trouble);
    }
    if (!this.making) inTheMaking.delete(this.#owner);
  }

  async remove(sha256) {
    await this.#store.remove(this.#owner, sha256);
    this.taken = this.taken.filter((photo) => photo.sha256 !== sha256);
    await this.#changed(null);
  }

  /** Its bytes; null where the phone has them no more. */
  bytes({ sha256 }) {
    return this.#store.get(this.#owner, sha256);
  }

  /** What the phone has no more is no photo of it. */
  async forgetLost() {
    const bytes = await Promise.all(this.taken.map((photo) => this.bytes(photo)));
    const lost = new Set(this.taken.filter((_, index) => !bytes[index]));
    this.taken = this.taken.filter((photo) => !lost.has(photo));
  }

  async #add(file, about) {
    if (this.taken.length >= MOST_PHOTOS) return 'photo-most';
    try {
      const { bytes, sha256, size } = await this.#make(file);
      if (this.taken.some((photo) => photo.sha256 === sha256)) return 'photo-same';
      await this.#store.keep(this.#owner, sha256, bytes);
      this.taken = [...this.taken, { sha256, size, ...about }];
      return null;
    } catch (error) {
      return isFull(error) ? 'photo-full' : 'photo-unreadable';
    }
  }

  async #changed(trouble) {
    this.trouble = trouble;
    await Promise.allSettled([this.#keep(this.taken)]); // what could not be kept is kept with the next change
    this.dispatchEvent(new Event('change'));
  }
}
