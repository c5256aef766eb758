import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { byNeed, typed } from '../endings.js';

const RIGHTS = ['permit', 'payment', 'badge'];
const WAITS = [5, 10, 20, 30];

const FIELDS = {
  which: () => html`<fieldset class="pair choices"><legend>${say('outcome-which')}</legend>${RIGHTS.map((right) => html`<button
    name="which" value="${right}">${say(`outcome-${right}`)}</button>`)}</fieldset>`,
  minutes: () => html`<fieldset class="pair choices"><legend>${say('outcome-minutes')}</legend>${WAITS.map((minutes) => html`<button
    name="minutes" value="${minutes}">${say('span-minutes', { minutes })}</button>`)}</fieldset>`,
  reference: () => html`<p class="tight"><label for="reference">${say('outcome-reference')}</label>
    <input id="reference" name="reference" maxlength="100" autocomplete="off" required></p>
    <button>${say('outcome-record')}</button>`,
  preparation_began_at: () => html`<p class="tight"><label for="began">${say('outcome-began')}</label>
    <input id="began" name="preparation_began_at" type="time" required></p>
    <button>${say('outcome-record')}</button>`,
};

/**
 * How the visit ended: one tap, or what must be said with it and one more. The usual ends stand first, the others
 * behind "More"; "unsafe" is always in sight. Emits `outcome` {outcome, details} and `unsafe`. What is typed is kept at
 * every keystroke, by the end that it belongs to.
 */
export class OutcomeForm extends HTMLElement {
  #drawn = '';
  #draft = null;
  #typed = {};

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="stack">
      <div class="usual"></div>
      <details class="others"><summary class="button">${say('outcome-more')}</summary><div class="menu"></div></details>
      <button type="button" class="grave" value="unsafe">${say('outcome-unsafe')}</button></div>`);
    this.addEventListener('click', ({ target }) => this.#tapped(target.closest('button')));
    this.addEventListener('submit', (event) => this.#submit(event));
    this.addEventListener('input', ({ target }) => this.#save(target.form));
  }

  /** `outcomes`: those that can be said here, as GET /outcomes lists them; `visit`: { looked, begun }, how far it has come. */
  show(outcomes, visit) {
    const { usual, others } = byNeed(outcomes, visit);
    const drawn = JSON.stringify([usual, others]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.querySelector('.usual').replaceChildren(html`${usual.map(choice)}`);
    this.querySelector('.menu').replaceChildren(html`${others.map(choice)}`);
    this.#restore();
  }

  /** Of another visit: nothing is open but what was begun in it. `draft`: what was typed before, by outcome. */
  async begin(draft) {
    this.querySelectorAll('details').forEach((each) => { each.open = false; });
    this.querySelectorAll('form').forEach((form) => form.reset());
    [this.#draft, this.#typed] = [draft, {}];
    const kept = await draft.load();
    if (draft !== this.#draft) return;
    this.#typed = { ...kept, ...this.#typed };
    this.#restore();
  }

  #save(form) {
    this.#typed = { ...this.#typed, [form.dataset.outcome]: Object.fromEntries(new FormData(form)) };
    this.#draft?.save(this.#typed);
  }

  #restore() {
    for (const form of this.querySelectorAll('form')) this.#fill(form, this.#typed[form.dataset.outcome] ?? {});
  }

  #fill(form, typed) {
    const begun = Object.entries(typed).filter(([name, text]) => text && form.elements[name]);
    for (const [name, text] of begun) form.elements[name].value = text;
    if (!begun.length) return;
    for (let each = form.closest('details'); each && this.contains(each); each = each.parentElement.closest('details')) each.open = true;
  }

  #tapped(button) {
    if (button?.value === 'unsafe') this.#tell('unsafe', {});
    else if (button?.name === 'outcome') this.#tell('outcome', { outcome: button.value, details: {} });
  }

  #submit(event) {
    event.preventDefault();
    const { target: form, submitter } = event;
    if (!form.checkValidity()) return form.querySelector(':invalid').focus();
    const said = Object.fromEntries(new FormData(form, submitter));
    return this.#tell('outcome', { outcome: form.dataset.outcome, details: typed(said, now(), zone()) });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function choice({ value, words, needs }) {
  if (!needs.length) return html`<button type="button" name="outcome" value="${value}">${words}</button>`;
  return html`<details><summary class="button">${words}</summary>
    <form class="stack needs" data-outcome="${value}" novalidate>${needs.map((need) => FIELDS[need]())}</form></details>`;
}

customElements.define('outcome-form', OutcomeForm);
