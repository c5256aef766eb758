import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { carState, placeWords, workWords } from '../../shared/task-words.js';
import { span, when } from '../../shared/words.js';
import { isGivable } from '../sending/rules.js';

/** Open tasks, the most urgent first. Emits `task-select` {id}. */
export class TaskTable extends HTMLElement {
  #shown = { tasks: [], chosen: null };

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">No open tasks.</p><div class="wide"><table>
      <caption class="unseen">Open tasks, the most urgent first</caption>
      <thead><tr><th scope="col">Car</th><th scope="col">Bay</th><th scope="col">Over</th><th scope="col">Lawful from</th>
        <th scope="col">Officer</th><th scope="col" class="figure">Priority</th></tr></thead>
      <tbody></tbody></table></div>`);
    this.addEventListener('click', selectTask);
  }

  show({ tasks, chosen }) {
    this.#shown = { tasks, chosen };
    this.querySelector('p').hidden = tasks.length > 0;
    this.querySelector('table').hidden = tasks.length === 0;
    this.tick();
  }

  tick() {
    const { tasks, chosen } = this.#shown;
    const rows = tasks.map((task) => ({ id: task.id, ...words(task), chosen: task.id === chosen }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
  }
}

/** A click anywhere in a row chooses its task; the button in it is for the keyboard. */
export function selectTask(event) {
  const id = event.target.closest('tr[data-key]')?.dataset.key;
  if (id) this.dispatchEvent(new CustomEvent('task-select', { detail: { id }, bubbles: true }));
}

function words(task) {
  return {
    car: carState(task, now()),
    place: placeWords(task),
    ...overSince(task),
    lawful: when(task.lawful_from, now(), zone()),
    work: workWords(task),
    alarm: task.state === 'escalated',
    givable: isGivable(task),
    priority: Math.round(task.priority),
  };
}

function overSince({ overstay_from: from, patrol }) {
  if (patrol) return { over: patrol.name, since: `until ${when(patrol.window_until, now(), zone())}` };
  const past = now() - Date.parse(from);
  const at = when(from, now(), zone());
  return past > 0 ? { over: span(past), since: `since ${at}` } : { over: 'not yet', since: `from ${at}` };
}

function draw({ car, place, over, since, lawful, work, alarm, priority, givable, chosen }) {
  return html`<tr class="${[chosen && 'chosen', givable && 'givable'].filter(Boolean).join(' ')}">
    <td class="${car.tone}">${shape(car.shape)} ${car.word}</td>
    <th scope="row"><button type="button" class="plain" data-focus="select"
      aria-pressed="${String(chosen)}">${place}</button></th>
    <td><span class="whole">${over}</span> <span class="muted whole">${since}</span></td><td>${lawful}</td>
    <td class="${alarm ? 'now' : ''}">${alarm && shape('alarm')} ${work}</td>
    <td class="figure">${priority}</td></tr>`.firstElementChild;
}

customElements.define('task-table', TaskTable);
