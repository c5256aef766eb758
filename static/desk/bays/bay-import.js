import { post } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { write } from '../../shared/write.js';
import { knownRestrictions } from './choose.js';
import { faultsFile } from './faults-file.js';
import { Page } from './page.js';
import { number } from './words.js';

const LIMIT = 600_000; // ms: a file of 100,000 bays takes its time
const TICK = 1_000;
const SHOWN = 100;
const FILES = {
  bays: { words: 'bays', accept: '.geojson,.json,application/geo+json', kind: 'a GeoJSON FeatureCollection', first: 1, line: 'Feature', counted: ['bay.created', 'bay.changed'] },
  sensors: { words: 'sensors', accept: '.csv,text/csv', kind: 'a CSV with the columns reference, bay, model, threshold_mm, heartbeat_minutes', first: 2, line: 'Line', counted: ['sensor.created'] },
};
const NEWS = {
  lon: 'its place', lat: 'its place', outline: 'its outline', street: 'its street', restriction: 'what it allows', retired: 'back in use',
  bay: 'its bay', model: 'its model', threshold_mm: 'its threshold', heartbeat_minutes: 'its heartbeat',
};

/** A file of bays or sensors (`what`): what it would change is shown first, then it is taken. */
export class BayImport extends Page {
  what = 'bays';
  #file = null;
  #timer;
  #taken = null;

  draw() {
    const { words, accept, kind } = FILES[this.what];
    this.classList.add('stack');
    this.replaceChildren(html`<form name="preview" class="card stack"><div class="errors" role="alert" hidden></div>
        <p class="tight"><label for="import-file">A file of ${words}</label><input id="import-file" name="file" type="file" accept="${accept}" required></p>
        <p class="muted">${kind.charAt(0).toUpperCase() + kind.slice(1)}. Nothing changes before you have seen what would.</p>
        <button class="main">Show what would change</button></form>
      <div class="working stack" hidden><p role="status"></p><progress aria-label="At work"></progress></div>
      <section class="said stack" aria-live="polite"></section>`);
    this.onSubmit('preview', (form) => this.#preview(form));
    this.onDo('take', () => this.#take());
    this.$('input').addEventListener('change', () => this.$('.said').replaceChildren());
    this.screen.onJournal(['bay', 'sensor'], ({ kind: happened }) => this.#count(happened));
    this.left.addEventListener('abort', () => clearInterval(this.#timer));
  }

  async #preview(form) {
    const [file] = form.elements.file.files;
    if (!file) return;
    this.#file = file;
    let said = null;
    await this.#work(`Reading ${file.name} and comparing it with what is there`, async () => {
      said = await post(`/import/${this.what}/preview`, await file.arrayBuffer(), LIMIT);
    }, form);
    if (said) this.#show(said);
  }

  #show(said) {
    const { first, line } = FILES[this.what];
    const [one, many] = [this.what.slice(0, -1), this.what];
    const wanted = said.new + said.changed;
    this.#taken = { done: 0, of: wanted };
    this.$('.said').replaceChildren(html`<h2 tabindex="-1">What ${this.#file.name} would change</h2>
      <dl class="figures"><div><dt>New</dt><dd>${said.new.toLocaleString('en-GB')}</dd></div><div><dt>Changed</dt><dd>${said.changed.toLocaleString('en-GB')}</dd></div>
        <div><dt>The same</dt><dd>${said.same.toLocaleString('en-GB')}</dd></div><div><dt>Faulty</dt><dd>${said.refused.length.toLocaleString('en-GB')}</dd></div></dl>
      ${wanted > 0 ? html`<p class="row"><button type="button" class="main" data-do="take">Take it: ${number(wanted, one, many)}</button>
        ${said.refused.length > 0 && html`<span>${number(said.refused.length, 'faulty one is', 'faulty ones are')} left out.</span>`}</p>` : html`<p>There is nothing to take.</p>`}
      ${said.refused.length > 0 && faults(said.refused, first, line, this.#file.name)}
      ${said.changes.length > 0 && changes(said.changes, first, line)}`);
    this.$('.said h2').focus();
  }

  async #take() {
    let said = null;
    await this.#work(`Taking ${this.#file.name}`, async () => {
      said = await post(`/import/${this.what}`, await this.#file.arrayBuffer(), LIMIT);
    });
    if (!said) return;
    knownRestrictions(true).catch(() => {});
    this.$('.said').replaceChildren(html`<h2 tabindex="-1">${this.#file.name} is taken</h2>
      <p class="fine">${number(said.taken, 'is', 'are')} new, ${number(said.updated, 'was', 'were')} known${said.refused.length > 0 ? `, ${number(said.refused.length, 'was', 'were')} left out` : ''}.</p>
      <p><a href="#${this.what}">To the ${this.what}</a></p>`);
    this.$('.said h2').focus();
  }

  /** While the server is at it: for how long, and how far, as the journal tells. */
  async #work(words, run, form = this.$('form')) {
    const [place, bar] = [this.$('.working'), this.$('progress')];
    const began = Date.now();
    const tick = () => write(place.querySelector('p'), `${words}… ${Math.floor((Date.now() - began) / TICK)} s`);
    for (const button of this.querySelectorAll('button')) button.disabled = true;
    bar.removeAttribute('value');
    place.hidden = false;
    tick();
    this.#timer = setInterval(tick, TICK);
    await this.attempt(run, null, form);
    clearInterval(this.#timer);
    place.hidden = true;
    for (const button of this.querySelectorAll('button')) button.disabled = false;
  }

  #count(kind) {
    if (!this.#taken || this.$('.working').hidden || !FILES[this.what].counted.includes(kind)) return;
    this.#taken.done += 1;
    this.$('progress').value = Math.min(this.#taken.done / this.#taken.of, 1);
  }
}

function faults(refused, first, line, name) {
  return html`<p>${faultsFile(refused, { first, line, name })}</p>
    <div class="wide books"><table><caption>Faulty: put these right and import the file again${refused.length > SHOWN ? `; the first ${SHOWN}` : ''}</caption>
    <thead><tr><th scope="col">${line}</th><th scope="col">Reference</th><th scope="col">What is wrong</th></tr></thead>
    <tbody>${refused.slice(0, SHOWN).map(({ index, reference, detail }) => html`<tr><td>${index + first}</td><th scope="row">${reference || 'none'}</th><td>${detail}</td></tr>`)}</tbody></table></div>`;
}

function changes(changed, first, line) {
  const news = (names) => [...new Set(names.map((name) => NEWS[name] ?? name))].join(', ');
  return html`<div class="wide books"><table><caption>Changed${changed.length > SHOWN ? `: the first ${SHOWN}` : ''}</caption>
    <thead><tr><th scope="col">${line}</th><th scope="col">Reference</th><th scope="col">What changes</th></tr></thead>
    <tbody>${changed.slice(0, SHOWN).map(({ index, reference, news: names }) => html`<tr><td>${index + first}</td><th scope="row">${reference}</th><td>${news(names)}</td></tr>`)}</tbody></table></div>`;
}

customElements.define('bay-import', BayImport);
