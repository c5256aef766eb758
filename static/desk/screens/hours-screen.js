import { get, post } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { capital, plain } from '../../shared/task-words.js';
import '../parts/hours-ahead.js';
import { acceptForm, refuseForm } from '../parts/refused-form.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

const EXAMPLES = [
  ['Mo-Sa 08:30-18:30', 'Monday to Saturday, by day'],
  ['Mo-Fr 08:30-17:30; PH off', 'Weekdays, not on public holidays'],
  ['Mo-Fr 08:15-09:15,14:45-16:00; PH off', 'School run'],
  ['24/7', 'All the time'],
];
const CLASSES = ['limited-waiting', 'paid', 'permit', 'disabled', 'loading', 'taxi', 'bus-stop', 'school', 'charging', 'car-club'];
const REASONS = {
  period_ended: 'The permitted time has ended (with grace)',
  no_permit: 'No permit', no_payment: 'No payment', wrong_class: 'Wrong kind of vehicle', other: 'Another reason',
};

/** What bays may allow, and a helper for the hours in which they do. */
export class HoursScreen extends Screen {
  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Restrictions and hours</h1><settings-nav></settings-nav>
      <div class="columns"><form class="card stack" novalidate><h2>A restriction</h2>
        <div class="errors" role="alert" tabindex="-1" hidden></div>
        <p class="tight"><label for="hours">When it is in force</label><input id="hours" name="hours" value="${EXAMPLES[0][0]}" autocomplete="off"
          data-describedby="hours-help" aria-describedby="hours-help" spellcheck="false">
          <span class="muted" id="hours-help">Days and times, such as Mo-Fr 09:00-17:00; PH off. PH: public holidays. EV:match: your own event days.</span></p>
        <p class="row">${EXAMPLES.map(([hours, words]) => html`<button type="button" data-hours="${hours}">${words}</button>`)}</p>
        <p class="tight"><label for="bay-class">Kind of bay</label><select id="bay-class" name="bay_class">${CLASSES.map((name) => html`<option value="${name}">${capital(plain(name))}</option>`)}</select></p>
        <p class="tight"><label for="permitted">Permitted time, min</label><input id="permitted" name="permitted_minutes" type="number" min="0" value="120"></p>
        <p class="row"><span class="tight"><label for="code">Code</label><input id="code" name="code" value="30" size="4"></span>
          <span class="tight"><label for="suffix">Suffix</label><input id="suffix" name="suffix" size="4"></span></p>
        <p class="tight"><label for="reason">Why a car may not stay</label><select id="reason" name="reason">${Object.entries(REASONS).map(([name, words]) => html`<option value="${name}">${words}</option>`)}</select></p>
        <p class="tight"><label for="title">What you call it</label><input id="title" name="name" autocomplete="off"></p>
        <button class="main">Add this restriction</button></form>
      <section class="card stack" aria-labelledby="ahead"><h2 id="ahead">The next two weeks</h2><hours-ahead data-empty="Type when it is in force."></hours-ahead></section></div>
      <section class="all stack" aria-labelledby="all"><h2 id="all">All restrictions</h2><div class="wide"><table><caption class="unseen">What bays may allow</caption>
        <thead><tr><th scope="col">Called</th><th scope="col">Kind</th><th scope="col">Hours</th><th scope="col">Permitted</th><th scope="col">Code</th></tr></thead>
        <tbody></tbody></table></div></section>`);
    this.addEventListener('input', ({ target }) => target.name === 'hours' && this.querySelector('hours-ahead').soon(target.value));
    this.addEventListener('click', ({ target }) => this.#take(target.closest('button[data-hours]')));
    this.addEventListener('submit', (event) => this.#add(event));
    this.#look();
    this.#load();
  }

  show() {
    this.querySelector('settings-nav').show(this.desk.me.person.role);
  }

  #take(button) {
    if (!button) return null;
    this.querySelector('#hours').value = button.dataset.hours;
    return this.#look();
  }

  #look() {
    return this.querySelector('hours-ahead').look(this.querySelector('#hours').value);
  }

  async #load() {
    let rows = [];
    if (!(await this.attempt(async () => { rows = (await get('/restrictions')).items; }))) return;
    keyed(this.querySelector('.all tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw: drawRow });
  }

  async #add(event) {
    event.preventDefault();
    const form = event.target;
    acceptForm(form);
    const said = Object.fromEntries(new FormData(form));
    const minutes = said.permitted_minutes === '' ? null : Number(said.permitted_minutes);
    const body = { ...said, name: said.name.trim() || null, permitted_minutes: minutes };
    if (await this.attempt(() => post('/restrictions', body), 'Added. Bays can be given it now.', (error) => refuseForm(form, error))) await this.#load();
  }
}

function drawRow({ name, bay_class: kind, hours, permitted_minutes: minutes, code, suffix }) {
  return html`<tr><th scope="row">${name}</th><td>${plain(kind)}</td><td>${hours}</td><td>${`${minutes} min`}</td><td>${code}${suffix}</td></tr>`.firstElementChild;
}

customElements.define('hours-screen', HoursScreen);
export default HoursScreen;
