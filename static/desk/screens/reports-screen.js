import { get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { write } from '../../shared/write.js';
import '../parts/report-card.js';
import '../parts/report-form.js';
import { KINDS, ROUTES } from '../reports/kinds.js';
import { onPaper } from '../reports/paper.js';
import { amount, day, minutes, percent } from '../reports/words.js';
import { Screen } from './screen.js';

/** What a period came to: "#reports/<first day>/<last day>/<a zone's id>", all of which may be left out. */
export class ReportsScreen extends Screen {
  #asked = 0;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Reports</h1><report-form class="card"></report-form>
      <p class="period" role="status"></p><dl class="headlines" hidden></dl><div class="reports" hidden></div>`);
    this.querySelector('.reports').append(...KINDS.map((kind) => Object.assign(document.createElement('report-card'), { kind })));
    this.addEventListener('report-ask', ({ detail: { from, to, zone } }) => this.#go([from, to, zone]));
    onPaper(this, this.left);
    this.moved();
  }

  show() {
    this.querySelector('report-form').zones = this.desk.zones;
  }

  /** The address names other days. */
  async moved() {
    const [from, to, zone] = this.place;
    const mine = (this.#asked += 1);
    const query = { from: from || null, to: to || null, zone_id: zone || null };
    write(this.#status, 'Reckoning…');
    const form = this.querySelector('report-form');
    form.asked = { from, to, zone };
    let told = null;
    const done = await this.attempt(async () => { told = await allOf(query); }, null, (error) => mine === this.#asked && form.refuse(error));
    if (mine === this.#asked && this.isConnected) this.#tell(done ? told : null, query);
  }

  get #status() {
    return this.querySelector('.period');
  }

  #go(parts) {
    const address = `#${['reports', ...parts.map(encodeURIComponent)].join('/')}`;
    if (address === location.hash) this.moved();
    else location.hash = address;
  }

  #tell(told, query) {
    this.querySelector('.reports').hidden = this.querySelector('.headlines').hidden = told === null;
    if (told === null) return write(this.#status, 'There are no figures: see what is wrong.');
    const { from, to } = told.weeks;
    this.querySelector('report-form').asked = { from, to, zone: query.zone_id };
    const zone = this.desk.zones.find(({ id }) => id === query.zone_id)?.name ?? 'all zones';
    write(this.#status, `${this.desk.me.authority.name}, ${zone}: ${day(from)} to ${day(to)}.`);
    this.querySelector('.headlines').replaceChildren(html`${headlines(told).map(([term, figure, more]) => html`<div><dt>${term}</dt>
      <dd><strong>${figure}</strong> <span class="muted">${more}</span></dd></div>`)}`);
    for (const card of this.querySelectorAll('report-card')) card.show(told[card.kind.of], { from, to, zone_id: query.zone_id });
    return null;
  }
}

async function allOf(query) {
  const answers = await Promise.all(ROUTES.map((route) => get(`/reports/${route}`, query)));
  return Object.fromEntries(ROUTES.map((route, index) => [route, answers[index]]));
}

/** The four figures that one asks for first. */
function headlines({ weeks: { total, before }, overstays: { total: over }, waits, walks }) {
  return [
    ['Overstays per stay', percent(total.share), `before: ${percent(before.share)}`],
    ['Overstays attended', percent(over.share), `${amount(over.attended)} of ${amount(over.overstays)}`],
    ['Half attended within', waits.half === null ? '–' : minutes(waits.half), `of ${amount(waits.attended)}`],
    ['Walks wasted', percent(walks.share), `${amount(walks.wasted)} of ${amount(walks.walks)}`],
  ];
}

customElements.define('reports-screen', ReportsScreen);
export default ReportsScreen;
