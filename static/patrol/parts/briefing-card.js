import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { said } from '../../shared/said.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { placeWords } from '../../shared/task-words.js';
import { date, list, period, when } from '../../shared/words.js';

/**
 * What an officer is told before they go out, and what they look over. `show(briefing, reading, draft)`: as the server
 * tells it, how it stands (see papers.js), and what is being filled in. Emits `briefed` {sha256, equipment, draft}: the draft
 * is done with once that is kept.
 */
export class BriefingCard extends HTMLElement {
  #mark = null;
  #briefing = null;
  #draft = null;

  connectedCallback() {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say();
    });
    this.addEventListener('input', () => this.#keep());
    this.addEventListener('click', ({ target }) => target.closest('[data-all]') && this.#allInOrder());
  }

  show(briefing, reading, draft) {
    const mark = `${briefing.sha256} ${reading}`;
    if (mark === this.#mark) return;
    const said = this.#mark !== null && reading === 'read';
    this.#mark = mark;
    [this.#briefing, this.#draft] = [briefing, draft];
    this.replaceChildren(draw(briefing, reading));
    if (said) this.querySelector('summary').focus();
    this.#restore();
  }

  async #restore() {
    const { items = {} } = await this.#draft.load();
    for (const [item, { ok, note }] of Object.entries(items)) {
      const row = this.#rows().find(({ name }) => name === item);
      if (!row) continue;
      for (const choice of row.choices) choice.checked = ok !== null && (choice.value === 'ok') === ok;
      row.note.value = note ?? '';
    }
    this.#showNotes();
  }

  #keep() {
    this.#showNotes();
    this.#draft.save({ items: Object.fromEntries(this.#checked().map(({ item, ...said }) => [item, said])) });
  }

  #allInOrder() {
    for (const { choices } of this.#rows()) choices[0].checked = true;
    this.#keep();
  }

  #say() {
    const unsaid = this.#rows().find(({ choices }) => !choices.some(({ checked }) => checked));
    if (unsaid) return unsaid.choices[0].focus();
    const equipment = this.#checked().map(({ item, ok, note }) => ({ item, ok, note: ok ? null : note }));
    const detail = { sha256: this.#briefing.sha256, equipment, draft: this.#draft };
    return this.dispatchEvent(new CustomEvent('briefed', { detail, bubbles: true }));
  }

  /** What is wrong is asked for only where something is. */
  #showNotes() {
    for (const { choices, note } of this.#rows()) note.closest('label').hidden = !choices[1].checked;
  }

  #checked() {
    return this.#rows().map(({ name, choices, note }) => {
      const chosen = choices.find(({ checked }) => checked);
      return { item: name, ok: chosen ? chosen.value === 'ok' : null, note: note.value.trim() || null };
    });
  }

  #rows() {
    return [...this.querySelectorAll('[data-item]')].map((row) => ({
      name: row.dataset.item, choices: [...row.querySelectorAll('[type=radio]')], note: row.querySelector('[type=text]'),
    }));
  }
}

function draw(briefing, reading) {
  return html`<section class="card stack" aria-labelledby="briefing"><details ${reading === 'read' ? '' : 'open'}>
    <summary><h2 id="briefing">${say('briefing-title')}</h2> ${mark(reading)}</summary>
    <div class="stack">
      ${part('briefing-hazards', briefing.hazards, hazard)}
      ${part('briefing-notes', briefing.notes, note)}
      ${part('briefing-days', briefing.days.filter(({ holiday, events }) => holiday || events.length), day)}
      ${part('briefing-suspensions', briefing.suspensions, suspension)}
      ${part('briefing-patrols', briefing.patrols, patrol)}
      ${isEmpty(briefing) && html`<p>${say('briefing-nothing')}</p>`}
      ${form(briefing, reading)}
    </div></details></section>`;
}

function mark(reading) {
  const read = reading === 'read';
  return html`<span class="${read ? 'fine' : 'soon'}">${read && shape('done')} ${say(`briefing-is-${reading}`)}</span>`;
}

function part(name, items, drawn) {
  return items.length > 0 && html`<div class="tight"><h3>${say(name)}</h3><ul class="told">${items.map((item) => html`<li>${drawn(item)}</li>`)}</ul></div>`;
}

function isEmpty({ hazards, notes, days, suspensions, patrols }) {
  return ![hazards, notes, suspensions, patrols, days.filter(({ holiday, events }) => holiday || events.length)].some(({ length }) => length);
}

function hazard({ kind, text, street, radius_m: radius, since, zone: place }) {
  if (kind === 'unsafe') {
    const where = street ? say('briefing-unsafe-street', { street, metres: Math.round(radius) }) : '';
    return html`${shape('alarm')} <strong>${where}</strong> ${said(text)} <span class="muted">${since && say('briefing-since', { at: when(since, now(), zone()) })}</span>`;
  }
  return html`${shape('alarm')} ${note({ text, zone: place })}`;
}

function note({ text, zone: place }) {
  return html`${text}${place && html` <span class="muted">${place.name}</span>`}`;
}

function day({ day: on, holiday, events }) {
  return html`<strong>${date(`${on}T12:00:00Z`, now(), zone())}</strong> ${list([holiday, ...events].filter(Boolean))}`;
}

function suspension({ why, starts_at: from, ends_at: until, ...bay }) {
  return html`${shape('suspended')} <strong>${placeWords({ bay })}</strong> ${why}<br><span class="muted">${period(from, until, now(), zone())}</span>`;
}

function patrol({ name, instructions, minutes, windows, ...bay }) {
  const times = list(windows.map(({ window_from: from, window_until: until }) => period(from, until, now(), zone())));
  return html`${shape('officer')} <strong>${say('task-patrol', { name, minutes })}</strong> ${placeWords({ bay })}<br>${instructions}
    <span class="muted">${times}</span>`;
}

function form({ equipment }, reading) {
  return html`<form class="stack" novalidate>
    ${equipment.length > 0 && html`<fieldset class="tight"><legend>${say('briefing-equipment')}</legend>
      <button type="button" class="wide" data-all>${say('briefing-all-in-order')}</button>
      ${equipment.map((item, index) => check(item, index))}</fieldset>`}
    <button class="wide">${say(reading === 'read' ? 'briefing-say-again' : 'briefing-say')}</button></form>`;
}

function check(item, index) {
  const choice = (value) => html`<label class="choice"><input type="radio" name="item-${index}" value="${value}"> ${say(`briefing-${value}`)}</label>`;
  return html`<fieldset data-item="${item}" class="check"><legend>${item}</legend><div class="row">${choice('ok')}${choice('fault')}</div>
    <label hidden>${say('briefing-what')} <input type="text" maxlength="200" autocomplete="off"></label></fieldset>`;
}

customElements.define('briefing-card', BriefingCard);
