import { newId } from '../../shared/api.js';
import { errorList } from '../../shared/error-list.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { faultsOf, seen } from '../seen.js';
import './photo-strip.js';
import './plate-field.js';
import './valve-faces.js';

const PHRASES = ['nobody', 'driver', 'badge', 'loading', 'ticket', 'signs', 'tinted'];

/**
 * One look at a car. Emits `sighting` {seen, photos}. What is filled in is kept at every keystroke, under the id that
 * the look will have, its photos too: a reload, a crash or another tab loses nothing.
 */
export class SightingForm extends HTMLElement {
  #turned = null; // the draft that it turns to
  #typing = false;
  #look = null; // { id, draft } of what is filled in; null until that is here

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(draw());
    this.addEventListener('input', () => this.#save());
    this.addEventListener('change', () => this.#save());
    this.addEventListener('photos', () => this.#waitForPhotos());
    this.addEventListener('click', ({ target }) => target.closest('[data-phrase]') && this.#insert(target.closest('button').textContent));
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * Turn to a task: `draft` is what was typed for it before, `before` the last look at its car, or null. A draft whose
   * look is among those `recorded` (their ids) is done with.
   */
  async begin({ task, draft, before, recorded, store, place }) {
    const another = draft !== this.#turned;
    [this.#turned, this.#look, this.#typing] = [draft, null, false];
    this.refuse(null);
    if (another) this.#fill({}); // what is typed from now on belongs to this task
    const kept = await draft.load();
    if (draft !== this.#turned) return;
    const typed = recorded.has(kept.id) ? {} : kept;
    const look = { id: typed.id ?? newId(), draft };
    this.#fill({ plate: before?.plate ?? '', ...typed, ...(this.#typing && this.#written) });
    this.#part('plate-field').begin(task, before?.plate ?? null);
    this.#look = look;
    const keep = (...photos) => (this.isConnected && look === this.#look ? this.#save() : keepPhotos(look, ...photos));
    await this.#part('photo-strip').begin({ owner: look.id, store, place, taken: typed.photos ?? [], removed: typed.removed, keep });
    if (this.#typing && look === this.#look) this.#save();
  }

  /** True while something of a look that was not recorded stands here: nothing is to be put in its place. */
  holds(draft, recorded) {
    return this.#typing && draft === this.#turned && !recorded.has(this.#look?.id);
  }

  /** What is missing ({ message, errors }), at its field; null takes the words away. */
  refuse(error) {
    const place = this.querySelector('.errors');
    place.hidden = error === null;
    place.replaceChildren(error === null ? '' : errorList(error));
    for (const field of this.querySelectorAll('input, textarea')) {
      const wrong = error?.errors.some(({ field: name }) => name === field.name) ?? false;
      if (wrong) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    }
    if (error) place.scrollIntoView({ block: 'nearest' });
  }

  #part(name) {
    return this.querySelector(name);
  }

  /** What stands in the fields. */
  get #written() {
    return Object.fromEntries([...new FormData(this.querySelector('form'))].filter(([, text]) => text));
  }

  get #typed() {
    const { plate, valve_front, valve_rear, note } = Object.fromEntries(new FormData(this.querySelector('form')));
    const { taken: photos, removed } = this.#part('photo-strip');
    return { id: this.#look.id, plate, valve_front, valve_rear, note, photos, removed };
  }

  /** Resolves when no photo is being made any more. */
  settled() {
    return this.#part('photo-strip').settled();
  }

  async #save() {
    this.#typing = true;
    if (!this.#look) return;
    const kept = await this.#look.draft.save(this.#typed);
    this.querySelector('.full').hidden = kept;
  }

  /** A look goes with all its photos, or not yet. */
  #waitForPhotos() {
    this.querySelector('button.main').disabled = this.#part('photo-strip').making;
  }

  #submit() {
    if (!this.#look) return null;
    const typed = this.#typed;
    const faults = faultsOf(typed);
    if (faults.length) return this.refuse({ message: faults[0].detail, errors: faults });
    this.refuse(null);
    const detail = { seen: { id: typed.id, ...seen(typed) }, photos: typed.photos };
    return this.dispatchEvent(new CustomEvent('sighting', { detail, bubbles: true }));
  }

  #insert(words) {
    const note = this.querySelector('[name=note]');
    note.value = [note.value.trimEnd(), words].filter(Boolean).join(' ');
    note.focus();
    this.#save();
  }

  #fill(typed) {
    const form = this.querySelector('form');
    form.reset();
    for (const name of ['plate', 'valve_front', 'valve_rear', 'note']) form.elements[name].value = typed[name] ?? '';
    this.#part('valve-faces').fold();
    this.#part('valve-faces').show();
  }
}

/** Of a look that its officer has left meanwhile. */
async function keepPhotos({ id, draft }, photos, removed) {
  const typed = await draft.load();
  if (typed.id === id) await draft.save({ ...typed, photos, removed });
}

function draw() {
  return html`<form class="stack" novalidate>
    <div class="errors" role="alert" hidden></div>
    <plate-field class="tight"></plate-field>
    <valve-faces></valve-faces>
    <photo-strip></photo-strip>
    <div class="tight"><label for="note">${say('note')}</label>
      <textarea id="note" name="note" rows="2" maxlength="2000"></textarea>
      <details><summary>${say('note-phrases')}</summary>
        <div class="row phrases">${PHRASES.map((name) => html`<button type="button" data-phrase="${name}">${
          say(`phrase-${name}`)}</button>`)}</div></details></div>
    <p class="full soon" role="status" hidden>${say('typed-not-kept')}</p>
    <button class="main">${say('look-record')}</button>
  </form>`;
}

customElements.define('sighting-form', SightingForm);
