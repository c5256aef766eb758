import { now, zone as timeZone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { when } from '../../shared/words.js';
import './hours-ahead.js';
import { activeWords, actorWords, areaWords, baysWords, storyWords } from '../zones/words.js';

const STEPS = [['edit', 'Edit'], ['split', 'Split'], ['copy', 'Copy'], ['retire', 'Delete']];

/** One zone: what it is, what can be done, who works in it, who changed what. Emits `zone-step` {step} and `zone-officer` {shift, here}. */
export class ZoneCard extends HTMLElement {
  #hours = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<article class="card stack"><div class="facts tight"></div>
      <details class="ahead"><summary>Its times in the next two weeks</summary><hours-ahead data-empty="Always active."></hours-ahead></details>
      <p class="row">${STEPS.map(([step, words]) => html`<button type="button" value="${step}" class="${step === 'retire' ? 'grave' : ''}">${words}</button>`)}</p>
      <fieldset><legend>Officers here today</legend><div class="officers"></div></fieldset>
      <h3>Who changed what</h3><ol class="story stack"></ol></article>`);
    this.addEventListener('click', ({ target }) => {
      const step = target.closest('button[value]')?.value;
      if (step) this.#tell('zone-step', { step });
    });
    this.querySelector('.ahead').addEventListener('toggle', () => this.#lookAhead());
    this.addEventListener('change', ({ target }) => this.#tell('zone-officer', { shift: target.value, here: target.checked }));
  }

  #lookAhead() {
    if (this.querySelector('.ahead').open) this.querySelector('hours-ahead').look(this.#hours);
  }

  /** `shifts`: those of today; `people`: names by id, for the story. */
  show({ zone, shifts, story, people }) {
    this.#hours = zone.hours ?? '';
    this.querySelector('.ahead').hidden = !this.#hours;
    this.#lookAhead();
    const facts = [zone.name, activeWords(zone, now(), timeZone()), zone.hours ?? '', `${baysWords(zone.bays)} · ${areaWords(zone.rings)}`];
    if (this.dataset.shown !== JSON.stringify(facts)) {
      this.dataset.shown = JSON.stringify(facts);
      const [name, active, hours, size] = facts;
      this.querySelector('.facts').replaceChildren(html`<h2>${name}</h2><p>${active}</p>${hours && html`<p class="muted">${hours}</p>`}<p class="muted">${size}</p>`);
    }
    keyed(this.querySelector('.officers'), shifts.map((shift) => officerOf(shift, zone)), { key: ({ id }) => id, mark: JSON.stringify, draw: drawOfficer });
    keyed(this.querySelector('ol'), story.map((entry) => told(entry, people)), { key: ({ cursor }) => cursor, mark: JSON.stringify, draw: drawEntry });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function officerOf({ id, officer, zones }, zone) {
  const others = zones.filter((each) => each.id !== zone.id).map(({ name }) => name);
  return { id, name: officer.name, here: zones.some((each) => each.id === zone.id), others: others.join(', ') };
}

function drawOfficer({ id, name, here, others }) {
  const row = html`<label class="choice"><input type="checkbox" value="${id}" data-focus="here"><span>${name}
    ${others && html`<span class="muted">also ${others}</span>`}</span></label>`.firstElementChild;
  row.querySelector('input').checked = here;
  return row;
}

function told(entry, people) {
  return { cursor: entry.cursor, at: when(entry.at, now(), timeZone()), words: storyWords(entry), who: actorWords(entry.actor, people) };
}

function drawEntry({ at, words, who }) {
  return html`<li class="tight"><p><span class="muted">${at}</span> ${who}</p><p>${words}</p></li>`.firstElementChild;
}

customElements.define('zone-card', ZoneCard);
