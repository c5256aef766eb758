import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { placeWords } from '../../shared/task-words.js';
import { clock, when } from '../../shared/words.js';

const MOST_STREETS = 10;

/**
 * Patrols with their next windows, and the streets that somebody should see again. Emits `patrol-step` {id, step}: edit,
 * pause {why}, resume, retire or rounds.
 */
export class PatrolList extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', ({ target }) => this.#step(target.closest('button[data-step]')));
  }

  show({ patrols, coverage }) {
    const due = coverage.items.filter(({ overdue }) => overdue);
    const words = JSON.stringify([patrols, patrols.map(lineWords), coverage.days, due.map(({ name }) => name)]);
    if (this.dataset.shown === words) return;
    this.dataset.shown = words;
    const asked = patrols.filter((patrol) => !isOver(patrol));
    this.replaceChildren(html`
      ${asked.length === 0 && html`<p class="muted">None is asked for.</p>`}
      <ul class="stack">${asked.map(draw)}</ul>
      ${coverage.days && html`<h3>Streets unseen for ${coverage.days} days</h3><p>${dueWords(due)}</p>`}`);
  }

  #step(button) {
    if (!button) return;
    const { id, step } = button.dataset;
    this.dispatchEvent(new CustomEvent('patrol-step', { detail: { id, step }, bubbles: true }));
  }
}

function draw(patrol) {
  const { id, name, place, instructions, paused_why: why } = patrol;
  const step = (of, words) => html`<button type="button" data-id="${id}" data-step="${of}">${words}</button>`;
  return html`<li class="card tight"><strong>${name}</strong><p>${placeWords({ bay: place })}</p>
    <p class="muted">${lineWords(patrol)}</p>${instructions && html`<p>${instructions}</p>`}
    <p class="row">${isOnce(patrol) || step('edit', 'Change')} ${why ? step('resume', 'Put back into use') : step('pause', 'Pause')}
      ${step('retire', isOnce(patrol) ? 'Call it off' : 'Ask no more')} ${step('rounds', 'What came of it')}</p></li>`;
}

/** One that was asked for once, and whose only window is over. */
function isOver(patrol) {
  return isOnce(patrol) && !patrol.window_from && !patrol.paused_why;
}

function isOnce({ terms = [] }) {
  return terms.length === 1 && terms[0].first === terms[0].last;
}

/** "Next Tue 08:15 until 09:15, for 20 min". */
function lineWords({ window_from: from, window_until: until, minutes, paused_why: why }) {
  if (why) return `Paused: ${why}`;
  if (!from) return 'No window to come';
  const next = Date.parse(from) > now() ? 'Next' : 'Now, since';
  return `${next} ${when(from, now(), zone())} until ${clock(until, zone())}, for ${minutes} min`;
}

function dueWords(due) {
  const more = due.length - MOST_STREETS;
  const names = due.slice(0, MOST_STREETS).map(({ name }) => name).join(', ');
  return due.length === 0 ? 'None.' : `${names}${more > 0 ? ` and ${more} more` : ''}`;
}

customElements.define('patrol-list', PatrolList);
