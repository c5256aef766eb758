import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import { span, when } from '../../shared/words.js';
import { clockOf, groupsOf } from '../story/clock.js';

const SHAPES = { free: 'free', occupied: 'occupied', over: 'over', lawful: 'lawful', officer: 'officer', look: 'officer', done: 'done', rest: 'rest', task: 'alarm' };
const TONES = { over: 'soon', lawful: 'now', done: 'fine' };
const BANDS = { unsure: 'it may have stood there', within: 'within its time', grace: 'over, not yet lawful', lawful: 'lawful', window: 'asked for' };
const MARK_REM = 3.5; // how wide "10–12" is, with air

/** The clock of a case: a line of time with numbered marks, and the same in words beside it. */
export class StayClock extends HTMLElement {
  #clock = null;
  #mark = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<h2>The clock</h2><div class="picture" aria-hidden="true"><div class="bands"></div><div class="marks"></div></div>
      <ul class="key row plain-list" aria-hidden="true"></ul><ol class="plain-list"></ol>`);
    new ResizeObserver(() => this.#place()).observe(this);
  }

  show(story, { outcomes }) {
    this.#clock = clockOf(story, { now: now(), outcomes });
    const words = this.#clock.marks.map(lineOf);
    const mark = JSON.stringify([words, this.#clock.bands.map(({ kind, from }) => [kind, from])]);
    if (mark !== this.#mark) this.#draw(words);
    this.#mark = mark;
    this.#place();
  }

  #draw(words) {
    const { bands } = this.#clock;
    this.querySelector('.bands').replaceChildren(...bands.map(({ kind }) => html`<span data-kind="${kind}"></span>`));
    this.querySelector('.key').replaceChildren(...bands.map(({ kind }) => html`<li><span class="swatch" data-kind="${kind}"></span> ${BANDS[kind]}</li>`));
    this.querySelector('ol').replaceChildren(...words.map((line, index) => drawLine(line, index)));
  }

  /** Where everything stands on the line, as wide as the page is now. */
  #place() {
    if (!this.#clock) return;
    const { from, until, bands, marks } = this.#clock;
    const share = (at) => Math.min(Math.max((at - from) / (until - from), 0), 1);
    for (const [index, band] of [...this.querySelector('.bands').children].entries()) {
      band.style.insetInlineStart = percent(share(bands[index].from));
      band.style.width = percent(share(bands[index].until) - share(bands[index].from));
    }
    this.#placeMarks(marks.map(({ at }) => share(at)));
  }

  #placeMarks(places) {
    const line = this.querySelector('.marks');
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const groups = groupsOf(places, (MARK_REM * rem) / Math.max(line.clientWidth, 1));
    line.replaceChildren(...groups.map(({ first, last }) => html`<span>${first === last ? first + 1 : `${first + 1}–${last + 1}`}</span>`));
    for (const [index, mark] of [...line.children].entries()) mark.style.insetInlineStart = percent(groups[index].place);
  }
}

function lineOf({ at, kind, words, over }) {
  return {
    at: when(at, now(), zone()), shape: SHAPES[kind], tone: TONES[kind] ?? '', words: over === null ? words : `${words}, ${span(over)} over its time`,
  };
}

function drawLine({ at, shape: form, tone, words }, index) {
  return html`<li><span class="number" aria-hidden="true">${index + 1}</span> <span class="muted at">${at}</span>
    <p><span class="${tone}">${shape(form)}</span> ${words}</p></li>`;
}

function percent(share) {
  return `${100 * share}%`;
}

customElements.define('stay-clock', StayClock);
