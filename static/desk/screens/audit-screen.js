import { get, getAll } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { instant, when } from '../../shared/words.js';
import { SUBJECTS, aboutWords, auditWords, whoWords } from '../parts/audit-words.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

const DAY = 86_400_000;

/** Who changed what ("#audit/person/<id>": what one person did, or what concerned them). */
export class AuditScreen extends Screen {
  #items = [];
  #next = null;
  #asked = 0;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Audit log</h1><settings-nav></settings-nav>
      <p class="muted">Everything that people and keys have changed, the latest first. It can’t be edited.</p>
      <form class="filters card">
        <p class="tight"><label for="by">Person</label><select id="by" name="person"><option value="">Everybody</option></select></p>
        <p class="tight"><label for="about">About</label><select id="about" name="subject"><option value="">Everything</option>
          ${Object.entries(SUBJECTS).map(([name, words]) => html`<option value="${name}">${words}</option>`)}</select></p>
        <p class="tight"><label for="since">From</label><input id="since" name="since" type="date"></p>
        <p class="tight"><label for="until">To</label><input id="until" name="until" type="date"></p>
        <label class="choice"><input type="checkbox" name="everything"> <span>Also the run of work: sensors, offers, officers’ steps</span></label>
      </form>
      <p class="found muted" role="status"></p>
      <div class="wide"><table hidden><caption class="unseen">Changes, the latest first</caption>
        <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">About</th></tr></thead>
        <tbody></tbody></table></div>
      <p><button type="button" class="more" hidden>Show earlier ones</button></p>`);
    this.addEventListener('change', () => this.#look());
    this.addEventListener('submit', (event) => event.preventDefault());
    this.querySelector('.more').addEventListener('click', () => this.#look({ more: true }));
    this.#open();
  }

  show() {
    this.querySelector('settings-nav').show(this.desk.me?.person.role);
  }

  moved() {
    this.#choosePerson();
    return this.#look();
  }

  async #open() {
    await this.attempt(async () => {
      const people = (await getAll('/people')).sort((one, other) => one.name.localeCompare(other.name));
      this.querySelector('#by').append(html`${people.map(({ id, name, disabled_at: gone }) => html`<option value="${id}">${gone ? `${name} (closed)` : name}</option>`)}`);
    });
    return this.moved();
  }

  #choosePerson() {
    const [what, id] = this.place;
    if (what === 'person') this.querySelector('#by').value = id;
  }

  async #look({ more = false } = {}) {
    const asked = (this.#asked += 1);
    const page = await this.#page(more ? this.#next : null);
    if (!page || asked !== this.#asked) return;
    this.#items = more ? [...this.#items, ...page.items] : page.items;
    this.#next = page.next;
    this.#list();
  }

  async #page(cursor) {
    let page = null;
    await this.attempt(async () => { page = await get('/audit', { ...this.#sought(), cursor }); });
    return page;
  }

  #sought() {
    const said = Object.fromEntries(new FormData(this.querySelector('form')));
    return {
      person: said.person || null,
      subject: said.subject || null,
      since: said.since ? instant(`${said.since}T00:00`, zone()) : null,
      until: said.until ? instant(`${dayAfter(said.until)}T00:00`, zone()) : null,
      everything: said.everything ? true : null,
    };
  }

  #list() {
    const { outcomes } = this.desk;
    const rows = this.#items.map((entry, index) => ({
      key: `${entry.at} ${entry.kind} ${entry.subject_id} ${index}`,
      at: when(entry.at, now(), zone()),
      who: whoWords(entry),
      what: auditWords(entry, { outcomes }),
      about: aboutWords(entry),
    }));
    keyed(this.querySelector('tbody'), rows, { key: ({ key }) => key, mark: JSON.stringify, draw });
    this.querySelector('table').hidden = rows.length === 0;
    this.querySelector('.more').hidden = this.#next === null;
    this.querySelector('.found').textContent = rows.length ? '' : 'Nothing was changed like this. Choose a longer time, or somebody else.';
  }
}

function dayAfter(day) {
  return new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10);
}

function draw({ at, who, what, about }) {
  return html`<tr><td>${at}</td><td>${who}</td><th scope="row">${what}</th><td>${about}</td></tr>`.firstElementChild;
}

customElements.define('audit-screen', AuditScreen);
export default AuditScreen;
