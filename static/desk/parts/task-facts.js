import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { FINAL, lawfulWords, overWords, reasonWords } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';

/** What a task is about: why, how long over, from when lawful, how urgent, what was seen so far. */
export class TaskFacts extends HTMLElement {
  show(task) {
    const words = factsOf(task);
    if (this.dataset.shown === JSON.stringify(words)) return;
    this.dataset.shown = JSON.stringify(words);
    this.replaceChildren(draw(words));
  }
}

function factsOf(task) {
  const over = FINAL.includes(task.state);
  return {
    over: over ? task.why : overWords(task, now(), zone()),
    lawful: over ? endedWords(task) : lawfulWords(task, now(), zone()).words,
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

function draw({ over, lawful, code, sightings, reasons }) {
  return html`<div class="tight"><p>${over}</p><p>${lawful}</p><p class="muted">${sightings}</p>
    ${reasons && html`<p class="muted">${reasons}</p>`}<p class="muted small">${code}</p></div>`;
}

customElements.define('task-facts', TaskFacts);
