import { get, getAll, patch } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { Page } from './page.js';
import { at, number } from './words.js';

const DAYS = 90;

/** Bays that somebody should look at: paused for their signs, or where officers find nothing though a sensor sent them. */
export class BaysToCheck extends Page {
  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<section class="paused stack" aria-labelledby="paused-title"><h2 id="paused-title">Paused</h2><div class="items"></div></section>
      <section class="alarms stack" aria-labelledby="alarms-title"><h2 id="alarms-title">Sent in vain</h2><div class="items"></div></section>`);
    this.onDo('unpause', ({ dataset: { id, reference } }) => this.#unpause(id, reference));
    this.onDo('pause', ({ dataset: { id, reference } }) => this.#pause(id, reference));
  }

  async load() {
    await this.attempt(async () => {
      const [paused, { items }] = await Promise.all([getAll('/bays', { state: 'paused' }), get('/bays/false-alarms', { days: DAYS })]);
      this.$('.paused .items').replaceChildren(pausedTable(paused));
      this.$('.alarms .items').replaceChildren(alarmsTable(items));
    });
  }

  async #unpause(id, reference) {
    if (await this.attempt(() => patch(`/bays/${id}`, { paused_why: null }), `Bay ${reference} is back in use.`)) await this.load();
  }

  async #pause(id, reference) {
    if (!await this.attempt(() => patch(`/bays/${id}`, { paused_why: 'Its sensor is to be checked' }))) return;
    this.screen.undo(`Bay ${reference} raises no tasks until it is put back.`, () => this.#unpause(id, reference));
    await this.load();
  }
}

function pausedTable(bays) {
  if (!bays.length) return html`<p class="muted">No bay is paused.</p>`;
  return html`<p class="muted">These raise no tasks. Once signs and lines are right again, put the bay back into use.</p>
    <div class="wide books"><table><caption class="unseen">Paused bays</caption><thead><tr><th scope="col">Bay</th><th scope="col">Since</th><th scope="col">Why</th><th scope="col"><span class="unseen">What to do</span></th></tr></thead>
    <tbody>${bays.map(({ id, street, reference, paused_at: since, paused_why: why }) => html`<tr><th scope="row"><a href="#bays/${id}">${street}, bay ${reference}</a></th>
      <td>${at(since)}</td><td>${why}</td><td><button type="button" data-do="unpause" data-id="${id}" data-reference="${reference}">Put back<span class="unseen"> bay ${reference}</span></button></td></tr>`)}</tbody></table></div>`;
}

function alarmsTable(items) {
  const worst = items.filter(({ suspect }) => suspect).length;
  if (!items.length) return html`<p class="muted">No bay with five visits or more in ${DAYS} days had one in vain.</p>`;
  return html`<p>Of visits to cars that a sensor reported, in ${DAYS} days; “gone on arrival” and “bay empty” count as in vain. The true share lies in
      the range with 95 % confidence. ${worst > 0 ? html`<strong>${number(worst, 'bay is', 'bays are')} surely worse than all together: have the sensor looked at.</strong>` : 'No bay is surely worse than all together.'}</p>
    <div class="wide books"><table><caption class="unseen">Bays by visits in vain, the surely worst first</caption><thead><tr><th scope="col">Bay</th><th scope="col" class="figure">Visits</th>
      <th scope="col" class="figure">In vain</th><th scope="col" class="figure">Share</th><th scope="col" class="figure">Range</th><th scope="col">What to do</th></tr></thead>
    <tbody>${items.map(alarmRow)}</tbody></table></div>`;
}

function alarmRow({ bay_id: id, street, reference, visits, in_vain: vain, share, low, high, suspect, paused_at: paused }) {
  return html`<tr><th scope="row"><a href="#bays/${id}">${street}, bay ${reference}</a></th><td class="figure">${visits}</td><td class="figure">${vain}</td>
    <td class="figure">${percent(share)}</td><td class="figure whole">${percent(low)} to ${percent(high)}</td>
    <td>${suspect && html`<span class="soon">Have it checked.</span>`} ${paused ? 'Paused' : html`<button type="button" data-do="pause" data-id="${id}" data-reference="${reference}">Pause<span class="unseen"> bay ${reference}</span></button>`}</td></tr>`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

customElements.define('bays-to-check', BaysToCheck);
