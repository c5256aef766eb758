import { get, patch, post } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { age } from '../../shared/words.js';
import { Rest } from '../parts/rest.js';
import { Page } from './page.js';

const PAGE = 100;
/** Which lists are shown, one after the other. */
const LISTS = { all: [{ silent: true }, { silent: false }], silent: [{ silent: true }], unmapped: [{ unmapped: true }] };
const NONE = { all: 'No sensor is like that.', silent: 'No sensor is silent.', unmapped: 'Every sensor lies in a bay.' };

/** Sensors: silent ones first, how each is, and where it lies. */
export class SensorList extends Page {
  #which = 'all';
  #list = 0;
  #items = [];
  #next = null;
  #asked = 0;
  #rest = new Rest(() => this.load());

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<form name="find" class="fields" role="search" aria-label="Find sensors">
        <p class="tight"><label for="sensor-which">Show</label><select id="sensor-which" name="which"><option value="all">All, silent ones first</option>
          <option value="silent">Silent ones</option><option value="unmapped">Those in no bay</option></select></p>
        <p class="tight"><label for="sensor-reference">Sensor</label><input id="sensor-reference" name="reference" type="search" maxlength="100" autocomplete="off"></p></form>
      <p class="muted none" role="status" hidden></p>
      <div class="wide books"><table><caption class="unseen">Sensors</caption><thead><tr><th scope="col">Sensor</th><th scope="col">Bay</th><th scope="col">Heard</th>
        <th scope="col">Battery</th><th scope="col" class="figure">Late</th><th scope="col">Change</th></tr></thead><tbody></tbody></table></div>
      <p><button type="button" data-do="more" hidden>Show more</button></p>
      <p class="muted">Late: the share of the last seven days’ reports that came five minutes after what they tell of, or later.</p>`);
    this.$('form').addEventListener('input', () => this.#rest.soon());
    this.onSubmit('find', () => this.load());
    this.onSubmit('map', (form, said) => this.#map(form, said));
    this.onDo('more', () => this.#more());
    this.onDo('retire', (button) => this.#retire(button.dataset.id));
    this.left.addEventListener('abort', () => this.#rest.stop());
  }

  load() {
    this.#items = [];
    this.#next = null;
    this.#list = 0;
    this.#which = this.$('#sensor-which').value;
    return this.#more();
  }

  async #more() {
    const asked = (this.#asked += 1);
    await this.attempt(async () => {
      const reference = this.$('#sensor-reference').value.trim() || null;
      for (let short = true; short && this.#list < LISTS[this.#which].length;) {
        const page = await get('/sensors', { ...LISTS[this.#which][this.#list], reference, limit: PAGE, cursor: this.#next });
        if (asked !== this.#asked) return;
        this.#items.push(...page.items);
        this.#next = page.next;
        if (!page.next) this.#list += 1;
        short = page.items.length < PAGE;
      }
      this.#show();
    });
  }

  #show() {
    keyed(this.$('tbody'), this.#items, { key: ({ id }) => id, mark: JSON.stringify, draw });
    const none = this.$('.none');
    none.hidden = this.#items.length > 0;
    none.textContent = this.#items.length ? '' : NONE[this.#which];
    this.$('table').hidden = this.#items.length === 0;
    this.$('[data-do=more]').hidden = this.#list >= LISTS[this.#which].length;
  }

  async #map(form, { bay }) {
    const done = await this.attempt(async () => {
      const bayId = bay.trim() ? await this.screen.bayCalled(bay) : null;
      await post(`/sensors/${form.dataset.id}/bay`, { bay_id: bayId });
    }, bay.trim() ? `It lies in bay ${bay.trim()} from now on.` : 'It lies in no bay from now on.', form);
    if (done) await this.load();
  }

  async #retire(id) {
    if (await this.attempt(() => patch(`/sensors/${id}`, { retired: true }), 'The sensor is out of use. A file that names it brings it back.')) await this.load();
  }
}

function draw({ id, reference, model, bay, last_heard_at: heard, silent, health, reports, late }) {
  return html`<tr><th scope="row">${reference} ${model && html`<span class="muted small">${model}</span>`}</th>
    <td>${bay ? html`<a href="#bays/${bay.id}">${bay.street}, bay ${bay.reference}</a>` : html`<span class="soon">in no bay</span>`}</td>
    <td class="${silent ? 'soon' : ''}">${heard ? age(heard, now()) : 'never'}${silent ? ': silent' : ''}</td><td>${batteryWords(health)}</td>
    <td class="figure">${reports ? `${Math.round((100 * late) / reports)} % of ${reports}` : '–'}</td>
    <td><details><summary>Move${html`<span class="unseen"> ${reference}</span>`}</summary><form name="map" class="tight" data-id="${id}"><div class="errors" role="alert" hidden></div>
      <label for="map-${id}">Bay (empty: in none)</label><div class="row"><input id="map-${id}" name="bay" maxlength="100" autocomplete="off" value="${bay?.reference}"><button>Save</button></div></form>
      <p><button type="button" class="grave" data-do="retire" data-id="${id}">Take it out of use</button></p></details></td></tr>`.firstElementChild;
}

function batteryWords({ battery_percent: percent, battery_volts: volts }) {
  if (typeof percent === 'number') return `${Math.round(percent)} %`;
  return typeof volts === 'number' ? `${volts.toFixed(2)} V` : 'not told';
}

customElements.define('sensor-list', SensorList);
