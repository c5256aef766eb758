import { ApiError, get } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { quoted } from '../../shared/quoted.js';
import { said } from '../../shared/said.js';
import { say } from '../../shared/say.js';
import { placeWords } from '../../shared/task-words.js';
import { clock } from '../../shared/words.js';
import { looksOf } from '../looks.js';
import './looks-list.js';

/** Today's visits that have ended, each with its looks when it is opened. Passes on `addendum` {task, sighting, text}. */
export class VisitsList extends HTMLElement {
  #drawn = '';
  #hand = null;

  connectedCallback() {
    this.addEventListener('toggle', ({ target }) => target.open && target.matches('[data-task]') && this.#open(target), true);
    this.addEventListener('addendum', (event) => this.#passOn(event));
  }

  /** `visits`: tasks that have ended, the last first. */
  show(visits, hand) {
    this.#hand = hand;
    const drawn = JSON.stringify(visits.map(({ id, outcome }) => [id, outcome]));
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const words = new Map(hand.day.outcomes.map((each) => [each.value, said(each.words)]));
    this.replaceChildren(visits.length
      ? html`${visits.map((visit) => row(visit, words))}`
      : html`<p class="muted">${say('visits-none')}</p>`);
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

function row({ id, bay, outcome, ended_at: at, notice_number: number, ended_why: why }, words) {
  const ended = words.get(outcome) ?? said(why) ?? '';
  return html`<details data-task="${id}"><summary><strong>${at ? clock(at, zone()) : say('visit-unsent')}</strong>
    ${placeWords({ bay })} · ${ended}${number && ` · ${number}`}</summary><p role="status" class="small"></p><looks-list></looks-list></details>`;
}

/** Those of the last half day, the last first: those on their way to the server among them. */
export function visitsOf(ended, unsent, at = now()) {
  const known = new Set(ended.map(({ id }) => id));
  const recent = ended.filter(({ ended_at: then }) => at - Date.parse(then) < 14 * 3_600_000);
  return [...unsent.filter(({ id }) => !known.has(id)), ...recent];
}

customElements.define('visits-list', VisitsList);
