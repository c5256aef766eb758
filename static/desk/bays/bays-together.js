import { post } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { chooseFields, chosenIn, fillFields, knownRestrictions, restrictionOptions } from './choose.js';
import { Page } from './page.js';
import { instantOf, number } from './words.js';

const LIMIT = 120_000; // ms

/** Many bays are to allow something else from one moment on: how many is shown first. */
export class BaysTogether extends Page {
  #asked = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<form name="together" class="card stack"><div class="errors" role="alert" hidden></div>
        <fieldset><legend>Which bays</legend><div class="fields">${chooseFields()}</div></fieldset>
        <fieldset><legend>What they are to allow</legend><div class="fields">
          <p class="tight"><label for="together-what">From then on they allow</label><select id="together-what" name="restriction" required></select></p>
          <p class="tight"><label for="together-from">From <span class="muted">(empty: now)</span></label><input id="together-from" name="valid_from" type="datetime-local"></p></div></fieldset>
        <button class="main">Show how many would change</button></form>
      <section class="said stack" aria-live="polite"></section>`);
    const form = this.$('form');
    fillFields(form, this.desk.zones);
    knownRestrictions(true).then((items) => form.elements.restriction.replaceChildren(restrictionOptions(items, 'Choose')), () => {});
    this.onSubmit('together', () => this.#preview(form));
    form.addEventListener('input', () => this.$('.said').replaceChildren());
    this.onDo('change', () => this.#change(form));
  }

  async #preview(form) {
    const { restriction, valid_from: from } = form.elements;
    this.#asked = { which: chosenIn(form), restriction_id: restriction.value, ...(from.value && { valid_from: instantOf(from.value) }) };
    await this.attempt(async () => {
      const { changed, same } = await post('/bays/restrictions/preview', this.#asked, LIMIT);
      this.#asked.expected = changed;
      const words = restriction.selectedOptions[0].textContent;
      this.$('.said').replaceChildren(html`<p><strong>${number(changed, 'bay changes', 'bays change')}</strong> to “${words}”.
        ${same > 0 && `${number(same, 'allows', 'allow')} just that already.`}</p>
        ${changed > 0 ? html`<button type="button" class="main" data-do="change">Change ${number(changed, 'bay', 'bays')}</button>` : html`<p>There is nothing to change.</p>`}`);
    }, null, form);
  }

  async #change(form) {
    const button = this.$('[data-do=change]');
    button.disabled = true;
    button.textContent = 'Changing…';
    const { expected } = this.#asked;
    const done = await this.attempt(() => post('/bays/restrictions', this.#asked, LIMIT), null, form);
    if (this.isConnected) this.$('.said').replaceChildren(done ? html`<p class="fine">${number(expected, 'bay was', 'bays were')} changed. Cars there are judged anew.</p>` : '');
  }
}

customElements.define('bays-together', BaysTogether);
