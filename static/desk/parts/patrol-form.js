import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { clock, wallClock } from '../../shared/words.js';
import { markForm } from './refused-form.js';
import './place-field.js';

const HOUR = 3_600_000;
const MINUTES = [5, 10, 15, 20, 30, 45, 60];
const WORTH = [[30, 'When somebody is near'], [50, 'As usual'], [75, 'Soon'], [100, 'Before all else']];
let forms = 0;

/**
 * Asking for a visit that no sensor asks for: once, today (a resident called), or again and again. Emits `patrol` with
 * the body of POST /patrols, or of PATCH for one that is there already. Set `data-kind`: once or standing.
 */
export class PatrolForm extends HTMLElement {
  #name = `patrol-${(forms += 1)}`;
  #codes = [];

  connectedCallback() {
    if (this.firstChild) return;
    const [name, once] = [this.#name, this.#once];
    this.replaceChildren(html`<form class="stack" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
      <p class="tight"><label for="${name}-name">${once ? 'What is it about?' : 'Its name'}</label>
        <input id="${name}-name" name="name" maxlength="100" autocomplete="off" placeholder="${once ? 'A resident called: car across a dropped kerb' : 'School run, Judd Street'}"></p>
      <place-field></place-field>
      <p class="tight"><label for="${name}-instructions">What to do there</label>
        <textarea id="${name}-instructions" name="instructions" rows="2" maxlength="1000"></textarea>
        <span class="muted small">The officer reads it. Nobody’s name and no number plate.</span></p>
      <p class="tight"><label for="${name}-code">What to look for first</label><select id="${name}-code" name="code"></select></p>
      ${once
        ? html`<p class="tight"><label for="${name}-until">Until, today</label><input id="${name}-until" name="until" type="time"></p>`
        : html`<p class="tight"><label for="${name}-hours">When</label><input id="${name}-hours" name="hours" maxlength="1000" autocomplete="off" placeholder="Mo-Fr 08:15-09:15; PH off">
            <span class="muted small">In the words of OSM opening_hours; PH are public holidays, EV:name an event of yours.</span></p>`}
      <div class="row"><p class="tight"><label for="${name}-minutes">How long it takes</label><select id="${name}-minutes" name="minutes">
          ${MINUTES.map((minutes) => html`<option value="${minutes}">${minutes} min</option>`)}</select></p>
        <p class="tight"><label for="${name}-priority">How urgent</label><select id="${name}-priority" name="priority">
          ${WORTH.map(([worth, words]) => html`<option value="${worth}">${words}</option>`)}</select></p></div>
      <button class="main">${once ? 'Send somebody' : 'Save the patrol'}</button></form>`);
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.clear();
  }

  /** The contraventions that the council enforces, as GET /contraventions lists them. */
  set codes(codes) {
    if (this.#codes.length === codes.length) return;
    this.#codes = codes;
    const { code } = this.#fields;
    const chosen = code.value;
    code.replaceChildren(html`<option value="">Choose</option>${codes.map(({ code: value, gist }) => html`<option value="${value}">${value} – ${gist}</option>`)}`);
    code.value = chosen;
  }

  /** Empty again, or filled in with a patrol that is there. */
  clear(patrol = null) {
    const fields = this.#fields;
    this.querySelector('form').reset();
    this.querySelector('place-field').show(patrol?.place ?? null);
    fields.minutes.value = 10;
    fields.priority.value = 50;
    for (const name of ['name', 'instructions', 'code', 'hours', 'minutes']) if (patrol && fields[name]) fields[name].value = patrol[name];
    if (patrol) fields.priority.value = nearest(patrol.priority);
    if (fields.until) fields.until.value = wallClock(Math.min(now() + HOUR, endOfDay()), zone()).slice(11);
    this.refuse(null);
  }

  /** What is wrong (an ApiError, or { message, errors }); null takes it away. */
  refuse(error) {
    markForm(this, error);
    if (error) this.querySelector('.errors').focus();
  }

  get #once() {
    return this.dataset.kind === 'once';
  }

  get #fields() {
    return this.querySelector('form').elements;
  }

  #submit() {
    const said = Object.fromEntries(new FormData(this.querySelector('form')));
    const place = this.querySelector('place-field');
    const missing = [
      !said.name.trim() && { pointer: '/name', detail: this.#once ? 'Say what it is about.' : 'Give it a name.' },
      !place.value && { pointer: '/place', detail: place.missing },
      !said.code && { pointer: '/code', detail: 'Choose what to look for.' },
      this.#once && !isAhead(said.until) && { pointer: '/until', detail: `Choose a time that is still to come today; it is ${clock(now(), zone())}.` },
      !this.#once && !said.hours.trim() && { pointer: '/hours', detail: 'Say when: Mo-Fr 08:15-09:15, for instance.' },
    ].filter(Boolean);
    if (missing.length) return this.refuse({ message: 'This is still missing:', errors: missing });
    this.refuse(null);
    const { name, instructions, code, minutes, priority } = said;
    const body = { name: name.trim(), instructions, code, minutes: Number(minutes), priority: Number(priority), place: place.value, ...this.#when(said) };
    return this.dispatchEvent(new CustomEvent('patrol', { detail: { body }, bubbles: true }));
  }

  /** A visit that is asked for once is a patrol of one window. */
  #when({ until, hours }) {
    if (!this.#once) return { hours: hours.trim() };
    const [day, from] = wallClock(now(), zone()).split('T');
    return { hours: `${from}-${until}`, terms: [{ first: day, last: day }] };
  }
}

function isAhead(until) {
  return until > wallClock(now(), zone()).slice(11);
}

function endOfDay() {
  const [, time] = wallClock(now(), zone()).split('T');
  const [hours, minutes] = time.split(':').map(Number);
  return now() + (23 - hours) * HOUR + (59 - minutes) * 60_000;
}

function nearest(priority) {
  return WORTH.reduce((best, [worth]) => (Math.abs(worth - priority) < Math.abs(best - priority) ? worth : best), 50);
}

customElements.define('patrol-form', PatrolForm);
