import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import { capital, placeWords, plain } from '../../shared/task-words.js';
import { age, list, period } from '../../shared/words.js';
import './zone-picker.js';

const OLD_FIX = 3 * 60_000;
const DOING = { offered: 'Asked about', accepted: 'On the way to', arrived: 'At' };
const STATES = { available: 'On patrol', planned: 'Not started', break: 'On a break', with_public: 'With someone' };

/**
 * One shift: who, how, where; its zones to change; and the officer to be sent. Emits `shift-zones` {shift (as it was when its zones
 * were opened), zones}, `task-select`, `officer-select` and `officer-send` {id}.
 */
export class OfficerRow extends HTMLElement {
  #shift = null;
  #opened = null;
  #task = null;
  #reached = true;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="facts tight"></div>
      <button type="button" value="send">Send…</button><details><summary>Change zones</summary><form class="stack"><zone-picker></zone-picker>
        <button>Save zones</button></form></details>`);
    this.addEventListener('submit', (event) => this.#save(event));
    this.addEventListener('click', (event) => {
      const what = event.target.closest('button[value]')?.value;
      if (what === 'task') this.#tell('task-select', { id: this.#task.id });
      if (what === 'send') this.#tell('officer-send', { id: this.#shift.id });
      if (what === 'officer') this.#tell('officer-select', { id: this.#shift.id });
    });
  }

  /** `task` is the one in this officer's hands, or null; `reached`: messages come to their phone. */
  show({ shift, task, zones, reached = true }) {
    this.#shift = shift;
    this.#task = task;
    this.#reached = reached;
    const picker = this.querySelector('zone-picker');
    picker.zones = zones;
    if (!this.querySelector('details').open) {
      this.#opened = shift;
      picker.chosen = shift.zones.map(({ id }) => id);
    }
    this.tick();
  }

  get shift() {
    return this.#shift;
  }

  tick() {
    const words = facts(this.#shift, this.#task, this.#reached);
    const mark = JSON.stringify(words);
    if (this.dataset.shown === mark) return;
    this.dataset.shown = mark;
    const focused = this.contains(document.activeElement) && document.activeElement.value;
    this.querySelector('.facts').replaceChildren(draw(words));
    if (focused) this.querySelector(`button[value=${focused}]`)?.focus();
  }

  #save(event) {
    event.preventDefault();
    this.querySelector('details').open = false;
    this.#tell('shift-zones', { shift: this.#opened, zones: this.querySelector('zone-picker').chosen });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function facts(shift, task, reached) {
  const fix = shift.position;
  return {
    name: shift.officer.name,
    shape: { planned: 'ended', break: 'rest' }[shift.state] ?? 'officer',
    state: STATES[shift.state] ?? capital(plain(shift.state)),
    zones: list(shift.zones.map(({ name }) => name)) || 'No zone yet',
    hours: period(shift.planned_from, shift.planned_to, now(), zone()),
    reached: reached || !shift.started_at,
    doing: task && `${DOING[task.state]} ${placeWords(task)}`,
    fix: fixWords(shift),
    old: Boolean(fix) && now() - Date.parse(fix.at) > OLD_FIX,
  };
}

function fixWords({ state, position, started_at: started }) {
  if (!started || state === 'break') return '';
  return position ? `Position ${age(position.at, now())}` : 'No position yet';
}

function draw({ name, shape: sign, state, zones, hours, doing, fix, old, reached }) {
  return html`<h3><button type="button" class="plain" value="officer">${name}</button></h3>
    <p>${shape(sign)} ${state} · ${zones}</p>
    ${doing && html`<p><button type="button" class="plain" value="task">${doing}</button></p>`}
    <p class="muted small">${hours}${fix && html` · <span class="${old ? 'soon' : ''}">${fix}${old && ': old'}</span>`}</p>
    ${!reached && html`<p class="muted small">No messages reach their phone. It asks for work by itself while OpenPatrol is open on it.</p>`}`;
}

customElements.define('officer-row', OfficerRow);
