import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { drawn, MOST_PHOTOS, photoOf } from '../camera.js';
import { isFull } from '../store/database.js';

const THUMB = 144; // pixels: sharp on a dense screen

/**
 * The photos of one look: taken, made small, hashed and kept on the phone at once. Emits `photos` when there are
 * others; `taken` lists them as { sha256, size, taken_at, lon, lat, accuracy_m }.
 */
export class PhotoStrip extends HTMLElement {
  #owner = null;
  #store = null;
  #place = () => ({});
  taken = [];

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="pair">
        <label class="button">${say('photo-take')}<input class="unseen" type="file" accept="image/*" capture="environment"></label>
        <label class="button">${say('photo-choose')}<input class="unseen" type="file" accept="image/*" multiple></label>
      </div>
      <p class="small" role="status"></p><ul class="thumbs"></ul>`);
    this.addEventListener('change', (event) => event.target.type === 'file' && this.#chosen(event));
    this.addEventListener('input', (event) => event.target.type === 'file' && event.stopPropagation());
    this.addEventListener('click', ({ target }) => target.closest('.thumbs button') && this.#remove(target.closest('button').value));
  }

  /** `owner`: the id of the look that they are of; `taken`: those that were taken before; `place()`: where this is. */
  async begin({ owner, store, place, taken }) {
    [this.#owner, this.#store, this.#place] = [owner, store, place];
    this.#say('');
    const kept = await Promise.all(taken.map(async (photo) => ((await store.get(owner, photo.sha256)) ? photo : null)));
    if (owner !== this.#owner) return;
    this.taken = kept.filter(Boolean);
    await this.#draw();
  }

  async #chosen(event) {
    event.stopPropagation();
    const { target } = event;
    const files = [...target.files];
    target.value = '';
    for (const file of files) await this.#take(file);
  }

  async #take(file) {
    if (this.taken.length >= MOST_PHOTOS) return this.#say(say('photo-most', { most: MOST_PHOTOS }));
    this.#say(say('photo-keeping'));
    const about = { taken_at: new Date(now()).toISOString(), ...this.#place() };
    try {
      const { bytes, sha256, size } = await photoOf(file);
      if (this.taken.some((photo) => photo.sha256 === sha256)) return this.#say(say('photo-same'));
      await this.#store.keep(this.#owner, sha256, bytes);
      return await this.#changed([...this.taken, { sha256, size, ...about }]);
    } catch (error) {
      return this.#say(say(isFull(error) ? 'photo-full' : 'photo-unreadable'));
    }
  }

  async #remove(sha256) {
    await this.#store.remove(this.#owner, sha256);
    await this.#changed(this.taken.filter((photo) => photo.sha256 !== sha256));
    this.querySelector('input').focus();
  }

  async #changed(taken) {
    this.taken = taken;
    this.dispatchEvent(new Event('photos', { bubbles: true }));
    await this.#draw();
    this.#say(say('photo-count', { count: taken.length, most: MOST_PHOTOS }));
  }

  async #draw() {
    const owner = this.#owner;
    const thumbs = await Promise.all(this.taken.map((photo) => this.#thumb(photo)));
    if (owner !== this.#owner) return;
    this.querySelector('.thumbs').replaceChildren(html`${this.taken.map(({ sha256 }, index) => html`<li>${thumbs[index]}
      <button type="button" value="${sha256}" aria-label="${say('photo-remove', { number: index + 1 })}">×</button></li>`)}`);
  }

  async #thumb({ sha256 }) {
    const bytes = await this.#store.get(this.#owner, sha256);
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    const canvas = drawn(picture, THUMB);
    picture.close();
    return canvas;
  }

  #say(words) {
    this.querySelector('[role=status]').textContent = words;
  }
}

customElements.define('photo-strip', PhotoStrip);
