import { get, patch, post, remove } from '../../../shared/api.js';
import { now, zone } from '../../../shared/clock.js';
import { coalesce } from '../../../shared/coalesce.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import '../../../shared/undo-bar.js';
import { period, when } from '../../../shared/words.js';
import { today } from '../../parts/shifts/days.js';
import '../../parts/shifts/note-list.js';
import { Screen } from '../screen.js';

const FAULTS = 30;

/** What officers are told before they go out, who has read it today, and what of their equipment was not in order. */
export class BriefingPage extends Screen {
  #told = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<div class="thirds"><section class="stack" aria-labelledby="notes"><h2 id="notes">Briefing notes</h2><note-list></note-list></section>
      <section class="stack" aria-labelledby="read"><h2 id="read">Who has read today’s briefing</h2>
        <p class="nobody muted" hidden>Nobody is planned today.</p><ul class="readers stack"></ul></section>
      <section class="stack" aria-labelledby="faults"><h2 id="faults">Equipment not in order</h2>
        <p class="fine-all muted" hidden>Nothing was reported.</p><ul class="faults stack"></ul></section></div><undo-bar></undo-bar>`);
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail));
    const notes = this.querySelector('note-list');
    on('note-add', async ({ body }) => (await this.#step(() => post('/briefing-notes', body), 'Officers are told.', (error) => notes.refuse(error))) && notes.clear());
    on('note-days', ({ id, body }) => this.#step(() => patch(`/briefing-notes/${id}`, body), 'Saved.'));
    on('note-away', ({ note }) => this.#putAway(note));
    this.onJournal(['shift', 'briefing-note'], coalesce(() => this.#load()));
    this.#load();
  }

  #load() {
    return this.attempt(async () => {
      const [notes, shifts, faults] = await Promise.all([
        get('/briefing-notes'), get('/shifts', { day: today() }), get('/briefings', { faults: true, limit: FAULTS }),
      ]);
      const planned = shifts.items.filter(({ started_at: started, ended_at: ended }) => started || !ended);
      this.#told = { notes: notes.items, shifts: planned, faults: faults.items };
      this.show();
    });
  }

  show() {
    if (!this.#told) return;
    const { notes, shifts, faults } = this.#told;
    this.querySelector('note-list').show({ notes, zones: this.desk.zones });
    this.querySelector('.nobody').hidden = shifts.length > 0;
    this.querySelector('.fine-all').hidden = faults.length > 0;
    keyed(this.querySelector('.readers'), shifts.map(readerOf), { key: ({ id }) => id, mark: JSON.stringify, draw: drawReader });
    keyed(this.querySelector('.faults'), faults, { key: ({ id }) => id, mark: JSON.stringify, draw: drawFaults });
  }

  async #step(run, done, refused) {
    const went = await this.attempt(run, done, refused);
    await this.#load();
    return went;
  }

  /** Brought back it is a new note with the same words. */
  async #putAway({ id, text, zone_id, first_day, last_day, hazard }) {
    if (!(await this.#step(() => remove(`/briefing-notes/${id}`)))) return;
    this.querySelector('undo-bar').offer('The note is put away.',
      () => this.#step(() => post('/briefing-notes', { text, zone_id, first_day, last_day, hazard }), 'It is told again.'));
  }
}

function readerOf({ id, officer, planned_from: from, planned_to: to, briefed_at: read }) {
  return { id, name: officer.name, hours: period(from, to, now(), zone()), read: read && when(read, now(), zone()) };
}

function drawReader({ name, hours, read }) {
  return html`<li class="tight"><p><strong>${name}</strong> <span class="muted">${hours}</span></p>
    <p class="${read ? 'fine' : 'soon'}">${shape(read ? 'done' : 'free')} ${read ? `Read, ${read}` : 'Not read yet'}</p></li>`.firstElementChild;
}

function drawFaults({ officer, equipment, read_at: at }) {
  const faults = equipment.filter(({ ok }) => !ok);
  return html`<li class="tight"><p><strong>${officer.name}</strong> <span class="muted">${when(at, now(), zone())}</span></p>
    <ul>${faults.map(({ item, note }) => html`<li>${item}${note && `: ${note}`}</li>`)}</ul></li>`.firstElementChild;
}

customElements.define('briefing-page', BriefingPage);
export default BriefingPage;
