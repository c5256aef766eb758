import { get } from '../../../shared/api.js';
import { now, zone } from '../../../shared/clock.js';
import { coalesce } from '../../../shared/coalesce.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import { period, when } from '../../../shared/words.js';
import '../../parts/shifts/day-picker.js';
import { dayWords, isDay, today } from '../../parts/shifts/days.js';
import { Screen } from '../screen.js';

/** The daily logs of officers: "#shifts/logs/<day>/<shift>", to be read and printed. */
export class LogsPage extends Screen {
  #day = null;
  #shifts = null;
  #log = null; // of the shift that is looked at, with its id

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<day-picker></day-picker><div class="beside"><section class="stack" aria-labelledby="logs-day">
        <h2 id="logs-day"></h2><p class="none muted" hidden>Nobody worked on this day.</p>
        <div class="wide"><table><caption class="unseen">Shifts that were worked, and their logs</caption>
          <thead><tr><th scope="col">Officer</th><th scope="col">Worked</th><th scope="col">Log</th></tr></thead><tbody></tbody></table></div></section>
      <aside class="stack" aria-label="The chosen log"><p class="choose muted">Choose an officer to read their log.</p>
        <article class="card stack log" hidden></article></aside></div>`);
    this.addEventListener('day-pick', ({ detail: { day } }) => { location.hash = `shifts/logs/${day}`; });
    this.addEventListener('click', ({ target }) => this.#click(target));
    this.onJournal(['shift'], coalesce(() => this.#load()));
    this.moved();
  }

  get day() {
    return isDay(this.place[1]) ? this.place[1] : today();
  }

  async moved() {
    if (this.#day !== this.day) {
      this.#day = this.day;
      this.#shifts = null;
    }
    await this.#load();
  }

  #load() {
    return this.attempt(async () => {
      const { day, place: [, , chosen] } = this;
      const [{ items }, log] = await Promise.all([get('/shifts', { day }), chosen ? get(`/shifts/${chosen}/log`) : null]);
      if (day !== this.day || chosen !== this.place[2]) return;
      this.#shifts = items.filter(({ started_at: started }) => started);
      this.#log = log && { ...log, shift: chosen };
      this.show();
    });
  }

  show() {
    this.querySelector('day-picker').show(this.day);
    this.querySelector('h2').textContent = dayWords(this.day);
    if (!this.#shifts) return;
    this.querySelector('.none').hidden = this.#shifts.length > 0;
    this.querySelector('table').hidden = this.#shifts.length === 0;
    const rows = this.#shifts.map((shift) => ({ ...wordsOf(shift), chosen: shift.id === this.place[2] }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
    this.#showLog();
  }

  #showLog() {
    const place = this.querySelector('.log');
    const shift = this.#shifts.find(({ id }) => id === this.#log?.shift);
    place.hidden = !shift;
    this.querySelector('.choose').hidden = Boolean(shift);
    const mark = JSON.stringify(shift && [this.#log]);
    if (!shift || place.dataset.mark === mark) return;
    place.dataset.mark = mark;
    place.replaceChildren(html`<h3>Daily log of ${shift.officer.name}</h3>${drawState(shift, this.#log)}
      <pre tabindex="0" aria-label="The log">${this.#log.document}</pre><p class="no-print"><button type="button" value="print">Print</button></p>`);
  }

  #click(target) {
    if (target.closest('[value=print]')) print();
    const row = target.closest('tr[data-key]');
    if (row) location.hash = `shifts/logs/${this.day}/${row.dataset.key}`;
  }
}

function wordsOf({ id, officer, started_at: from, ended_at: to, log_signed_at: signed }) {
  const worked = to ? period(from, to, now(), zone()) : `since ${when(from, now(), zone())}`;
  return { id, name: officer.name, worked, signed: signed && when(signed, now(), zone()), over: Boolean(to) };
}

function draw({ name, worked, signed, over, chosen }) {
  return html`<tr class="${chosen ? 'chosen' : ''}"><th scope="row"><button type="button" class="plain" data-focus="select"
    aria-pressed="${String(chosen)}">${name}</button></th><td>${worked}</td>
    <td>${signed ? html`<span class="fine">${shape('done')} Signed, ${signed}</span>`
    : html`<span class="${over ? 'soon' : 'muted'}">${shape('free')} ${over ? 'Not signed' : 'Still on shift'}</span>`}</td></tr>`.firstElementChild;
}

function drawState({ ended_at: ended }, { signed_at: signed, differs }) {
  if (!signed) return html`<p class="soon">${ended ? 'Not signed: its officer signs it on their phone.' : 'The shift goes on: this is how it stands.'}</p>`;
  return html`<p class="fine">${shape('done')} Signed, ${when(signed, now(), zone())}</p>
    ${differs && html`<p class="notice soon">Something came from the phone after it was signed: made now, the log would differ. What was signed stands below.</p>`}`;
}

customElements.define('logs-page', LogsPage);
export default LogsPage;
