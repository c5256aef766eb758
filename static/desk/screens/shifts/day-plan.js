import { ApiError, get, patch, post } from '../../../shared/api.js';
import { now, zone } from '../../../shared/clock.js';
import { coalesce } from '../../../shared/coalesce.js';
import { html } from '../../../shared/html.js';
import '../../../shared/undo-bar.js';
import { period } from '../../../shared/words.js';
import '../../parts/shifts/copy-day.js';
import '../../parts/shifts/day-picker.js';
import { begins, daysOn, dayWords, isDay, today } from '../../parts/shifts/days.js';
import '../../parts/shifts/plan-table.js';
import { ZONE } from '../../parts/shifts/plan-table.js';
import '../../parts/shifts/shift-panel.js';
import '../../parts/shifts/zone-chips.js';
import { Screen } from '../screen.js';
import { Running } from './running.js';

const TICK = 30_000;
const MORNING = 8 * 3_600_000;
const EARLY = 2 * 3_600_000; // how long before its time a shift may be started
const WEEK = 7;
const FEW = 12; // more officers are folded away
const NEW = 'new';
const COPY = 'copy';

/** Who works when, and where, on one day: "#shifts/plan/<day>", and behind that the shift that is looked at. */
export class DayPlan extends Screen {
  #shifts = null;
  #running = null;
  #shown = null; // what stands beside the table: a shift's id, NEW, COPY, or nothing

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<div class="row spread"><day-picker></day-picker>
        <p class="row"><button type="button" value="copy">Copy from last week</button>
          <button type="button" class="main" value="new">Plan a shift</button></p></div>
      <zone-chips></zone-chips>
      <div class="beside"><section class="stack" aria-labelledby="plan-day"><h2 id="plan-day"></h2>
        <p class="nobody muted" hidden>Nobody is planned on this day. Plan a shift, or copy the day from last week.</p>
        <plan-table></plan-table><div class="rest row" hidden></div></section>
        <aside class="stack" aria-label="The chosen shift">
          <p class="none muted">Choose a shift in the table to see and change it.</p>
          <shift-panel hidden></shift-panel><copy-day hidden></copy-day>
          <section class="new card stack" hidden><h2 tabindex="-1">Plan a shift</h2><shift-form></shift-form>
            <button type="button" value="close">Close</button></section></aside></div>
      <undo-bar></undo-bar>`);
    this.reload = coalesce(() => this.#load());
    this.onJournal(['shift'], this.reload);
    this.desk.live.addEventListener('hello', this.reload, { signal: this.left });
    this.#running = new Running(this, this.querySelector('running-shift'), () => this.#load());
    this.#listen();
    this.every(TICK, () => this.show());
    this.moved();
  }

  #listen() {
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail));
    on('day-pick', ({ day }) => this.#go(day));
    on('shift-select', ({ id }) => this.#go(this.day, id));
    on('shift-save', (said) => this.#save(said));
    on('shift-cancel', ({ id }) => this.#cancel(id));
    on('zone-drop', ({ shift, zone: id }) => this.#addZone(shift, id));
    on('copy-look', ({ from }) => this.#lookAtCopy(from));
    on('copy-plan', (said) => this.#copy(said));
    on('copy-close', () => this.#go(this.day));
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button')));
    for (const type of ['dragover', 'drop']) this.querySelector('.rest').addEventListener(type, (event) => this.#dropOnFree(event));
  }

  get day() {
    return isDay(this.place[1]) ? this.place[1] : today();
  }

  get #chosen() {
    return this.#shifts?.find(({ id }) => id === this.place[2]) ?? null;
  }

  /** The address names another day, or another shift of it. */
  async moved() {
    if (this.#day !== this.day) {
      this.#shifts = null;
      this.#day = this.day;
      await this.#load();
    }
    const beside = this.place[2] ?? null;
    if (beside === COPY && this.#shown !== COPY) await this.#lookAtCopy(daysOn(this.day, -WEEK));
    if (beside === NEW && this.#shown !== NEW) this.#beginNew();
    this.#shown = beside;
    this.show();
  }

  #day = null;

  #go(day, beside = null) {
    location.hash = ['shifts', 'plan', day, beside].filter(Boolean).join('/');
  }

  #load() {
    return this.attempt(async () => {
      const { day } = this;
      const { items } = await get('/shifts', { day });
      if (day !== this.day) return;
      this.#shifts = items.filter(({ started_at: started, ended_at: ended }) => started || !ended).sort(byOfficer);
      this.show();
    });
  }

  show() {
    const { day } = this;
    this.querySelector('day-picker').show(day);
    this.querySelector('#plan-day').textContent = dayWords(day);
    this.querySelector('zone-chips').show(this.desk.zones);
    this.querySelector('.new shift-form').show(this.desk);
    if (!this.#shifts) return;
    const chosen = this.#chosen;
    this.querySelector('.nobody').hidden = this.#shifts.length > 0;
    this.querySelector('plan-table').hidden = this.#shifts.length === 0;
    this.querySelector('plan-table').show({ day, shifts: this.#shifts, chosen: chosen?.id });
    this.#showFree();
    this.#showBeside(chosen);
  }

  #showFree() {
    const place = this.querySelector('.rest');
    const planned = new Set(this.#shifts.map(({ officer }) => officer.id));
    const free = this.desk.officers.filter(({ id }) => !planned.has(id)).sort((one, other) => one.name.localeCompare(other.name));
    const mark = JSON.stringify(free);
    if (place.dataset.mark === mark) return;
    place.dataset.mark = mark;
    place.hidden = free.length === 0;
    const buttons = free.map(({ id, name }) => html`<button type="button" value="officer" data-id="${id}">${name}</button>`);
    place.replaceChildren(free.length <= FEW ? html`<span class="muted">Not planned:</span> ${buttons}`
      : html`<details><summary>${free.length} officers are not planned</summary><div class="row">${buttons}</div></details>`);
  }

  #showBeside(chosen) {
    const beside = { 'shift-panel': Boolean(chosen), 'copy-day': this.place[2] === COPY, '.new': this.place[2] === NEW };
    for (const [name, wanted] of Object.entries(beside)) this.querySelector(name).hidden = !wanted;
    this.querySelector('.none').hidden = Object.values(beside).includes(true);
    this.#running.show(chosen && isNow(chosen) ? chosen : null);
    if (chosen) this.querySelector('shift-panel').show({ shift: chosen, officers: this.desk.officers, zones: this.desk.zones });
  }

  #click(button) {
    if (!button || !this.contains(button)) return;
    if (button.value === 'new') this.#plan();
    if (button.value === 'officer') this.#plan({ officer: button.dataset.id });
    if (button.value === 'copy') this.#go(this.day, COPY);
    if (button.value === 'close') this.#go(this.day);
  }

  #plan(given = {}) {
    this.#beginNew(given);
    this.#shown = NEW;
    this.#go(this.day, NEW);
    this.querySelector('.new h2').focus();
  }

  #beginNew(given = {}) {
    const form = this.querySelector('.new shift-form');
    form.show(this.desk);
    form.begin({ ...given, ...(this.day !== today() && { from: begins(this.day) + MORNING }) });
  }

  #dropOnFree(event) {
    const button = event.target.closest?.('button[value=officer]');
    if (!button || !event.dataTransfer.types.includes(ZONE)) return;
    event.preventDefault();
    if (event.type === 'drop') this.#plan({ officer: button.dataset.id, zones: [event.dataTransfer.getData(ZONE)] });
  }

  async #save({ id, body }) {
    const form = id ? this.querySelector('shift-panel').form : this.querySelector('.new shift-form');
    const sent = () => (id ? patch(`/shifts/${id}`, body) : post('/shifts', body)).catch((error) => { throw clearer(error); });
    const done = await this.#change(sent, id ? 'Saved.' : 'The shift is planned.', (error) => form.refuse(error));
    if (!done) return;
    if (id) this.querySelector('shift-panel').saved();
    else this.#go(this.day, done.id);
  }

  async #cancel(id) {
    const { officer } = this.#chosen;
    if (!(await this.#change(() => post(`/shifts/${id}/cancel`)))) return;
    this.#go(this.day);
    this.querySelector('undo-bar').offer(`${officer.name}’s shift is called off.`,
      async () => Boolean(await this.#change(() => post(`/shifts/${id}/restore`), 'It stands again.')));
  }

  async #addZone(id, added) {
    const { officer, zones, version } = this.#shifts.find((shift) => shift.id === id);
    const before = zones.map((each) => each.id);
    if (before.includes(added)) return;
    const done = await this.#change(() => patch(`/shifts/${id}`, { version, zones: [...before, added] }));
    if (!done) return;
    const { name } = this.desk.zones.find((each) => each.id === added);
    this.querySelector('undo-bar').offer(`${name} is added to ${officer.name}’s shift.`,
      async () => Boolean(await this.#change(() => patch(`/shifts/${id}`, { version: done.version, zones: before }), 'It is taken off again.')));
  }

  #lookAtCopy(from) {
    const { day } = this;
    const copy = this.querySelector('copy-day');
    return this.attempt(async () => copy.show({ day, from, items: (await get('/shifts/copy', { from_day: from, day })).items }),
      null, (error) => copy.refuse(error));
  }

  async #copy({ from, shifts }) {
    const before = new Set(this.#shifts.map(({ id }) => id));
    const done = await this.#change(() => post('/shifts/copy', { from_day: from, day: this.day, shifts }));
    if (!done) return this.#lookAtCopy(from);
    const fresh = done.items.map(({ id }) => id).filter((id) => !before.has(id));
    this.#go(this.day);
    return this.querySelector('undo-bar').offer(fresh.length === 1 ? 'One shift is planned.' : `${fresh.length} shifts are planned.`,
      () => this.#takeBack(fresh));
  }

  async #takeBack(ids) {
    for (const id of ids) {
      if (!(await this.attempt(() => post(`/shifts/${id}/cancel`)))) return false;
    }
    await this.#load();
    return true;
  }

  /** What the server answered, once it is done and shown; null if it was refused. */
  async #change(run, done, refused) {
    let answer = null;
    const went = await this.attempt(async () => { answer = await run(); }, done, refused);
    await this.#load();
    return went ? answer : null;
  }
}

/** It is on, or may be started now. */
function isNow({ started_at: started, ended_at: ended, planned_from: from, planned_to: to }) {
  return started ? !ended : Date.parse(from) - EARLY <= now() && now() < Date.parse(to);
}

function byOfficer(one, other) {
  return one.officer.name.localeCompare(other.officer.name) || Date.parse(one.planned_from) - Date.parse(other.planned_from);
}

/** A clash says with what. */
function clearer(error) {
  if (!(error instanceof ApiError) || error.status !== 409 || !error.planned_from) return error;
  const other = period(error.planned_from, error.planned_to, now(), zone());
  return new ApiError({ ...error, status: error.status, detail: `${error.message} It is ${other}: choose other times, or change that one.` });
}

customElements.define('day-plan', DayPlan);
export default DayPlan;
