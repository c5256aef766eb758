import { html } from '../../shared/html.js';
import { lookWords } from '../../shared/task-words.js';
import './outcome-form.js';
import './sighting-form.js';

/** What there is to do at the car: look, then say how it ended. Passes on `sighting`, `outcome`, `unsafe`. */
export class VisitSteps extends HTMLElement {
  #id;

  set outcomes(outcomes) {
    this.#form().outcomes = outcomes;
  }

  open(task, { kept }) {
    if (task.id !== this.#id) {
      this.#id = task.id;
      this.querySelector('sighting-form').begin(kept.draft(`sighting ${task.id}`));
      this.#form().begin(task.id);
    }
    this.querySelector('[data-looks]').textContent = seenWords(task);
  }

  /** Show what the server missed, beside the step that it belongs to. */
  refuse(step, error) {
    this.querySelector(step === 'sighting' ? 'sighting-form' : 'outcome-form').refuse(error);
  }

  sighted(id) {
    if (id === this.#id) this.querySelector('sighting-form').clear();
  }

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`
      <section class="card stack" aria-labelledby="look">
        <div class="tight"><h2 id="look">What you see</h2><p data-looks class="muted" role="status"></p></div>
        <sighting-form></sighting-form>
      </section>
      <section class="card stack" aria-labelledby="end">
        <h2 id="end">How it ended</h2>
        <outcome-form></outcome-form>
      </section>`);
  }

  #form() {
    return this.querySelector('outcome-form');
  }
}

function seenWords(task) {
  if (task.sightings_needed > 1) return lookWords(task);
  return task.sightings ? 'Your look is recorded. You can add another.' : 'Record a look before you serve a notice.';
}

customElements.define('visit-steps', VisitSteps);
