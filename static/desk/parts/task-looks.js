import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { when } from '../../shared/words.js';
import './photo-strip.js';
import { photosOf } from './photo-words.js';

/** What officers saw at a task, look by look, with the photos that have come. */
export class TaskLooks extends HTMLElement {
  connectedCallback() {
    if (!this.firstChild) this.replaceChildren(html`<h3>What was seen</h3><ol></ol>`);
  }

  show({ looks }) {
    this.hidden = looks.length === 0;
    keyed(this.querySelector('ol'), looks.map(told), { key: ({ id }) => id, mark: JSON.stringify, draw });
    for (const { id, photos } of looks) {
      this.querySelector(`[data-key="${id}"] photo-strip`).show(photosOf(id, photos, { now: now(), zone: zone() }));
    }
  }
}

function told({ id, officer, recorded_at: at, misread_at: misread, plate, valve_front: front, valve_rear: rear, note, addenda }) {
  return {
    id,
    who: `${officer.name}, ${when(at, now(), zone())}`,
    plate,
    misread: misread && `Marked as misread ${when(misread, now(), zone())}: it counts for nothing since.`,
    valves: front && `Valves at ${front} and ${rear} o’clock`,
    words: [note, ...addenda.map(({ text }) => `Added: ${text}`)].filter(Boolean),
  };
}

function draw({ who, plate, misread, valves, words }) {
  const seen = (what) => (misread ? html`<s>${what}</s>` : what);
  return html`<li class="tight"><p><span class="muted">${who}</span> ${plate && html`<strong>${seen(plate)}</strong>`}</p>
    ${valves && html`<p>${seen(valves)}</p>`}
    ${misread && html`<p class="soon">${misread}</p>`}
    ${words.map((each) => html`<p>${each}</p>`)}<photo-strip></photo-strip></li>`.firstElementChild;
}

customElements.define('task-looks', TaskLooks);
