import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { date } from '../../shared/words.js';

const HOUR = 60; // the drawing has one px a minute

/** What written hours come to in the days ahead: `show(days)` as GET /hours answers, each as words and as a strip. */
export class HoursStrip extends HTMLElement {
  show(days) {
    this.replaceChildren(html`<table><caption class="unseen">The next two weeks</caption>
      <thead><tr><th scope="col">Day</th><th scope="col">In force</th><th scope="col" aria-hidden="true">00 to 24</th></tr></thead>
      <tbody>${days.map(drawDay)}</tbody></table>`);
  }
}

function drawDay({ day, holiday, events, spans }) {
  const special = [holiday, ...events].filter(Boolean).join(', ');
  return html`<tr><th scope="row">${date(`${day}T12:00:00Z`, now(), zone())}${special && html`<span class="line soon">${special}</span>`}</th>
    <td>${spans.length ? spans.map(({ from, until }) => `${from} to ${until}`).join(', ') : 'not at all'}</td>
    <td aria-hidden="true">${strip(spans)}</td></tr>`;
}

function strip(spans) {
  const bars = spans.map(({ from, until }) => html`<svg><rect x="${String(minutes(from))}" y="0" width="${String(minutes(until) - minutes(from))}" height="100" /></svg>`.firstElementChild.firstElementChild);
  const hours = [6, 12, 18].map((hour) => html`<svg><path d="${`M${hour * HOUR} 0V100`}" /></svg>`.firstElementChild.firstElementChild);
  return html`<svg class="strip" viewBox="0 0 1440 100" preserveAspectRatio="none">${bars}${hours}</svg>`;
}

function minutes(clock) {
  const [hour, minute] = clock.split(':').map(Number);
  return hour * HOUR + minute;
}

customElements.define('hours-strip', HoursStrip);
