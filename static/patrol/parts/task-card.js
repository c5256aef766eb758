import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import {
  carState, lawfulWords, lookWords, overWords, placeWords, reasonWords, walkWords,
} from '../../shared/task-words.js';
import { age, countdown } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { awayWords } from '../away.js';
import { wayLink } from '../way.js';
import { toStateWords } from './shift-bar.js';

const REASONS = ['too_far', 'busy', 'break_due', 'other'];
const WITH_PUBLIC = 'with_public';
const TITLES = { offered: 'card-offered', accepted: 'card-accepted', arrived: 'card-arrived' };

/**
 * The one thing to do now. Emits `accept`, `arrive`, `decline` {reason}, `unsafe`, and at the car `shift-state` {state};
 * `tick()` moves its clocks on. The task keeps its buttons, and so the focus, while only its facts change.
 */
export class TaskCard extends HTMLElement {
  #task = null;
  #drawn = '';
  /** Where this phone is: { lon, lat, accuracy_m }; empty where that is not known. */
  place = {};
  /** What most likely comes next, as GET /next tells it; or null. */
  then = null;
  /** What the officer is doing: the state of their shift. */
  doing = 'observing';

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.#say(button);
    });
  }

  set task(task) {
    this.#task = task;
    const drawn = `${task.id} ${task.state}`;
    if (drawn !== this.#drawn) this.#draw(task);
    this.#drawn = drawn;
    this.#drawFacts(task);
    this.#drawState();
    this.tick();
  }

  /** Who speaks with somebody at the car says so with one tap, and with one more that they go on. */
  #drawState() {
    const button = this.querySelector('[value=shift-state]');
    if (!button) return;
    button.dataset.state = this.doing === WITH_PUBLIC ? 'observing' : WITH_PUBLIC;
    button.textContent = toStateWords(button.dataset.state);
  }

  tick() {
    if (!this.#task) return;
    const lawful = lawfulWords(this.#task, now(), zone());
    const car = carState(this.#task, now());
    this.#write('over', overWords(this.#task, now(), zone()));
    this.#write('lawful', lawful.words);
    this.#write('left', leftWords(this.#task));
    this.querySelector('[data-clock=lawful]').className = lawful.kind;
    const sign = this.querySelector('.sign');
    if (sign.dataset.shape !== car.shape) {
      sign.dataset.shape = car.shape;
      sign.replaceChildren(shape(car.shape));
    }
  }

  #write(name, words) {
    const place = this.querySelector(`[data-clock=${name}]`);
    if (place) write(place, words);
  }

  #draw(task) {
    this.replaceChildren(html`<article class="card stack" aria-labelledby="place">
      <div class="tight">
        <p class="kicker muted">${say(task.found ? 'card-found' : TITLES[task.state])}</p>
        <h1 id="place">${placeWords(task)}</h1>
        <p class="over"><span class="sign"></span> <span data-clock="over"></span></p>
        <p data-clock="lawful"></p>
      </div>
      <div class="facts tight"></div>
      ${task.state !== 'arrived' && html`<way-map hidden></way-map>`}
      ${task.state !== 'arrived' && html`<p><a href="${wayLink(task.bay)}" target="_blank" rel="noopener noreferrer">${say('open-in-maps')}</a></p>`}
      ${actions(task)}
    </article>`);
  }

  #drawFacts(task) {
    const going = task.state !== 'arrived';
    const facts = [awayWords(task.bay, this.place, task.assignment) || walkWords(task.assignment), lookWords(task)];
    const todo = task.patrol?.instructions;
    const left = task.may_have_left_at && say(going ? 'card-may-have-left' : 'card-may-have-left-here', { age: age(task.may_have_left_at, now()) });
    const why = going && say('card-why', { reasons: reasonWords(task) || say('card-why-next') });
    const then = going && this.then && this.then.task_id !== task.id && thenWords(this.then);
    const shown = JSON.stringify([left, task.needs_you, todo, facts, why, then]);
    const place = this.querySelector('.facts');
    if (place.dataset.shown === shown) return;
    place.dataset.shown = shown;
    place.replaceChildren(html`
      ${left && html`<p class="notice soon" role="status">${shape('may-have-left')} ${left}</p>`}
      ${task.needs_you && html`<p class="now"><a href="#outbox">${say('card-needs-you')}</a></p>`}
      ${todo && html`<p class="todo">${todo}</p>`}
      ${going && facts.filter(Boolean).map((fact) => html`<p>${fact}</p>`)}
      ${why && html`<p class="muted">${why}</p>`}
      ${then && html`<p class="muted">${then}</p>`}`);
  }

  #say({ value, dataset }) {
    const detail = { task: this.#task, reason: dataset.reason, state: dataset.state };
    this.dispatchEvent(new CustomEvent(value, { detail, bubbles: true }));
  }
}

function actions({ state }) {
  if (state === 'arrived') return html`<div class="pair at-the-car"><button type="button" value="shift-state"></button>
    <button type="button" class="grave" value="unsafe">${say('card-unsafe')}</button></div>`;
  return html`<div class="actions">
    ${state === 'offered' && html`<p class="soon" data-clock="left"></p>`}
    ${state === 'offered'
      ? html`<button type="button" class="main" value="accept">${say('card-accept')}</button>`
      : html`<button type="button" class="main" value="arrive">${say('card-arrive')}</button>`}
    <div class="pair">
      <details class="cannot">
        <summary class="button">${say('card-cannot')}</summary>
        <div class="menu stack">${REASONS.map((reason) => html`<button type="button" value="decline"
          data-reason="${reason}">${say(`decline-${reason.replace('_', '-')}`)}</button>`)}</div>
      </details>
      <button type="button" class="grave" value="unsafe">${say('card-unsafe')}</button>
    </div>
  </div>`;
}

function thenWords(next) {
  return say('card-then', { place: [placeWords(next), walkWords(next)].filter(Boolean).join(' · ') });
}

function leftWords({ assignment }) {
  if (!assignment?.expires_at) return '';
  const left = Date.parse(assignment.expires_at) - now();
  return left > 0 ? say('card-answer-within', { countdown: countdown(left) }) : say('card-answer-late');
}

customElements.define('task-card', TaskCard);
