import { now, zone } from '../shared/clock.js';
import { html } from '../shared/html.js';
import { keyed } from '../shared/keyed.js';
import { shape } from '../shared/shapes.js';
import { FINAL, carState, lawfulWords, overWords, placeWords, reasonWords, workWords } from '../shared/task-words.js';
import { when } from '../shared/words.js';
import { sentence } from './story-words.js';
import './task-looks.js';
import './task-steps.js';

/** One task from top to bottom: what it is, what can be done, what has happened. */
export class TaskStory extends HTMLElement {
  #shown = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">Choose a task in the list to see its story.</p>
      <article class="card stack" hidden><div class="facts tight"></div><task-steps></task-steps>
        <task-looks></task-looks><h3>What has happened</h3><ol></ol></article>`);
  }

  /** `entries` are the journal's of this task, oldest first; `looks` what was seen; `shifts` could take it. */
  show({ task, entries, looks, shifts, names, outcomes }) {
    const known = task?.bay ? task : null;
    this.#shown = known && { task: known, outcomes };
    this.querySelector('p').hidden = known !== null;
    this.querySelector('article').hidden = known === null;
    if (!known) return;
    this.querySelector('task-steps').show({ task: known, shifts });
    this.querySelector('task-looks').show({ looks });
    keyed(this.querySelector('article > ol'), entries.map((entry) => told(entry, { names, outcomes })), {
      key: ({ cursor }) => cursor, mark: JSON.stringify, draw: drawEntry,
    });
    this.tick();
  }

  tick() {
    if (!this.#shown) return;
    const words = facts(this.#shown.task, this.#shown.outcomes);
    if (this.dataset.shown === JSON.stringify(words)) return;
    this.dataset.shown = JSON.stringify(words);
    this.querySelector('.facts').replaceChildren(drawFacts(words));
  }
}

function facts(task, outcomes) {
  const over = !FINAL.includes(task.state);
  return {
    place: placeWords(task),
    car: carState(task, now()),
    work: workWords(task, outcomes),
    over: over ? overWords(task, now(), zone()) : task.why,
    lawful: over ? lawfulWords(task, now(), zone()).words : endedWords(task),
    code: `Code ${task.code}${task.suffix} · rights ${task.rights}${task.notice_number ? ` · notice ${task.notice_number}` : ''}`,
    sightings: task.sightings < task.sightings_needed
      ? `${task.sightings} of ${task.sightings_needed} looks recorded`
      : `${task.sightings} ${task.sightings === 1 ? 'look' : 'looks'} recorded`,
    reasons: reasonWords(task),
  };
}

function endedWords({ patrol, lawful_from: lawful }) {
  const [from, until] = [patrol?.window_from ?? lawful, patrol?.window_until].map((at) => at && when(at, now(), zone()));
  return patrol ? `It was asked for from ${from} until ${until}` : `It was lawful from ${from}`;
}

function drawFacts({ place, car, work, over, lawful, code, sightings, reasons }) {
  return html`<h3>${place}</h3>
    <p class="${car.tone}">${shape(car.shape)} ${car.word}</p>
    <p><strong>${work}</strong></p>
    <p>${over}</p><p>${lawful}</p>
    <p class="muted">${sightings}</p>
    ${reasons && html`<p class="muted">${reasons}</p>`}
    <p class="muted small">${code}</p>`;
}

function told(entry, words) {
  return { cursor: entry.cursor, at: when(entry.at, now(), zone()), words: sentence(entry, words), actor: entry.actor };
}

function drawEntry({ at, words }) {
  return html`<li><span class="muted">${at}</span> ${words}</li>`.firstElementChild;
}

customElements.define('task-story', TaskStory);
