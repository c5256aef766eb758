import { now, zone } from '../shared/clock.js';
import { html } from '../shared/html.js';
import { placeWords } from '../shared/task-words.js';
import { clock, when } from '../shared/words.js';

const MOST_STREETS = 10;

/** Standing patrols with their next windows, and the streets that somebody should see again. */
export class PatrolList extends HTMLElement {
  show({ patrols, coverage }) {
    const due = coverage.items.filter(({ overdue }) => overdue);
    const words = JSON.stringify([patrols, patrols.map(lineWords), coverage.days, due.map(({ name }) => name)]);
    if (this.dataset.shown === words) return;
    this.dataset.shown = words;
    this.replaceChildren(html`
      ${patrols.length === 0 && html`<p class="muted">None is set up.</p>`}
      <ul class="stack">${patrols.map((patrol) => html`<li class="tight"><strong>${patrol.name}</strong>
        <p>${placeWords({ bay: patrol.place })}</p><p class="muted">${lineWords(patrol)}</p></li>`)}</ul>
      ${coverage.days && html`<h3>Streets unseen for ${coverage.days} days</h3><p>${dueWords(due)}</p>`}`);
  }
}

/** "Next Tue 08:15 until 09:15, for 20 min". */
function lineWords({ window_from: from, window_until: until, minutes, paused_why: why }) {
  if (why) return `Paused: ${why}`;
  return from ? `Next ${when(from, now(), zone())} until ${clock(until, zone())}, for ${minutes} min` : 'No window to come';
}

function dueWords(due) {
  const more = due.length - MOST_STREETS;
  const names = due.slice(0, MOST_STREETS).map(({ name }) => name).join(', ');
  return due.length === 0 ? 'None.' : `${names}${more > 0 ? ` and ${more} more` : ''}`;
}

customElements.define('patrol-list', PatrolList);
