import { html } from '../../shared/html.js';
import { quoted } from '../../shared/quoted.js';
import { say } from '../../shared/say.js';
import { carState, workWords } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';
import { whatWords, whenWords, whereWords } from '../step-words.js';
import { canBeLeft } from '../store/order.js';

const FIELDS = ['code', 'plate', 'valve_front', 'valve_rear', 'note', 'text'];
const DETAILS = ['minutes', 'reference', 'which'];
const NUMBERS = ['valve_front', 'valve_rear', 'minutes'];
const IN_HAND = ['offered', 'accepted', 'arrived'];
const GONE = ['photo-lost', 'bad-photo'];

/**
 * A step that the server did not take: what its officer recorded beside the task as it is now, why, and what can be
 * done. Emits `send-again` {id, version}, `correct` {id, said}, and with {id} `let-go`, `leave`, `leave-all` (it and what
 * waits behind it), `anew`, `sign-anew` and `papered` (the notice is on the car). What is put right is kept in `draft` until it is sent.
 */
export class RefusedStep extends HTMLElement {
  #step;
  #draft;

  show(step, { behind, me, now, zone, outcomes, draft }) {
    [this.#step, this.#draft] = [step, draft];
    this.replaceChildren(html`<article class="card stack">
      <div class="tight"><h3>${whatWords(step, outcomes)}</h3><p>${whereWords(step)}</p></div>
      <p class="notice now">${quoted(step.problem.detail)}</p>
      <div class="sides">
        <section><h4>${say('refused-yours')}</h4>${list(yours(step, { now, zone, outcomes }))}</section>
        ${step.problem.task && html`<section><h4>${say('refused-now')}</h4>${list(asItIs(step.problem.task, { now, zone, outcomes }))}</section>`}
      </div>
      ${behind > 0 && html`<p>${say('refused-behind', { steps: behind })}</p>`}
      ${step.problem.kept && html`<p class="muted">${say('refused-kept')}</p>`}
      ${behind > 0 && !canBeLeft(step) && html`<p>${say('refused-only-here')}</p>`}
      ${this.#ways(me, behind)}
    </article>`);
    this.#begin(this.querySelector('form'));
    this.querySelectorAll('button[value]').forEach((button) => button.addEventListener('click', () => this.#choose(button.value)));
  }

  /** What was typed before goes on, unless more is typed meanwhile. */
  async #begin(form) {
    if (!form) return;
    let typing = false;
    form.addEventListener('submit', (event) => this.#correct(event));
    form.addEventListener('input', () => {
      typing = true;
      this.#draft.save(Object.fromEntries(new FormData(form)));
    });
    const typed = Object.entries(await this.#draft.load()).filter(([name]) => form.elements[name]);
    if (!typing) for (const [name, text] of typed) form.elements[name].value = text;
  }

  #ways(me, behind) {
    const step = this.#step;
    const fields = wrongFields(step);
    const anew = !fields.length && step.kind === 'outcome' && step.problem.status === 422;
    const again = !fields.length && !anew && mayHelp(step, me);
    const papered = anew && step.problem.kept && step.body.outcome === 'notice_served';
    return html`${fields.length > 0 && form(step.id, fields)}
      <div class="ways">
        ${papered && html`<button type="button" class="main" value="papered">${say('notice-papered')}</button>`}
        ${anew && html`<button type="button" class="${papered ? '' : 'main'}" value="anew">${say('refused-anew')}</button>`}
        ${step.kind === 'log-sign' && html`<button type="button" class="main" value="sign-anew">${say('refused-sign-anew')}</button>`}
        ${again && html`<button type="button" class="main" value="send-again">${say('refused-again')}</button>`}
        ${behind > 0 && canBeLeft(step) && html`<button type="button" value="leave-all">${say('refused-leave-all')}</button>`}
        ${step.problem.kept
          ? html`<button type="button" value="leave">${say('refused-leave')}</button>`
          : html`<button type="button" value="let-go">${say('refused-drop')}</button>`}
      </div>`;
  }

  #choose(value) {
    this.#tell(value, { id: this.#step.id, version: this.#step.problem.task?.version });
  }

  #correct(event) {
    event.preventDefault();
    const typed = Object.entries(Object.fromEntries(new FormData(event.target)));
    const values = Object.fromEntries(typed.map(([name, text]) => [name, valueOf(name, text.trim())]));
    this.#tell('correct', { id: this.#step.id, said: bodyOf(this.#step, values) });
  }

  #tell(type, detail) {
    this.#draft.clear();
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** What the server points at and can be typed anew: [{ name, words, value, wrong }]. */
function wrongFields({ body, problem }) {
  const named = (problem.errors ?? []).map(({ pointer = '', detail }) => ({ name: pointer.split('/').pop(), wrong: detail }));
  return named
    .filter(({ name }) => (FIELDS.includes(name) && body[name] !== undefined) || (DETAILS.includes(name) && body.details))
    .map((field) => ({ ...field, value: body[field.name] ?? body.details?.[field.name] ?? '' }));
}

function form(id, fields) {
  return html`<form class="stack" novalidate>
    ${fields.map(({ name, wrong, value }) => html`<p class="tight"><label for="${name}-${id}">${say(`field-${name.replace('_', '-')}`)}</label>
      <input id="${name}-${id}" name="${name}" value="${value}" aria-invalid="true" aria-describedby="wrong-${name}-${id}"
        inputmode="${NUMBERS.includes(name) ? 'numeric' : 'text'}" autocomplete="off" maxlength="2000">
      <span id="wrong-${name}-${id}" class="now">${quoted(wrong)}</span></p>`)}
    <button class="main">${say('refused-fix')}</button></form>`;
}

function valueOf(name, text) {
  if (!text) return null;
  return NUMBERS.includes(name) && /^\d+$/.test(text) ? Number(text) : text;
}

/** What was typed, where it belongs in the body. */
function bodyOf({ body }, values) {
  const details = Object.entries(values).filter(([name]) => DETAILS.includes(name));
  const own = Object.entries(values).filter(([name]) => !DETAILS.includes(name));
  return { ...Object.fromEntries(own), ...(details.length && { details: { ...body.details, ...Object.fromEntries(details) } }) };
}

/** Whether sending it once more can end otherwise: not upon a task that is somebody else's by now, or over. */
export function mayHelp({ kind, problem: { task, type = '' } }, me) {
  if (kind === 'log-sign') return false; // the same sum, of a log that has changed
  if (GONE.some((each) => type.endsWith(each))) return false;
  return !task || (IN_HAND.includes(task.state) && task.officer?.id === me);
}

function list(rows) {
  return html`<dl>${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** What the officer recorded, as they would say it. */
function yours(step, { now, zone, outcomes }) {
  const { body, about } = step;
  const valves = [body.valve_front, body.valve_rear].filter(Boolean).join(' / ');
  return [
    [say('field-what'), whatWords(step, outcomes)],
    [say('field-when'), whenWords(step, now, zone)],
    [say('field-plate'), body.plate],
    [say('field-valves'), valves],
    [say('field-photos'), body.photos?.length || ''],
    [say('field-note'), body.note ?? body.text ?? about.words],
    [say('field-minutes'), body.details?.minutes],
    [say('field-reference'), body.details?.reference],
  ];
}

function asItIs(task, { now, zone, outcomes }) {
  return [
    [say('field-state'), workWords(task, outcomes)],
    [say('field-car'), carState(task, now).word],
    [say('field-may-have-left'), task.may_have_left_at && when(task.may_have_left_at, now, zone)],
    [say('field-looks'), task.sightings],
    [say('field-ended'), task.ended_at && when(task.ended_at, now, zone)],
  ];
}

customElements.define('refused-step', RefusedStep);
