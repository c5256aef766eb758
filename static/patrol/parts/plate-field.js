import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { write } from '../../shared/write.js';
import { looksBritish, misreadings, normalPlate, spaced, written } from '../plates.js';
import './rights-line.js';

/** The number plate: a field of the form around it (`plate`), with quiet help. Nothing that is typed is refused. */
export class PlateField extends HTMLElement {
  #task = null;
  #before = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<label for="plate">${say('plate')}</label>
      <input id="plate" name="plate" class="plate" autocomplete="off" autocapitalize="characters" autocorrect="off"
        spellcheck="false" maxlength="20" enterkeyhint="done" aria-describedby="plate-hint">
      <p id="plate-hint" class="small" role="status"></p>
      <div class="row readings"></div>
      <rights-line></rights-line>`);
    this.addEventListener('input', (event) => !event.isComposing && this.#typed());
    this.addEventListener('change', () => this.#left());
    this.addEventListener('click', ({ target }) => target.closest('.readings button') && this.#take(target.closest('button').value));
  }

  /** The task whose car it is on, and the plate (a normal one) that was read there before, or null. */
  begin(task, before) {
    this.#task = task;
    this.#before = before;
    this.show();
  }

  get #input() {
    return this.querySelector('input');
  }

  /** Say anew what there is to say about the plate: after a form was filled in. */
  show() {
    const plate = normalPlate(this.#input.value);
    this.#hint(plate);
    this.querySelector('rights-line').askSoon(this.#task, this.#task && plate && (looksBritish(plate) || plate.length > 3) ? plate : null);
  }

  #typed() {
    const { value, selectionStart } = this.#input;
    const shown = written(value, selectionStart);
    if (shown.value !== value) {
      this.#input.value = shown.value;
      this.#input.setSelectionRange(shown.caret, shown.caret);
    }
    this.show();
  }

  #left() {
    const plate = normalPlate(this.#input.value);
    if (plate) this.#input.value = spaced(plate);
  }

  #hint(plate) {
    const odd = plate !== null && plate.length > 4 && !looksBritish(plate);
    const hint = this.querySelector('#plate-hint');
    write(hint, this.#wordsAbout(plate, odd));
    hint.classList.toggle('now', Boolean(this.#before && plate && plate !== this.#before && !this.#before.startsWith(plate)));
    this.querySelector('.readings').replaceChildren(html`${odd && misreadings(plate).map((reading) => html`<button type="button"
      value="${reading}">${say('plate-is-it', { plate: spaced(reading) })}</button>`)}`);
  }

  #wordsAbout(plate, odd) {
    const before = this.#before;
    if (before && plate === before) return say('plate-as-before');
    if (before && plate && !before.startsWith(plate)) return say('plate-another', { plate: spaced(before) });
    return odd ? say('plate-odd') : '';
  }

  #take(plate) {
    this.#input.value = spaced(plate);
    this.#input.focus();
    this.#input.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

customElements.define('plate-field', PlateField);
