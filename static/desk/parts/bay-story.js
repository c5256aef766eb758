import { get } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { allowsWords, stateTone, stateWords } from '../../shared/map/words.js';
import { shape } from '../../shared/shapes.js';
import { carState, placeWords, workWords } from '../../shared/task-words.js';
import { list, span, when } from '../../shared/words.js';

const STAYS = 6;

/** One bay from top to bottom: how it stands, what it allows, the work there, who stood there lately. */
export class BayStory extends HTMLElement {
  #stays = { of: null, items: [] };
  #shown = null;

  /** `bay` of the map, or null; `tasks`: those open there; `zones`: names of those it lies in. */
  show({ bay, tasks = [], zones = [] }) {
    this.hidden = bay === null;
    this.#shown = bay && { bay, tasks, zones };
    if (!bay) return;
    const mark = `${bay.id} ${bay.state} ${bay.since}`;
    if (mark !== this.#stays.of) this.#load(bay, mark);
    this.tick();
  }

  tick() {
    if (!this.#shown) return;
    const words = facts(this.#shown, this.#stays.items);
    if (this.dataset.shown === JSON.stringify(words)) return;
    this.dataset.shown = JSON.stringify(words);
    this.replaceChildren(draw(words));
  }

  /** The stays of another bay are nobody's; those of this one are asked for when it stands otherwise. */
  async #load(bay, mark) {
    const same = this.#stays.of?.startsWith(bay.id);
    this.#stays = { of: mark, items: same ? this.#stays.items : [] };
    const { items } = await get('/stays', { bay: bay.id, limit: STAYS }).catch(() => ({ items: [] }));
    if (this.#stays.of !== mark) return;
    this.#stays.items = items.filter(({ superseded_at: not }) => !not);
    this.tick();
  }
}

function facts({ bay, tasks, zones }, stays) {
  return {
    place: placeWords({ bay }),
    state: bay.state,
    how: stateWords(bay, { now: now(), zone: zone() }),
    allows: allowsWords(bay.allows),
    code: bay.code,
    trouble: [bay.suspended && 'Suspended now', bay.paused && 'Out of use: signs or lines'].filter(Boolean),
    zones: list(zones) || 'In no zone',
    tasks: tasks.map((task) => ({ id: task.id, car: carState(task, now()), work: workWords(task) })),
    stays: stays.map(stayWords),
  };
}

/** "09:12, for 2 h 5 min" */
function stayWords({ arrived_at: from, departed_at: to }) {
  const at = when(from, now(), zone());
  return to ? `${at}, for ${span(Date.parse(to) - Date.parse(from))}` : `${at}, and is there`;
}

function draw({ place, state, how, allows, code, trouble, zones, tasks, stays }) {
  return html`<article class="card stack"><div class="tight"><h3>${place}</h3>
    <p class="${stateTone(state)}">${shape(state)} ${how}</p>
    ${trouble.map((words) => html`<p class="soon">${words}</p>`)}
    ${allows && html`<p>${allows}</p>`}
    <p class="muted">${zones}${code && ` · code ${code}`}</p></div>
    ${tasks.length > 0 && html`<div class="tight"><h3>Work here</h3><ul class="plain-list">${tasks.map(({ id, car, work }) => html`<li class="${car.tone}">${shape(car.shape)} <a
      href="#live/${id}">${car.word}: ${work}</a></li>`)}</ul></div>`}
    <div class="tight"><h3>Cars that came</h3>
      ${stays.length ? html`<ol class="plain-list">${stays.map((words) => html`<li>${words}</li>`)}</ol>` : html`<p class="muted">None is known.</p>`}</div></article>`;
}

customElements.define('bay-story', BayStory);
