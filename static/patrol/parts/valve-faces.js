import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

const WHEELS = ['front', 'rear'];
const HOURS = Array.from({ length: 12 }, (_, index) => index + 1);

/**
 * Where the valves of two tyres stand, on a clock face for each, one at a time and large. They are fields of the form
 * around it: `valve_front` and `valve_rear`, 1 to 12, or empty for a valve that was not seen.
 */
export class ValveFaces extends HTMLElement {
  #byHand = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="valve-title">${say('valves')}</p>
      <div class="pair wheels">${WHEELS.map((wheel) => html`<button type="button" data-wheel="${wheel}" aria-expanded="false"
        aria-controls="face-${wheel}"></button>`)}</div>
      ${WHEELS.map(face)}`);
    this.addEventListener('click', ({ target }) => target.closest('button') && this.#turn(target.closest('button').dataset.wheel));
    this.addEventListener('pointerdown', () => { this.#byHand = true; });
    this.addEventListener('keydown', () => { this.#byHand = false; });
    this.addEventListener('change', ({ target }) => this.#chosen(target));
    this.show();
  }

  /** Say anew what is chosen: after a form was filled in. */
  show() {
    for (const button of this.querySelectorAll('button')) {
      const { wheel } = button.dataset;
      button.textContent = say(`valve-${wheel}`, { at: positionWords(this.#value(wheel)) });
    }
  }

  /** Both faces away. */
  fold() {
    this.#open(null);
  }

  /** With a thumb one goes on to the other wheel; with a keyboard one stays. */
  #chosen({ name, value }) {
    this.show();
    if (!this.#byHand) return;
    this.#byHand = false;
    const other = name === 'valve_front' && value && !this.#value('rear') ? 'rear' : null;
    this.#open(other);
    this.querySelector(`button[data-wheel=${other ?? name.replace('valve_', '')}]`).focus();
  }

  #turn(wheel) {
    const opens = this.querySelector(`#face-${wheel}`).hidden;
    this.#open(opens ? wheel : null);
    if (opens) this.querySelector(`#face-${wheel}`).scrollIntoView({ block: 'nearest' });
  }

  #open(wheel) {
    for (const each of WHEELS) {
      this.querySelector(`#face-${each}`).hidden = each !== wheel;
      this.querySelector(`button[data-wheel=${each}]`).setAttribute('aria-expanded', String(each === wheel));
    }
  }

  #value(wheel) {
    return this.querySelector(`[name=valve_${wheel}]:checked`)?.value ?? '';
  }
}

/** "3 o’clock", "not seen" */
export function positionWords(hour) {
  return hour ? say('valve-at', { hour: Number(hour) }) : say('valve-not-seen');
}

function face(wheel) {
  return html`<fieldset class="face" id="face-${wheel}" hidden>
    <legend class="unseen">${say(`valve-${wheel}-where`)}</legend>
    ${HOURS.map((hour) => html`<label><input type="radio" name="valve_${wheel}" value="${hour}"
      aria-label="${say('valve-at', { hour })}"><span>${hour}</span></label>`)}
    <label class="none"><input type="radio" name="valve_${wheel}" value="" checked><span>${say('valve-not-seen')}</span></label>
  </fieldset>`;
}

customElements.define('valve-faces', ValveFaces);
