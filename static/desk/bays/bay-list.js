import { get, post } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { write } from '../../shared/write.js';
import { Rest } from '../parts/rest.js';
import { chooseFields, chosenIn, fillFields, knownRestrictions, restrictionOptions } from './choose.js';
import { Page } from './page.js';
import { allowsWords, number, stateCell } from './words.js';

const PAGE = 100;

/** All bays, to search; and a new one. */
export class BayList extends Page {
  #items = [];
  #next = null;
  #asked = 0;
  #rest = new Rest(() => this.load());

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<form name="which" class="fields" role="search" aria-label="Find bays">${chooseFields()}</form>
      <p class="muted" role="status" id="bays-found">Looking…</p>
      <div class="wide books"><table><caption class="unseen">Bays, by street</caption>
        <thead><tr><th scope="col">State</th><th scope="col">Bay</th><th scope="col">Street</th><th scope="col">Allows</th>
          <th scope="col">Zones</th></tr></thead><tbody></tbody></table></div>
      <p><button type="button" data-do="more" hidden>Show more</button></p>
      <details class="card"><summary>Add a bay</summary>${newBay()}</details>`);
    const form = this.$('form[name=which]');
    fillFields(form, this.desk.zones);
    knownRestrictions().then((items) => this.$('#new-allows').replaceChildren(restrictionOptions(items, 'Not known yet')), () => {});
    form.addEventListener('input', () => this.#rest.soon());
    this.onSubmit('which', () => this.load());
    this.onSubmit('new-bay', (made, said) => this.#add(made, said));
    this.onDo('more', () => this.#more());
    this.onDo('restore', ({ dataset: { id } }) => this.#restore(id));
    this.left.addEventListener('abort', () => this.#rest.stop());
  }

  load() {
    this.#items = [];
    this.#next = null;
    return this.#more();
  }

  async #more() {
    const asked = (this.#asked += 1);
    await this.attempt(async () => {
      const page = await get('/bays', { order: 'street', limit: PAGE, cursor: this.#next, ...chosenIn(this.$('form[name=which]')) });
      if (asked !== this.#asked) return;
      this.#items.push(...page.items);
      this.#next = page.next;
      this.#show();
    });
  }

  async #restore(id) {
    if (await this.attempt(() => post(`/bays/${id}/restore`), 'Back in use, with its sensor.')) await this.load();
  }

  #show() {
    const zones = new Map(this.desk.zones.map(({ id, name }) => [id, name]));
    const rows = this.#items.map((bay) => ({ ...bay, zoneNames: bay.zones.map((id) => zones.get(id)).filter(Boolean).join(', ') }));
    keyed(this.$('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
    write(this.$('#bays-found'), foundWords(this.#items.length, this.#next));
    this.$('table').hidden = rows.length === 0;
    this.$('[data-do=more]').hidden = !this.#next;
  }

  async #add(form, { reference, street, lat, lon, restriction_id: restriction }) {
    const body = { reference, street, lat: Number(lat), lon: Number(lon), ...(restriction && { restriction_id: restriction }) };
    let made = null;
    if (await this.attempt(async () => { made = await post('/bays', body); }, `Bay ${reference} is on the books.`, form)) location.hash = `bays/${made.id}`;
  }
}

function newBay() {
  return html`<form name="new-bay" class="stack"><div class="errors" role="alert" hidden></div><div class="fields">
    <p class="tight"><label for="new-reference">Reference</label><input id="new-reference" name="reference" required maxlength="100" autocomplete="off"></p>
    <p class="tight"><label for="new-street">Street</label><input id="new-street" name="street" required maxlength="200" autocomplete="off"></p>
    <p class="tight"><label for="new-lat">Latitude</label><input id="new-lat" name="lat" type="number" step="any" min="-90" max="90" required></p>
    <p class="tight"><label for="new-lon">Longitude</label><input id="new-lon" name="lon" type="number" step="any" min="-180" max="180" required></p>
    <p class="tight broad"><label for="new-allows">Allows</label><select id="new-allows" name="restriction_id"></select></p></div>
    <button class="main">Add this bay</button></form>`;
}

function foundWords(shown, more) {
  if (!shown) return 'No bay is like that. Leave out a word, or import bays from a file.';
  return more ? `The first ${number(shown, 'bay', 'bays')}, by street.` : `${number(shown, 'bay', 'bays')}.`;
}

function draw(bay) {
  const { id, reference, street, restriction, zoneNames, paused_why: why, retired_at: retired } = bay;
  return html`<tr><td>${stateCell(bay)} ${why && html`<span class="muted small">${why}</span>`}</td>
    <th scope="row">${retired ? reference : html`<a href="#bays/${id}" data-focus="open">${reference}</a>`}</th><td>${street}</td>
    <td>${allowsWords(restriction)}</td><td>${retired ? restoreButton(bay) : zoneNames || html`<span class="soon">in no zone</span>`}</td></tr>`.firstElementChild;
}

function restoreButton({ id, reference }) {
  return html`<button type="button" data-do="restore" data-id="${id}" data-focus="restore">Put back<span class="unseen"> bay ${reference}</span></button>`;
}

customElements.define('bay-list', BayList);
