import { get, post, remove } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { answerWords, factsOf, stateOf } from '../parts/provider-words.js';
import { acceptForm, refuseForm } from '../parts/refused-form.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

const EVERY = 10_000; // ms; breakers open and close by themselves

/** Who is asked whether a car may stay, and how they are doing. Administrators connect them, try them and part with them. */
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
    return event.target.getAttribute('name') === 'connect' ? this.#connect(event.target) : this.#tryOut(event.target);
  }

  async #connect(form) {
    const said = Object.fromEntries(new FormData(form));
    const about = { about_bays: Boolean(said.about_bays), about_plates: Boolean(said.about_plates) };
    const body = { kind: 'apds', ...said, ...about };
    const done = await this.attempt(() => post('/rights/providers', body), `${said.name} is connected. Try it out before you rely on it.`, (error) => refuseForm(form, error));
    if (!done) return;
    form.reset();
    form.closest('details').open = false;
    await this.#load();
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

function connectForm() {
  return html`<form class="stack" name="connect" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
    <p class="tight"><label for="provider-name">What you call it</label><input id="provider-name" name="name" autocomplete="off"></p>
    <p class="tight"><label for="provider-url">Its address (APDS, https)</label><input id="provider-url" name="base_url" type="url" inputmode="url" autocomplete="off" spellcheck="false"></p>
    <p class="tight"><label for="provider-token">Access token that it gave you</label><input id="provider-token" name="token" type="password" autocomplete="off">
      <span class="muted">It is encrypted and never shown again.</span></p>
    <p class="tight"><label for="provider-by">Its places follow</label><select id="provider-by" name="place_by"><option value="zone">our zones</option><option value="bay">our bays</option></select></p>
    <fieldset><legend>It is asked about</legend>
      <label class="choice"><input type="checkbox" name="about_plates" checked> <span>Plates, at the kerb</span></label>
      <label class="choice"><input type="checkbox" name="about_bays"> <span>Bays, before anybody is sent (only if it knows single bays)</span></label></fieldset>
    <button class="main">Connect it</button></form>`;
}

function drawProvider({ id, name, kind, mayChange }) {
  return html`<li><section class="card stack" aria-label="${name}"><h2>${name} <span class="muted small">${kind === 'list' ? 'a list of ours' : 'asked over the internet'}</span></h2>
    <div class="told stack"></div>
    ${mayChange && kind !== 'list' && html`<details><summary>Try it out</summary><form name="try" data-id="${id}" class="stack" novalidate>
      <div class="errors" role="alert" tabindex="-1" hidden></div>
      <p class="row"><span class="tight"><label for="plate-${id}">Plate</label><input id="plate-${id}" name="plate" autocomplete="off" size="10"></span>
        <span class="tight"><label for="place-${id}">Place, by its own name</label><input id="place-${id}" name="place" autocomplete="off" size="14"></span>
        <button>Ask it now</button></p><p role="status"></p><p class="muted">Nothing of this is kept.</p></form></details>`}
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
