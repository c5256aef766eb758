import { get, post } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { age } from '../../shared/words.js';
import { Page } from './page.js';
import { number } from './words.js';

/** Devices that report but are not on the books: say in which bay each lies. */
export class UnknownSensors extends Page {
  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<p class="muted none" hidden>Every sensor that reports is on the books.</p>
      <p class="some">What these have said is kept. Once one has its bay, its reports of the last day count.</p><ul class="stack items"></ul>`);
    this.onSubmit('map', (form, said) => this.#map(form, said));
  }

  async load() {
    await this.attempt(async () => {
      const { items } = await get('/sensors/unknown');
      keyed(this.$('.items'), items, { key: ({ reference }) => reference, mark: JSON.stringify, draw });
      this.$('.none').hidden = items.length > 0;
      this.$('.some').hidden = items.length === 0;
    });
  }

  async #map(form, { bay }) {
    const { reference, model } = form.dataset;
    const body = { reference, bay: bay.trim() || null, model: model || null };
    const done = await this.attempt(() => post('/sensors', body), bay.trim() ? `${reference} lies in bay ${bay.trim()}.` : `${reference} is on the books, in no bay.`, form);
    if (done) await this.load();
  }
}

function draw({ reference, source, model, bay_hint: hint, readings, last_seen_at: seen }) {
  const field = `unknown-${reference}`.replace(/\s/g, '-');
  return html`<li class="card tight"><h3>${reference}</h3>
    <p>${number(readings, 'report', 'reports')}, the last ${age(seen, now())} <span class="muted">by ${source}${model && `, ${model}`}${hint && `; it says it lies in ${hint}`}</span></p>
    <form name="map" class="tight" data-reference="${reference}" data-model="${model}"><div class="errors" role="alert" hidden></div>
      <label for="${field}">It lies in bay</label><div class="row"><input id="${field}" name="bay" maxlength="100" autocomplete="off" value="${hint}"><button class="main">Put it on the books</button></div></form></li>`.firstElementChild;
}

customElements.define('unknown-sensors', UnknownSensors);
