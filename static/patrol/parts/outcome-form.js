import { errorList } from '../../shared/error-list.js';
import { html } from '../../shared/html.js';

const RIGHTS = [['permit', 'A permit'], ['payment', 'A payment'], ['badge', 'A blue badge']];

const FIELDS = {
  which: () => html`<p class="tight"><label for="which">Which was seen?</label><select id="which" name="which">
    <option value="">Choose</option>${RIGHTS.map(([value, words]) => html`<option value="${value}">${words}</option>`)}
    </select></p>`,
  minutes: () => html`<p class="tight"><label for="minutes">Look again in how many minutes?</label>
    <input id="minutes" name="minutes" inputmode="numeric" value="20" autocomplete="off"></p>`,
  reference: () => html`<p class="tight"><label for="reference">The incident’s reference</label>
    <input id="reference" name="reference" maxlength="100" autocomplete="off"></p>`,
  preparation_began_at: () => html`<p class="tight"><label for="began">When did you begin the notice?</label>
    <input id="began" name="preparation_began_at" type="time"></p>`,
};

/** How the visit ended. Emits `outcome` {outcome, details}, and `unsafe`. */
export class OutcomeForm extends HTMLElement {
  #outcomes = [];
  #drawn = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="stack" novalidate>
      <fieldset><legend class="unseen">How it ended</legend><div class="outcomes"></div>
        <div class="needs stack"></div></fieldset>
      <div class="errors" role="alert" hidden></div>
      <button class="main">Record and close</button>
      <button type="button" class="grave" value="unsafe">Unsafe here</button>
    </form>`);
    this.addEventListener('change', (event) => event.target.name === 'outcome' && this.#choose(event.target.value));
    this.addEventListener('submit', (event) => this.#submit(event));
    this.querySelector('[value=unsafe]').addEventListener('click', () => this.#tell('unsafe', {}));
  }

  /** As GET /outcomes lists them. */
  set outcomes(outcomes) {
    const drawn = JSON.stringify(outcomes);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#outcomes = outcomes;
    this.querySelector('.outcomes').replaceChildren(html`${outcomes
      .filter(({ value }) => value !== 'unsafe')
      .map(({ value, words }) => html`<label class="choice"><input type="radio" name="outcome" value="${value}">
        <span>${words}</span></label>`)}`);
  }

  begin() {
    this.querySelector('form').reset();
    this.#choose('');
  }

  /** What is missing before this outcome can stand (an ApiError); null takes the words away. */
  refuse(error) {
    const place = this.querySelector('.errors');
    place.hidden = error === null;
    place.replaceChildren(error === null ? '' : errorList(error));
    if (error !== null) place.scrollIntoView({ block: 'nearest' });
  }

  #choose(outcome) {
    const needs = this.#outcomes.find(({ value }) => value === outcome)?.needs ?? [];
    const place = this.querySelector('.needs');
    place.replaceChildren(html`${needs.map((need) => FIELDS[need]?.())}`);
    this.querySelector('input:checked')?.closest('label').after(place);
    this.refuse(null);
  }

  #submit(event) {
    event.preventDefault();
    const { outcome, ...details } = Object.fromEntries(new FormData(event.target));
    if (!outcome) return this.refuse({ message: 'Choose how it ended.', errors: [] });
    this.refuse(null);
    this.#tell('outcome', { outcome, details: typed(details) });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** The details as the API takes them; what is empty, or no number of minutes, is left for it to ask for. */
function typed({ minutes = '', preparation_began_at: began = '', ...texts }) {
  const given = Object.entries(texts).filter(([, text]) => text.trim());
  return {
    ...Object.fromEntries(given),
    ...(/^\d+$/.test(minutes.trim()) && { minutes: Number(minutes) }),
    ...(began && { preparation_began_at: lastTime(began) }),
  };
}

/** The last moment at which a clock here showed this time: just before midnight may be yesterday. */
function lastTime(shown) {
  const [hours, minutes] = shown.split(':').map(Number);
  const at = new Date();
  at.setHours(hours, minutes, 0, 0);
  if (at > new Date()) at.setDate(at.getDate() - 1);
  return at.toISOString();
}

customElements.define('outcome-form', OutcomeForm);
