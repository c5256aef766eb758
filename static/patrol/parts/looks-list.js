import { zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';
import { spaced } from '../plates.js';
import { positionWords } from './valve-faces.js';

/**
 * The looks that were recorded, each with a way to add to it. Set `kept`, where what is being typed outlives the page.
 * Emits `addendum` {sighting, text, draft}: the draft is done with once that is kept.
 */
export class LooksList extends HTMLElement {
  kept = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<ol class="looks"></ol>`);
    this.addEventListener('submit', (event) => this.#add(event));
    this.addEventListener('input', ({ target }) => this.#draftOf(target.form).save({ text: target.value }));
  }

  /** `looks` as `looksOf` tells them; `photosWaiting(id)`: how many photos of a look are still on the phone. */
  show(looks, photosWaiting = () => 0) {
    this.hidden = looks.length === 0;
    const rows = looks.map((look) => ({ ...look, waiting: photosWaiting(look.id) }));
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
    this.dispatchEvent(new CustomEvent('addendum', { detail, bubbles: true }));
  }
}

function markOf({ at, plate, front, rear, note, photos, addenda, unsent, waiting }) {
  return JSON.stringify([at, plate, front, rear, note, photos.length, addenda.length, unsent, waiting]);
}

function row(look) {
  const { id, note, addenda } = look;
  return html`<li class="tight"><p><strong>${clock(look.at, zone())}</strong> ${lookWords(look)}</p>
    ${note && html`<p class="muted">${note}</p>`}
    ${addenda.map(({ text }) => html`<p class="muted">${say('look-added', { text })}</p>`)}
    <p class="small ${look.unsent || look.waiting ? 'soon' : 'fine'}">${sentWords(look)}</p>
    <details><summary>${say('look-add')}</summary><form data-look="${id}" class="stack">
      <div class="tight"><label for="add-${id}">${say('look-add-what')}</label>
        <textarea id="add-${id}" name="text" rows="2" maxlength="2000" data-focus="add"></textarea></div>
      <button>${say('look-add-record')}</button></form></details></li>`.firstElementChild;
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
