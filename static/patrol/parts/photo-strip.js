import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { drawn, knownOf, MOST_PHOTOS } from '../camera.js';
import { LookPhotos } from '../look-photos.js';

const THUMB = 144; // pixels: sharp on a dense screen

/**
 * The photos of one look: taken, made small, hashed and kept on the phone at once. Emits `photos` when anything of them
 * changes, and `undoable` {words, undo} when one was removed.
 */
export class PhotoStrip extends HTMLElement {
  #photos = null;
  #place = () => ({});
  #turned = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="pair">
        <label class="button">${say('photo-take')}<input class="unseen" type="file" accept="image/*" capture="environment"></label>
        <label class="button">${say('photo-choose')}<input class="unseen" type="file" accept="image/*" multiple></label>
      </div>
      <p class="small" role="status"></p><ul class="thumbs"></ul><p class="small muted chosen" hidden></p>`);
    this.addEventListener('change', (event) => event.target.type === 'file' && this.#chosen(event));
    this.addEventListener('input', (event) => event.target.type === 'file' && event.stopPropagation());
    this.addEventListener('click', ({ target }) => target.closest('.thumbs button') && this.#remove(target.closest('button').value));
  }

  /** Turn to a look: `place()` is where this is, all else as `LookPhotos.of` takes it. */
  async begin({ place, ...look }) {
    this.#turned?.abort();
    this.#turned = new AbortController();
    const photos = LookPhotos.of(look);
    [this.#photos, this.#place] = [photos, place];
    photos.addEventListener('change', () => this.#show(), { signal: this.#turned.signal });
    this.#say(photos.making ? say('photo-keeping') : '');
    this.#tell();
    await photos.forgetLost();
    await this.#draw(photos);
  }

  get taken() {
    return this.#photos?.taken ?? [];
  }

  get removed() {
    return this.#photos?.removed ?? [];
  }

  settled() {
    return this.#photos?.settled();
  }

  /** True while a photo is not there yet. */
  get making() {
    return (this.#photos?.making ?? 0) > 0;
  }

  #chosen(event) {
    event.stopPropagation();
    const { target } = event;
    const files = [...target.files];
    target.value = '';
    const known = { chosen: !target.hasAttribute('capture'), at: now(), place: this.#place() };
    if (files.length) this.#photos?.take(files, (file) => knownOf(file, known));
  }

  async #remove(sha256) {
    const undo = await this.#photos.remove(sha256);
    this.querySelector('input').focus();
    this.dispatchEvent(new CustomEvent('undoable', { detail: { words: say('photo-removed'), undo }, bubbles: true }));
  }

  async #show() {
    const { making, trouble, taken } = this.#photos;
    const words = trouble ? say(trouble, { most: MOST_PHOTOS }) : say('photo-count', { count: taken.length, most: MOST_PHOTOS });
    this.#say(making ? say('photo-keeping') : words);
    this.#tell();
    await this.#draw(this.#photos);
  }

  async #draw(photos) {
    const { taken } = photos;
    const thumbs = await Promise.all(taken.map(async (photo) => thumbOf(await photos.bytes(photo))));
    if (photos !== this.#photos || taken !== photos.taken) return;
    const count = taken.filter(({ chosen }) => chosen).length;
    this.querySelector('.chosen').hidden = count === 0;
    this.querySelector('.chosen').textContent = say('photo-chosen', { count });
    this.querySelector('.thumbs').replaceChildren(html`${taken.map(({ sha256, chosen }, index) => html`<li>${thumbs[index]}
      ${chosen && html`<span class="small">${say('photo-chosen-mark')}</span>`}
      <button type="button" value="${sha256}" aria-label="${say('photo-remove', { number: index + 1 })}">×</button></li>`)}`);
  }

  #tell() {
    this.dispatchEvent(new Event('photos', { bubbles: true }));
  }

  #say(words) {
    this.querySelector('[role=status]').textContent = words;
  }
}

async function thumbOf(bytes) {
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const canvas = drawn(picture, THUMB);
  picture.close();
  return canvas;
}

customElements.define('photo-strip', PhotoStrip);
