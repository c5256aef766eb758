import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { carState, placeWords, workWords } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';
import { sentence } from './story-words.js';
import './task-facts.js';
import './task-looks.js';
import './task-steps.js';

/** One task from top to bottom, beside the map: what it is, what can be done, what has happened; and the way to all of it. */
export class TaskStory extends HTMLElement {
  #shown = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">Choose a task, a bay or an officer, on the map or in the list.</p>
      <article class="card stack" hidden><div class="head tight"></div><task-facts></task-facts><p><a class="whole-story">The whole story</a></p>
        <task-steps></task-steps><task-looks></task-looks><h3>What has happened</h3><ol></ol></article>`);
  }

  /** `entries` are the journal's of this task, oldest first; `looks` what was seen; `shifts` could take it. */
  show({ task, entries, looks, shifts, names, outcomes }) {
    const known = task?.bay ? task : null;
    this.#shown = known && { task: known, outcomes };
    this.querySelector('p').hidden = known !== null;
    this.querySelector('article').hidden = known === null;
    if (!known) return;
    this.querySelector('.whole-story').href = `#task/${known.id}`;
    this.querySelector('task-steps').show({ task: known, shifts });
    this.querySelector('task-looks').show({ looks });
    keyed(this.querySelector('article > ol'), entries.map((entry) => told(entry, { names, outcomes })), {
      key: ({ cursor }) => cursor, mark: JSON.stringify, draw: drawEntry,
    });
    this.tick();
  }

  tick() {
    if (!this.#shown) return;
    const { task, outcomes } = this.#shown;
    this.querySelector('task-facts').show(task);
    const words = { place: placeWords(task), car: carState(task, now()), work: workWords(task, outcomes) };
    if (this.dataset.shown === JSON.stringify(words)) return;
    this.dataset.shown = JSON.stringify(words);
    this.querySelector('.head').replaceChildren(drawHead(words));
  }
}

function drawHead({ place, car, work }) {
  return html`<h3>${place}</h3><p class="${car.tone}">${shape(car.shape)} ${car.word}</p><p><strong>${work}</strong></p>`;
}

function told(entry, words) {
  return { cursor: entry.cursor, at: when(entry.at, now(), zone()), words: sentence(entry, words), actor: entry.actor };
}

function drawEntry({ at, words }) {
  return html`<li><span class="muted">${at}</span> ${words}</li>`.firstElementChild;
}

customElements.define('task-story', TaskStory);
