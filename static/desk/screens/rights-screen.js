import { get, patch, post, remove } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { bodyOf, changeForm, connectForm } from '../parts/provider-forms.js';
import { answerWords, factsOf, stateOf } from '../parts/provider-words.js';
import { acceptForm, refuseForm } from '../parts/refused-form.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

const EVERY = 10_000; // ms; breakers open and close by themselves

/** Who is asked whether a car may stay, and how they are doing. Administrators connect them, put right what they said of them, try them and part with them. */
export class RightsScreen extends Screen {
  #providers = [];

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Permits and payments</h1><settings-nav></settings-nav>
      <p class="muted">Before anybody is sent to a car, and again at the kerb, these are asked whether it may stay. Who can’t say is
        never taken for a no.</p>
      <p class="none card" hidden>Nobody is asked yet: every task says “rights not checked”, and codes that turn on a permit or a payment alone are off.</p>
      <ul class="plain-list providers"></ul>
      ${this.#mayChange && html`<details class="card"><summary>Connect a permit or payment system</summary>${connectForm()}</details>`}`);
    this.addEventListener('submit', (event) => this.#submit(event));
    this.addEventListener('click', ({ target }) => this.#part(target.closest('button[data-step="retire"]')));
    this.addEventListener('toggle', ({ target }) => this.#beginChange(target), { capture: true });
    this.onJournal(['provider'], () => this.#load());
    this.every(EVERY, () => this.#load());
    this.#load();
  }

  show() {
    this.querySelector('settings-nav').show(this.desk.me.person.role);
  }

  get #mayChange() {
    return this.desk.me.person.role === 'administrator';
  }

  async #load() {
    if (!(await this.attempt(async () => { this.#providers = (await get('/rights/providers')).items; }))) return;
    const mayChange = this.#mayChange;
    const rows = this.#providers.map(({ id, name, kind }) => ({ id, name, kind, mayChange }));
    keyed(this.querySelector('.providers'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw: drawProvider });
    for (const provider of this.#providers) this.#tell(provider);
    this.querySelector('.none').hidden = rows.length > 0;
  }

  /** What is being typed below it stays. */
  #tell(provider) {
    const told = this.querySelector(`[data-key="${provider.id}"] .told`);
    const mark = JSON.stringify([stateOf(provider), factsOf(provider)]);
    if (told.dataset.mark === mark) return;
    told.dataset.mark = mark;
    told.replaceChildren(drawTold(provider));
  }

  #submit(event) {
    event.preventDefault();
    acceptForm(event.target);
    const submits = { connect: (form) => this.#connect(form), change: (form) => this.#change(form), try: (form) => this.#tryOut(form) };
    return submits[event.target.getAttribute('name')](event.target);
  }

  async #connect(form) {
    const body = { kind: 'apds', ...bodyOf(form) };
    const done = await this.attempt(() => post('/rights/providers', body), `${body.name} is connected. Try it out before you rely on it.`, (error) => refuseForm(form, error));
    if (!done) return;
    form.reset();
    form.closest('details').open = false;
    await this.#load();
  }

  /** With what holds now, each time it is opened. */
  #beginChange(details) {
    const provider = details.open && this.#providers.find(({ id }) => id === details.dataset.change);
    if (provider) details.querySelector('.form').replaceChildren(changeForm(provider));
  }

  async #change(form) {
    const { id } = form.dataset;
    if (await this.attempt(() => patch(`/rights/providers/${id}`, bodyOf(form)), 'Saved. Try it out before you rely on it.', (error) => refuseForm(form, error))) {
      form.closest('details').open = false;
      await this.#load();
    }
  }

  async #tryOut(form) {
    const { place, plate } = Object.fromEntries(new FormData(form));
    const said = form.querySelector('[role=status]');
    said.textContent = 'Asking…';
    let words = '';
    await this.attempt(async () => {
      words = answerWords(await post(`/rights/providers/${form.dataset.id}/test`, { place: place.trim() || null, plate: plate.trim() || null }));
    }, null, (error) => refuseForm(form, error));
    said.textContent = words;
  }

  async #part(button) {
    if (button && await this.attempt(() => remove(`/rights/providers/${button.dataset.id}`), 'It is asked no more. What it answered stays with its cases.')) await this.#load();
  }
}

function drawProvider({ id, name, kind, mayChange }) {
  return html`<li><section class="card stack" aria-label="${name}"><h2>${name} <span class="muted small">${kind === 'list' ? 'a list of ours' : 'asked over the internet'}</span></h2>
    <div class="told stack"></div>
    ${mayChange && kind !== 'list' && html`<details><summary>Try it out</summary><form name="try" data-id="${id}" class="stack" novalidate>
      <div class="errors" role="alert" tabindex="-1" hidden></div>
      <p class="row"><span class="tight"><label for="plate-${id}">Plate</label><input id="plate-${id}" name="plate" autocomplete="off" size="10"></span>
        <span class="tight"><label for="place-${id}">Place, by its own name</label><input id="place-${id}" name="place" autocomplete="off" size="14"></span>
        <button>Ask it now</button></p><p role="status"></p><p class="muted">Nothing of this is kept.</p></form></details>`}
    ${mayChange && html`<details data-change="${id}"><summary>Change its address, token or places</summary><div class="form"></div></details>`}
    ${mayChange && html`<details><summary>Ask it no more</summary><p>Its access token is erased. To ask it again, connect it anew.</p>
      <button type="button" class="grave" data-step="retire" data-id="${id}">Part with it</button></details>`}</section></li>`.firstElementChild;
}

function drawTold(provider) {
  const { shape: drawing, tone, words } = stateOf(provider);
  return html`<p class="${tone}">${shape(drawing)} ${words}</p>
    <dl class="facts-list">${factsOf(provider).map(([name, value]) => html`<div><dt class="muted">${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

customElements.define('rights-screen', RightsScreen);
export default RightsScreen;
