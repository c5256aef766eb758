import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { carState, placeWords, workWords } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';
import { selectTask } from './task-table.js';

/** Tasks that have just ended, and how. Emits `task-select` {id}. */
export class EndedTable extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">Nothing has ended yet.</p><div class="wide"><table>
      <caption class="unseen">Tasks that have ended, the latest first</caption>
      <thead><tr><th scope="col">How</th><th scope="col">Bay</th><th scope="col">What came of it</th>
        <th scope="col">Officer</th><th scope="col">Ended</th></tr></thead>
      <tbody></tbody></table></div>`);
    this.addEventListener('click', selectTask);
  }

  show({ tasks, outcomes, chosen }) {
    this.querySelector('p').hidden = tasks.length > 0;
    this.querySelector('table').hidden = tasks.length === 0;
    const rows = tasks.map((task) => ({ id: task.id, ...words(task, outcomes), chosen: task.id === chosen }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw });
  }
}

function words(task, outcomes) {
  return {
    car: carState(task, now()),
    place: placeWords(task),
    outcome: workWords(task, outcomes),
    officer: task.officer?.name ?? '–',
    ended: when(task.ended_at, now(), zone()),
  };
}

function draw({ car, place, outcome, officer, ended, chosen }) {
  return html`<tr class="${chosen ? 'chosen' : ''}"><td class="${car.tone}">${shape(car.shape)} ${car.word}</td>
    <th scope="row"><button type="button" class="plain" data-focus="select"
      aria-pressed="${String(chosen)}">${place}</button></th>
    <td>${outcome}</td><td>${officer}</td><td>${ended}</td></tr>`.firstElementChild;
}

customElements.define('ended-table', EndedTable);
