import { ApiError, get } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { quoted } from '../../shared/quoted.js';
import { said } from '../../shared/said.js';
import { say } from '../../shared/say.js';
import { placeWords } from '../../shared/task-words.js';
import { clock } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { looksOf } from '../looks.js';
import './looks-list.js';

const NONE = { id: 'none' };

/** Today's visits that have ended, each with its looks when it is opened. Passes on `addendum` {task, sighting, text}. */
export class VisitsList extends HTMLElement {
  #hand = null;

  connectedCallback() {
    this.addEventListener('toggle', ({ target }) => target.open && target.matches('[data-task]') && this.#open(target), true);
    this.addEventListener('addendum', (event) => this.#passOn(event));
  }

  /** `visits`: tasks that have ended, the last first. */
  show(visits, hand) {
    this.#hand = hand;
    const ends = new Map(hand.day.outcomes.map((each) => [each.value, said(each.words)]));
    keyed(this, visits.length ? visits : [NONE], { key: ({ id }) => id, mark: () => '', draw });
    visits.forEach((visit, index) => tell(this.children[index], visit, ends));
  }

  /** What was seen is asked for only when somebody wants to read it, and shown without a network if it is known. */
  async #open(details) {
    const { task } = details.dataset;
    const place = details.querySelector('looks-list');
    place.kept = this.#hand.kept;
    const officer = this.#hand.day.me.person.id;
    const show = (items) => place.show(looksOf({ id: task }, items, this.#hand.outbox.steps, officer));
    show([]);
    try {
      const { items } = await get(`/tasks/${task}/sightings`);
      show(items);
      details.querySelector('[role=status]').textContent = items.length ? '' : say('visit-no-looks');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      details.querySelector('[role=status]').replaceChildren(quoted(error.message));
    }
  }

  #passOn(event) {
    if (event.detail.task) return;
    event.stopPropagation();
    const { task } = event.target.closest('[data-task]').dataset;
    this.dispatchEvent(new CustomEvent('addendum', { detail: { ...event.detail, task }, bubbles: true }));
  }
}

function draw(visit) {
  const drawn = visit === NONE ? html`<p class="muted">${say('visits-none')}</p>` : html`<details data-task="${visit.id}">
    <summary><strong></strong> <span></span></summary><p role="status" class="small"></p><looks-list></looks-list></details>`;
  return drawn.firstElementChild;
}

/** A visit that is open to be read stays open when the server has it. */
function tell(row, { bay, outcome, ended_at: at, notice_number: number, ended_why: why }, ends) {
  write(row.querySelector('summary strong'), at ? clock(at, zone()) : say('visit-unsent'));
  write(row.querySelector('summary span'), [placeWords({ bay }), ends.get(outcome) ?? said(why), number].filter(Boolean).join(' · '));
}

/** Those of the last half day, the last first: those on their way to the server among them. */
export function visitsOf(ended, unsent, at = now()) {
  const known = new Set(ended.map(({ id }) => id));
  const recent = ended.filter(({ ended_at: then }) => at - Date.parse(then) < 14 * 3_600_000);
  return [...unsent.filter(({ id }) => !known.has(id)), ...recent];
}

customElements.define('visits-list', VisitsList);
