import { fieldErrors } from '../../shared/api.js';
import { errorList } from '../../shared/error-list.js';
import { html } from '../../shared/html.js';
import { seen } from '../seen.js';

const HOURS = Array.from({ length: 12 }, (_, index) => String(index + 1));

/** One look at a car. Emits `sighting` with what was filled in. What is typed survives a reload. */
export class SightingForm extends HTMLElement {
  #draft = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(draw());
    const form = this.querySelector('form');
    form.addEventListener('input', () => this.#draft?.save(Object.fromEntries(new FormData(form))));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.refuse(null);
      const detail = seen(Object.fromEntries(new FormData(form)));
      this.dispatchEvent(new CustomEvent('sighting', { detail, bubbles: true }));
    });
  }

  /** Turn to this task: with what was typed for it before, if anything. */
  async begin(draft) {
    this.#draft = draft;
    this.#fill({});
    this.refuse(null);
    const typed = await draft.load();
    if (draft === this.#draft) this.#fill(typed);
  }

  /** The sighting is with the server: the note is done, the plate is likely to be the same next time. */
  clear() {
    const { plate } = Object.fromEntries(new FormData(this.querySelector('form')));
    this.#fill({ plate });
    this.#draft.save({ plate });
  }

  /** What is wrong (an ApiError), at its field; null takes it away. */
  refuse(error) {
    const place = this.querySelector('.errors');
    place.hidden = error === null;
    place.replaceChildren(error === null ? '' : errorList(error));
    const wrong = error === null ? {} : fieldErrors(error);
    for (const field of this.querySelector('form').elements) {
      field.toggleAttribute('aria-invalid', false);
      if (field.name in wrong) field.setAttribute('aria-invalid', 'true');
    }
  }

  #fill(typed) {
    const form = this.querySelector('form');
    form.reset();
    for (const [name, value] of Object.entries(typed)) form.elements[name].value = value ?? '';
  }
}

function draw() {
  return html`<form class="stack" novalidate>
    <div class="errors" role="alert" hidden></div>
    <p class="tight"><label for="plate">Number plate</label>
      <input id="plate" name="plate" class="plate" autocomplete="off" autocapitalize="characters" spellcheck="false"
        maxlength="20"></p>
    <div class="pair">
      ${valve('valve_front', 'Front valve')}
      ${valve('valve_rear', 'Rear valve')}
    </div>
    <p class="muted small" id="valve-help">Valve positions as on a clock face: 12 is at the top.</p>
    <p class="tight"><label for="note">Note</label><textarea id="note" name="note" rows="2" maxlength="2000"></textarea></p>
    <button>Record what I see</button>
  </form>`;
}

function valve(name, words) {
  return html`<p class="tight"><label for="${name}">${words}</label>
    <select id="${name}" name="${name}" aria-describedby="valve-help"><option value="">Not noted</option>
      ${HOURS.map((hour) => html`<option value="${hour}">${hour} o’clock</option>`)}</select></p>`;
}

customElements.define('sighting-form', SightingForm);
