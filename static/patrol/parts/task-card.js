import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import {
  carState, lawfulWords, lookWords, overWords, placeWords, reasonWords, walkWords,
} from '../../shared/task-words.js';
import { age, countdown } from '../../shared/words.js';

const REASONS = [
  ['too_far', 'Too far away'],
  ['busy', 'I’m busy'],
  ['break_due', 'My break is due'],
  ['other', 'Another reason'],
];

/**
 * The one thing to do now. Emits `accept`, `arrive`, `decline` {reason} and `unsafe`; `tick()` moves its
 * clocks on. The task keeps its buttons, and so the focus, while only its facts change.
 */
export class TaskCard extends HTMLElement {
  #task = null;
  #drawn = '';

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
    this.tick();
  }

  /** While a step is on its way the buttons rest. */
  set busy(busy) {
    this.setAttribute('aria-busy', String(busy));
    this.querySelectorAll('button').forEach((button) => { button.disabled = busy; });
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
    if (place && place.textContent !== words) place.textContent = words;
  }

  #draw(task) {
    this.replaceChildren(html`<article class="card stack" aria-labelledby="place">
      <div class="tight">
        <p class="kicker muted">${{ offered: 'New: can you go?', accepted: 'You are going', arrived: 'You are here' }[task.state]}</p>
        <h1 id="place">${placeWords(task)}</h1>
        <p class="over"><span class="sign"></span> <span data-clock="over"></span></p>
        <p data-clock="lawful"></p>
      </div>
      <div class="facts tight"></div>
      ${actions(task)}
    </article>`);
  }

  #drawFacts(task) {
    const facts = [walkWords(task.assignment), lookWords(task)].filter(Boolean);
    const todo = task.patrol?.instructions;
    this.querySelector('.facts').replaceChildren(html`
      ${task.may_have_left_at && html`<p class="notice soon" role="status">${shape('may-have-left')}
        The car may have left, ${age(task.may_have_left_at, now())}.
        ${task.state === 'arrived' ? 'Record what you find.' : 'You will hear within a minute if it has.'}</p>`}
      ${todo && html`<p class="todo">${todo}</p>`}
      ${task.state !== 'arrived' && facts.map((fact) => html`<p>${fact}</p>`)}
      ${task.state !== 'arrived' && html`<p class="muted">Why this one: ${reasonWords(task) || 'it is the next one here'}</p>`}`);
  }

  #say({ value, dataset }) {
    const detail = { task: this.#task, reason: dataset.reason };
    this.dispatchEvent(new CustomEvent(value, { detail, bubbles: true }));
  }
}

function actions({ state }) {
  if (state === 'arrived') return null;
  return html`<div class="actions">
    ${state === 'offered' && html`<p class="soon" data-clock="left"></p>`}
    ${state === 'offered'
      ? html`<button type="button" class="main" value="accept">I’m going</button>`
      : html`<button type="button" class="main" value="arrive">I’m here</button>`}
    <div class="pair">
      <details class="cannot">
        <summary class="button">Can’t</summary>
        <div class="menu stack">${REASONS.map(([reason, words]) => html`<button type="button" value="decline"
          data-reason="${reason}">${words}</button>`)}</div>
      </details>
      <button type="button" class="grave" value="unsafe">Unsafe</button>
    </div>
  </div>`;
}

function leftWords({ assignment }) {
  if (!assignment?.expires_at) return '';
  const left = Date.parse(assignment.expires_at) - now();
  return left > 0 ? `Answer within ${countdown(left)}` : 'Going to the next officer…';
}

customElements.define('task-card', TaskCard);
