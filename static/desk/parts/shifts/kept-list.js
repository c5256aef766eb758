import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import { capital, plain } from '../../../shared/task-words.js';
import { when } from '../../../shared/words.js';
import { photosOf } from '../photo-words.js';
import '../photo-strip.js';
import { kindWords, putAwayWords, saidWords, todoWords, whyWords } from './kept-words.js';

/**
 * Records that the server refused and kept, each with its photos. `linked`: with the way to its task. Emits `kept-step`
 * {id, step}: `put-away` or `take-up`.
 */
export class KeptList extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<ul class="kept stack"></ul>`);
    this.addEventListener('click', ({ target }) => this.#press(target.closest('button')?.dataset));
  }

  show({ records, linked = false }) {
    keyed(this.querySelector('ul'), records.map((record) => told(record, linked)), {
      key: ({ id }) => id, mark: JSON.stringify, draw,
    });
    this.#showPhotos(records);
  }

  #showPhotos(records) {
    for (const { id, record_id: sighting, photos } of records) {
      this.querySelector(`[data-key="${id}"] photo-strip`).show(photosOf(sighting, photos, { now: now(), zone: zone() }));
    }
  }

  #press(button) {
    if (!button?.step) return;
    this.dispatchEvent(new CustomEvent('kept-step', { detail: { id: button.id, step: button.step }, bubbles: true }));
  }
}

function told({ id, officer, task_id: task, kind, said, why, recorded_at: at, received_at: came, put_away_at: put, put_away_by: by }, linked) {
  const on = (time) => when(time, now(), zone());
  return {
    id,
    task: linked && task,
    title: `${kindWords(kind)} · ${officer.name}`,
    times: `Recorded ${on(at)}, came ${on(came)}`,
    facts: saidWords(said, { when: on, words: (value) => capital(plain(String(value))) }),
    why: whyWords(why),
    todo: todoWords(kind),
    put: put && putAwayWords(by?.name, on(put)),
  };
}

function draw({ id, task, title, times, facts, why, todo, put }) {
  return html`<li class="card tight"><h3>${title}</h3><p class="muted">${times}</p>
    <dl>${facts.map(([name, value]) => html`<div class="row"><dt class="muted">${name}</dt><dd>${value}</dd></div>`)}</dl>
    <photo-strip></photo-strip><p class="soon">${why}</p>
    ${put ? html`<p class="fine">${shape('done')} ${put}</p>` : html`<p><strong>What to do:</strong> ${todo}</p>`}
    <p class="row">${task && html`<a href="#task/${task}" data-focus="task">Show the task</a>`}
      ${button(id, put ? ['take-up', 'Take it up again'] : ['put-away', 'Dealt with'], title)}</p></li>`.firstElementChild;
}

function button(id, [step, words], title) {
  return html`<button type="button" data-id="${id}" data-step="${step}" data-focus="step" aria-label="${words}: ${title}">${words}</button>`;
}

customElements.define('kept-list', KeptList);
