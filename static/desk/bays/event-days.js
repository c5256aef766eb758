import { get, post, remove } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { date, wallClock } from '../../shared/words.js';
import { Page } from './page.js';

/** Match days and market days: the hours of bays may name them. */
export class EventDays extends Page {
  #items = [];

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<form name="event" class="card stack"><h2>Add an event day</h2><div class="errors" role="alert" hidden></div><div class="fields">
        <p class="tight"><label for="event-name">Event</label><input id="event-name" name="name" required maxlength="50" autocomplete="off" list="event-names"><datalist id="event-names"></datalist></p>
        <p class="tight"><label for="event-day">Day</label><input id="event-day" name="day" type="date" required></p></div>
        <p class="muted">Bays whose hours name the event, as in <span lang="zxx">EV:match 12:00-20:00</span>, are controlled so on that day.</p>
        <button class="main">Add this day</button></form>
      <p class="muted none" hidden>No day to come.</p><div class="wide books"><table><caption class="unseen">Event days to come</caption>
        <thead><tr><th scope="col">Day</th><th scope="col">Event</th><th scope="col"><span class="unseen">Remove</span></th></tr></thead><tbody></tbody></table></div>`);
    this.onSubmit('event', (form, said) => this.#add(form, said));
    this.onDo('drop', (button) => this.#drop(button.dataset.id));
  }

  async load() {
    await this.attempt(async () => {
      const { items } = await get('/event-days');
      const today = wallClock(now(), zone()).slice(0, 10);
      this.#items = items.filter(({ day }) => day >= today);
      keyed(this.$('tbody'), this.#items, { key: ({ id }) => id, mark: JSON.stringify, draw });
      this.$('.none').hidden = this.#items.length > 0;
      this.$('table').hidden = this.#items.length === 0;
      this.$('#event-names').replaceChildren(html`${[...new Set(items.map(({ name }) => name))].map((name) => html`<option value="${name}"></option>`)}`);
    });
  }

  async #add(form, said) {
    if (!await this.attempt(() => post('/event-days', said), 'Added. Cars where it counts are judged anew.', form)) return;
    form.reset();
    await this.load();
  }

  async #drop(id) {
    const { name, day } = this.#items.find((each) => each.id === id);
    if (!await this.attempt(() => remove(`/event-days/${id}`))) return;
    this.screen.undo(`${name} is an ordinary day.`, async () => {
      if (await this.attempt(() => post('/event-days', { name, day }), 'It counts again.') && this.isConnected) await this.load();
    });
    await this.load();
  }
}

function draw({ id, name, day }) {
  return html`<tr><th scope="row">${date(`${day}T12:00:00Z`, now(), zone())}</th><td>${name}</td>
    <td><button type="button" data-do="drop" data-id="${id}" data-focus="drop">Remove<span class="unseen"> ${name} on ${day}</span></button></td></tr>`.firstElementChild;
}

customElements.define('event-days', EventDays);
