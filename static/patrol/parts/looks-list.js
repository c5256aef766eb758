import { zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';
import { spaced } from '../plates.js';
import { positionWords } from './valve-faces.js';

/**
 * The looks that were recorded, each with a way to add to it. Set `kept`, where what is being typed outlives the page.
 * Emits `addendum` {sighting, text, draft}: the draft is done with once that is kept; and where they are `correctable`
 * `misread` {sighting}.
 */
export class LooksList extends HTMLElement {
  kept = null;
  correctable = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<ol class="looks"></ol>`);
    this.addEventListener('submit', (event) => this.#add(event));
    this.addEventListener('click', ({ target }) => target.matches('[name=misread]') && this.#tell('misread', { sighting: target.value }));
    this.addEventListener('input', ({ target }) => this.#draftOf(target.form).save({ text: target.value }));
  }

  /** `looks` as `looksOf` tells them; `photosWaiting(id)`: how many photos of a look are still on the phone. */
  show(looks, photosWaiting = () => 0) {
    this.hidden = looks.length === 0;
    const rows = looks.map((look) => ({ ...look, waiting: photosWaiting(look.id), correctable: this.correctable && !look.misread_at }));
    keyed(this.querySelector('ol'), rows, { key: ({ id }) => id, mark: markOf, draw: row });
    for (const form of this.querySelectorAll('form:not([data-begun])')) this.#restore(form);
  }

  async #restore(form) {
    form.dataset.begun = '';
    const { text } = await this.#draftOf(form).load();
    if (!text || form.elements.text.value) return;
    form.elements.text.value = text;
    form.closest('details').open = true;
  }

  #draftOf({ dataset: { look } }) {
    return this.kept.draft(`addendum ${look}`);
  }

  #add(event) {
    event.preventDefault();
    const { text } = Object.fromEntries(new FormData(event.target));
    if (!text.trim()) return;
    const detail = { sighting: event.target.dataset.look, text: text.trim(), draft: this.#draftOf(event.target) };
    event.target.reset();
    event.target.closest('details').open = false;
    this.#tell('addendum', detail);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function markOf({ at, plate, front, rear, note, photos, addenda, unsent, waiting, misread_at: misread, correctable }) {
  return JSON.stringify([at, plate, front, rear, note, photos.length, addenda.length, unsent, waiting, misread, correctable]);
}

function row(look) {
  const { id, note, addenda, misread_at: misread, correctable } = look;
  const chosen = look.photos.filter((photo) => photo.chosen).length;
  return html`<li class="tight"><p><strong>${clock(look.at, zone())}</strong> ${misread ? html`<s>${lookWords(look)}</s>` : lookWords(look)}</p>
    ${misread && html`<p class="soon">${say('look-misread-at', { at: clock(misread, zone()) })}</p>`}
    ${chosen > 0 && html`<p class="small muted">${say('photo-chosen', { count: chosen })}</p>`}
    ${note && html`<p class="muted">${note}</p>`}
    ${addenda.map(({ text }) => html`<p class="muted">${say('look-added', { text })}</p>`)}
    <p class="small ${look.unsent || look.waiting ? 'soon' : 'fine'}">${sentWords(look)}</p>
    <details><summary>${say('look-add')}</summary><form data-look="${id}" class="stack">
      <div class="tight"><label for="add-${id}">${say('look-add-what')}</label>
        <textarea id="add-${id}" name="text" rows="2" maxlength="2000" data-focus="add"></textarea></div>
      <button>${say('look-add-record')}</button></form></details>
    ${correctable && html`<button type="button" name="misread" value="${id}" data-focus="misread">${say('look-misread')}</button>`}</li>`.firstElementChild;
}

/** "AB12 CDE · front 3 o’clock, rear 9 o’clock · 2 photos" */
export function lookWords({ plate, front, rear, photos }) {
  return [
    plate ? spaced(plate) : say('look-without-plate'),
    front && rear && say('look-valves', { front: positionWords(front), rear: positionWords(rear) }),
    photos.length > 0 && say('look-photos', { count: photos.length }),
  ].filter(Boolean).join(' · ');
}

function sentWords({ unsent, waiting }) {
  if (unsent) return say('look-unsent');
  return waiting ? say('look-photos-waiting', { count: waiting }) : say('look-sent');
}

customElements.define('looks-list', LooksList);
