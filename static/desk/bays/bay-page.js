import { get, patch, post, remove } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { age } from '../../shared/words.js';
import { tellClash } from '../clash.js';
import { knownRestrictions, restrictionOptions } from './choose.js';
import { Page } from './page.js';
import { allowsWords, at, instantOf, number, spanWords, stateCell } from './words.js';

const LATELY = 20;

/** One bay: what it allows now, before and to come, its suspensions, its sensor, its tasks lately; and what can be changed. */
export class BayPage extends Page {
  #bay = null;
  #typed = false;

  draw() {
    this.classList.add('stack');
    this.onSubmit('bay-change', (form, said) => this.#change(form, said));
    this.onSubmit('bay-allows', (form, said) => this.#allow(form, said));
    this.onSubmit('bay-pause', (form, { why }) => this.#patch({ paused_why: why }, 'Paused: no tasks from this bay.', form));
    this.onDo('unpause', () => this.#patch({ paused_why: null }, 'Back in use.'));
    this.onDo('retire', () => this.#retire());
    this.addEventListener('input', () => { this.#typed = true; });
    this.screen.onJournal(['bay', 'suspension', 'sensor', 'task'], ({ subject_id: id, facts }) => {
      if (!this.#typed && this.isConnected && [id, facts?.bay_id].includes(this.#bay?.id)) this.load();
    });
  }

  async load() {
    const [id] = this.place;
    await this.attempt(async () => {
      const [bay, allowed, suspensions, sensors, tasks, restrictions] = await Promise.all([
        get(`/bays/${id}`), get(`/bays/${id}/restrictions`), get('/suspensions', { bay_id: id }),
        get('/sensors', { bay_id: id }), get('/tasks', { bay_id: id, limit: LATELY }), knownRestrictions(),
      ]);
      this.#bay = bay;
      this.#typed = false;
      this.#show({ allowed: allowed.items, suspensions: suspensions.items, sensors: sensors.items, tasks: tasks.items, restrictions });
    });
  }

  #show({ allowed, suspensions, sensors, tasks, restrictions }) {
    const bay = this.#bay;
    const open = [...this.querySelectorAll('details[open]')].map(({ id }) => id);
    this.replaceChildren(html`<h2>${bay.street}, bay ${bay.reference}</h2>
      <p>${stateCell(bay)}${bay.state_at && html` <span class="muted">heard ${age(bay.state_at, now())}</span>`}</p>
      ${bay.paused_at && pausedLine(bay)}
      <div class="sides">${allowsCard(allowed, restrictions)}${suspensionsCard(bay, suspensions)}${sensorCard(sensors)}
        ${tasksCard(tasks, this.desk.outcomes)}${changeCard(bay)}</div>`);
    for (const each of open) this.$(`#${each}`)?.setAttribute('open', '');
  }

  async #patch(changes, done, form = null, version = this.#bay.version) {
    const path = `/bays/${this.#bay.id}`;
    const clash = {
      beside: form ?? this.$('h2'), what: 'this bay', load: () => get(path), rows: (there) => rowsOf({ ...this.#bay, ...changes }, there),
      mine: (newer) => this.#patch(changes, done, form, newer), theirs: () => this.load(),
    };
    if (await this.attempt(() => patch(path, { ...changes, version }).catch((error) => tellClash(error, clash)), done, form)) await this.load();
  }

  #change(form, { reference, street, lat, lon }) {
    const said = { reference: reference.trim(), street: street.trim(), lat: Number(lat), lon: Number(lon) };
    const changes = Object.fromEntries(Object.entries(said).filter(([name, value]) => this.#bay[name] !== value));
    return Object.keys(changes).length ? this.#patch(changes, 'Changed.', form) : null;
  }

  async #allow(form, { restriction_id: restriction, valid_from: from }) {
    const body = { restriction_id: restriction, ...(from && { valid_from: instantOf(from) }) };
    if (await this.attempt(() => post(`/bays/${this.#bay.id}/restrictions`, body), 'Cars there are judged anew.', form)) await this.load();
  }

  async #retire() {
    const { id, reference } = this.#bay;
    if (!await this.attempt(() => remove(`/bays/${id}`))) return;
    this.screen.undo(`Bay ${reference} is out of use.`, () => this.#restore());
    this.replaceChildren(html`<h2 tabindex="-1">Bay ${reference}</h2>
      <p>Out of use. What happened there stays on record; it is found again under the state “Out of use”.</p>`);
    this.$('h2').focus();
  }

  async #restore() {
    const { id, reference } = this.#bay;
    if (await this.attempt(() => post(`/bays/${id}/restore`), `Bay ${reference} is back in use, with its sensor.`) && this.isConnected) await this.load();
  }
}

function rowsOf(mine, theirs) {
  const row = (words, name) => [words, mine[name] ?? 'no', theirs[name] ?? 'no'];
  return [row('Reference', 'reference'), row('Street', 'street'), row('Latitude', 'lat'), row('Longitude', 'lon'), row('Paused', 'paused_why')];
}

function pausedLine({ paused_at: paused, paused_why: why }) {
  return html`<p class="notice soon row">Paused since ${at(paused)}: ${why}. It raises no tasks.
    <button type="button" data-do="unpause">Put it back into use</button></p>`;
}

function allowsCard(allowed, restrictions) {
  const line = ({ valid_from: from, valid_to: to, restriction }) => html`<li class="tight"><strong>${restriction.name}</strong>
    <p>${allowsWords(restriction)}</p><p class="muted">${termWords(from, to)}</p></li>`;
  return html`<section class="card stack" aria-labelledby="bay-allows"><h2 id="bay-allows">What it allows</h2>
    ${allowed.length === 0 && html`<p class="soon">Nothing is known: it raises no tasks.</p>`}
    <ul class="stack">${allowed.map(line)}</ul>
    <details id="bay-allows-more"><summary>Change what it allows</summary><form name="bay-allows" class="stack">
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="allows-what">Allows</label><select id="allows-what" name="restriction_id" required>${restrictionOptions(restrictions, 'Choose')}</select></p>
      <p class="tight"><label for="allows-from">From <span class="muted">(empty: now)</span></label><input id="allows-from" name="valid_from" type="datetime-local"></p>
      <button>Change it</button></form></details></section>`;
}

function termWords(from, to) {
  const begun = Date.parse(from) <= now();
  const since = Date.parse(from) > 0 ? `from ${at(from)}` : 'from the beginning';
  if (!begun) return `To come: ${since}`;
  return to ? `Before: ${since} until ${at(to)}${Date.parse(to) > now() ? ' (still now)' : ''}` : `Now, ${since}`;
}

function suspensionsCard({ id }, suspensions) {
  return html`<section class="card stack" aria-labelledby="bay-suspended"><h2 id="bay-suspended">Suspensions</h2>
    ${suspensions.length === 0 && html`<p class="muted">None.</p>`}
    <ul class="stack">${suspensions.map((each) => html`<li class="tight"><p>${capitalSpan(each)}${each.cancelled_at && ' (called off)'}</p>
      <p class="muted">${each.why}</p></li>`)}</ul>
    <p><a href="#bays/suspensions/${id}">Suspend this bay, or record its sign</a></p></section>`;
}

function capitalSpan({ starts_at: from, ends_at: to }) {
  const words = spanWords(from, to);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sensorCard(sensors) {
  return html`<section class="card tight" aria-labelledby="bay-sensor"><h2 id="bay-sensor">Sensor</h2>
    ${sensors.length === 0 && html`<p>None: it raises no tasks. <a href="#sensors">Map one</a></p>`}
    ${sensors.map(({ reference, last_heard_at: heard, silent, reports, late }) => html`<p><a href="#sensors">${reference}</a></p>
      <p class="${silent ? 'soon' : ''}">${heard ? `Heard ${age(heard, now())}` : 'Never heard'}${silent ? ': silent' : ''}</p>
      <p class="muted">${number(reports, 'report', 'reports')} in 7 days, ${late} late</p>`)}</section>`;
}

function tasksCard(tasks, outcomes) {
  const line = ({ id, raised_at: raised, why, outcome, ended_why: ended, state }) => html`<li><a href="#live/${id}">${at(raised)}</a>
    ${why}: ${outcomes.get(outcome) ?? ended ?? state}</li>`;
  return html`<section class="card stack" aria-labelledby="bay-tasks"><h2 id="bay-tasks">Tasks lately</h2>
    ${tasks.length === 0 && html`<p class="muted">None.</p>`}<ul class="tight">${tasks.map(line)}</ul></section>`;
}

function changeCard({ reference, street, lat, lon, paused_at: paused }) {
  return html`<section class="card stack" aria-labelledby="bay-books"><h2 id="bay-books">On the books</h2>
    <details id="bay-books-more"><summary>Rename or move it</summary><form name="bay-change" class="stack"><div class="errors" role="alert" hidden></div><div class="fields">
      <p class="tight"><label for="bay-reference">Reference</label><input id="bay-reference" name="reference" value="${reference}" required maxlength="100"></p>
      <p class="tight"><label for="bay-street">Street</label><input id="bay-street" name="street" value="${street}" required maxlength="200"></p>
      <p class="tight"><label for="bay-lat">Latitude</label><input id="bay-lat" name="lat" type="number" step="any" min="-90" max="90" value="${lat}" required></p>
      <p class="tight"><label for="bay-lon">Longitude</label><input id="bay-lon" name="lon" type="number" step="any" min="-180" max="180" value="${lon}" required></p></div>
      <button>Save</button></form></details>
    ${!paused && html`<form name="bay-pause" class="tight"><div class="errors" role="alert" hidden></div><label for="bay-why">Pause it, because</label>
      <div class="row"><input id="bay-why" name="why" required maxlength="200" autocomplete="off"><button>Pause</button></div></form>`}
    <p><button type="button" class="grave" data-do="retire">Take it off the street</button></p></section>`;
}

customElements.define('bay-page', BayPage);
