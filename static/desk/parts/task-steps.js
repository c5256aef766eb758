import { html } from '../../shared/html.js';

const GIVABLE = ['waiting', 'escalated'];
const IN_HAND = ['offered', 'accepted'];
const NOBODY_GOES = ['waiting', 'offered', 'escalated'];
const WITHDRAWABLE = ['waiting', 'offered', 'accepted', 'escalated'];

/**
 * What a supervisor can do about a task. Emits `task-give` {id, shift}, `task-take-back` {id, shift}, `task-withdraw` {id, why},
 * and with {id} `task-reopen`, `task-put-first` and `task-put-back`.
 */
export class TaskSteps extends HTMLElement {
  #task = null;
  #mark = '';

  connectedCallback() {
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  /** Drawn anew only when something else can be done: what is being typed stays. */
  show({ task, shifts }) {
    this.#task = task;
    const free = shifts.filter(({ state }) => state === 'available');
    const mark = JSON.stringify([task.id, task.state, task.put_first_at, task.assignment?.shift_id, free.map(({ id, officer }) => [id, officer.name])]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.replaceChildren(html`<div class="stack">
      ${task.unsafe && html`<p class="notice now">An officer found it unsafe there. Before you send anyone, find out
        what happened. Asking all officers again releases the place.</p>`}
      ${GIVABLE.includes(task.state) && give(free)}
      ${IN_HAND.includes(task.state) && takeBack(task)}
      ${task.state === 'escalated' && reopen()}
      ${NOBODY_GOES.includes(task.state) && first(task)}
      ${WITHDRAWABLE.includes(task.state) && withdraw()}</div>`);
  }

  #submit(event) {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(event.target));
    const detail = { id: this.#task.id, ...said };
    this.dispatchEvent(new CustomEvent(event.target.name, { detail, bubbles: true }));
  }
}

function give(free) {
  if (!free.length) return html`<p class="muted">No officer is free to take it just now.</p>`;
  return html`<form name="task-give" class="tight"><label for="give">Give it to</label>
    <div class="row"><select id="give" name="shift">${free.map(({ id, officer }) => html`<option
      value="${id}">${officer.name}</option>`)}</select>
    <button class="main">Give</button></div></form>`;
}

function takeBack({ officer, assignment }) {
  return html`<form name="task-take-back"><input type="hidden" name="shift" value="${assignment.shift_id}"><button>Take it back from ${officer.name}</button></form>`;
}

function first({ put_first_at: since }) {
  return since
    ? html`<form name="task-put-back"><button>No longer before all others</button></form>`
    : html`<form name="task-put-first"><button>Put it before all others</button></form>`;
}

function reopen() {
  return html`<form name="task-reopen"><button>Ask all officers again</button></form>`;
}

function withdraw() {
  return html`<form name="task-withdraw" class="tight"><label for="why">Call it off, because</label>
    <div class="row"><input id="why" name="why" required maxlength="500" autocomplete="off">
    <button class="grave">Call off</button></div></form>`;
}

customElements.define('task-steps', TaskSteps);
