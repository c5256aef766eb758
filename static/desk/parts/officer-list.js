import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import './officer-row.js';

/** Everyone on shift, then who comes later today. */
export class OfficerList extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted">Nobody is on shift. Plan one below.</p><div class="rows"></div>`);
  }

  /** `unreached`: the officers on shift whom no message reaches. */
  show({ shifts, tasks, zones, unreached = [] }) {
    const rows = this.querySelector('.rows');
    this.querySelector('p').hidden = shifts.length > 0;
    keyed(rows, shifts, { key: ({ id }) => id, mark: () => '', draw: () => document.createElement('officer-row') });
    shifts.forEach((shift, index) => {
      const task = tasks.find(({ assignment }) => assignment?.shift_id === shift.id) ?? null;
      rows.children[index].show({ shift, task, zones, reached: !unreached.some(({ id }) => id === shift.officer.id) });
    });
  }

  tick() {
    for (const row of this.querySelectorAll('officer-row')) row.tick();
  }
}

customElements.define('officer-list', OfficerList);
