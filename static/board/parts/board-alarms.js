import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { capital, plain } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';

const WORDS = {
  sos: 'SOS: an officer calls for help',
  'check-in': 'No sign of life from an officer',
  unsafe: 'Unsafe place: nobody is sent there',
  escalated: 'Nobody took these tasks',
  'out-of-zones': 'An officer is out of their zones',
  overrun: 'A shift is past its end',
  prevented: 'An officer was prevented from serving',
  signs_defective: 'Signs or lines defective',
  welfare_concern: 'An officer is worried about someone',
  incident: 'Incident',
  'not-reached': 'Nobody was at a standing patrol',
  'network-quiet': 'A sensor network has gone quiet',
  'push-trouble': 'Messages to phones fail or come late',
  'planner-trouble': 'The planner is in trouble',
  'jobs-stand': 'Background jobs stand still',
};
const GRAVE = ['sos', 'check-in', 'unsafe'];

/** What needs a supervisor: of each kind how many, since when, and whether somebody is on it. No names. */
export class BoardAlarms extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(html`<h2>Alarms</h2><p class="fine">None</p><div role="alert"><ul></ul></div>`);
  }

  show({ said: { alarms } }) {
    this.querySelector('p').hidden = alarms.length > 0;
    const rows = alarms.toSorted((one, other) => rank(one) - rank(other)).map(told);
    keyed(this.querySelector('ul'), rows, { key: ({ kind }) => kind, mark: JSON.stringify, draw });
  }
}

function rank({ kind, seen, number }) {
  return (GRAVE.includes(kind) ? GRAVE.indexOf(kind) : GRAVE.length) + (seen < number ? 0 : 10);
}

function told({ kind, number, seen, since }) {
  return {
    kind,
    tone: GRAVE.includes(kind) && seen < number ? 'now' : 'soon',
    words: `${WORDS[kind] ?? capital(plain(kind))}${number > 1 ? ` (${number})` : ''}`,
    more: `since ${when(since, now(), zone())}${seen === number ? ' · somebody is on it' : ''}`,
  };
}

function draw({ tone, words, more }) {
  return html`<li class="${tone}">${shape('alarm')} <span>${words} <span class="muted">${more}</span></span></li>`.firstElementChild;
}

customElements.define('board-alarms', BoardAlarms);
