import { now, zone } from '../shared/clock.js';
import { html } from '../shared/html.js';
import { shape } from '../shared/shapes.js';
import { capital, placeWords, plain } from '../shared/task-words.js';
import { age, list, period } from '../shared/words.js';
import './zone-picker.js';

const OLD_FIX = 3 * 60_000;
const DOING = { offered: 'Asked about', accepted: 'On the way to', arrived: 'At' };
const STATES = { available: 'On patrol', planned: 'Not started', break: 'On a break', with_public: 'With someone' };

/** One shift: who, how, where; and its zones to change. Emits `shift-zones` {id, zones} and `task-select` {id}. */
export class OfficerRow extends HTMLElement {
  #shift = null;
  #task = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="facts tight"></div>
      <details><summary>Change zones</summary><form class="stack"><zone-picker></zone-picker>
        <button>Save zones</button></form></details>`);
    this.addEventListener('submit', (event) => this.#save(event));
    this.addEventListener('click', (event) => {
      const link = event.target.closest('button[value=task]');
      if (link) this.#tell('task-select', { id: this.#task.id });
    });
  }

  /** `task` is the one in this officer's hands, or null. */
  show({ shift, task, zones }) {
    this.#shift = shift;
    this.#task = task;
    const picker = this.querySelector('zone-picker');
    picker.zones = zones;
    if (!this.querySelector('details').open) picker.chosen = shift.zones.map(({ id }) => id);
    this.tick();
  }

  tick() {
    const words = facts(this.#shift, this.#task);
    const mark = JSON.stringify(words);
    if (this.dataset.shown === mark) return;
    this.dataset.shown = mark;
    const focused = this.contains(document.activeElement) && document.activeElement.value === 'task';
    this.querySelector('.facts').replaceChildren(draw(words));
    if (focused) this.querySelector('button[value=task]')?.focus();
  }

  #save(event) {
    event.preventDefault();
    this.querySelector('details').open = false;
    this.#tell('shift-zones', { id: this.#shift.id, zones: this.querySelector('zone-picker').chosen });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function facts(shift, task) {
  const fix = shift.position;
  return {
    name: shift.officer.name,
    shape: { planned: 'ended', break: 'rest' }[shift.state] ?? 'officer',
    state: STATES[shift.state] ?? capital(plain(shift.state)),
    zones: list(shift.zones.map(({ name }) => name)) || 'No zone yet',
    hours: period(shift.planned_from, shift.planned_to, now(), zone()),
    doing: task && `${DOING[task.state]} ${placeWords(task)}`,
    fix: fixWords(shift),
    old: Boolean(fix) && now() - Date.parse(fix.at) > OLD_FIX,
  };
}

function fixWords({ state, position, started_at: started }) {
  if (!started || state === 'break') return '';
  return position ? `Position ${age(position.at, now())}` : 'No position yet';
}

function draw({ name, shape: sign, state, zones, hours, doing, fix, old }) {
  return html`<h3>${name}</h3>
    <p>${shape(sign)} ${state} · ${zones}</p>
    ${doing && html`<p><button type="button" class="plain" value="task">${doing}</button></p>`}
    <p class="muted small">${hours}${fix && html` · <span class="${old ? 'soon' : ''}">${fix}${old && ': old'}</span>`}</p>`;
}

customElements.define('officer-row', OfficerRow);
