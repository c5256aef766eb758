import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shape } from '../../shared/shapes.js';
import { age, when } from '../../shared/words.js';
import { byUrgency } from '../urgency.js';

const WORDS = {
  sos: 'SOS',
  'check-in': 'No sign of life',
  unsafe: 'Unsafe: nobody is sent there',
  escalated: 'Nobody took these tasks',
  'out-of-zones': 'Out of their zones',
  overrun: 'Shift past its end',
  prevented: 'Prevented from serving',
  signs_defective: 'Signs or lines defective',
  welfare_concern: 'Worried about someone',
  incident: 'Incident',
  'not-reached': 'Nobody was at a standing patrol',
  'network-quiet': 'A sensor network has gone quiet',
  'push-trouble': 'Messages to phones fail or come late',
  'planner-trouble': 'The planner is in trouble',
  'jobs-stand': 'Background jobs stand still',
};

/** What a trouble means, and what to do about it. */
const MEANS = {
  'network-quiet': ({ network, facts }) => `No readings from “${network ?? 'it'}” since ${when(facts.heard_at, now(), zone())}, far longer than usual at this hour. Its bays turn unknown and raise no tasks. Call whoever runs it; this goes away by itself.`,
  'push-trouble': ({ facts }) => `${facts.troubled} of the last ${facts.messages} messages failed or came late. Phones ask for work by themselves while OpenPatrol is open on them; call officers about what can’t wait. If it lasts, tell whoever runs this server.`,
  'planner-trouble': ({ facts }) => (facts.overdue
    ? `${count(facts.tasks, 'task waits', 'tasks wait')}, ${count(facts.officers, 'officer is free', 'officers are free')}, and no plan has come for a minute. Send officers by hand, and tell whoever runs this server.`
    : 'It gave up on its last plans: the nearest officer is sent meanwhile, which is less good but works. Tell whoever runs this server.'),
  'jobs-stand': () => 'Messages to phones and questions about permits have waited for a minute or longer. Call officers about what can’t wait, and tell whoever runs this server.',
};

/**
 * What needs a supervisor. Emits `alert-step` {id, step}: `acknowledge` or `resolve`, and `place-release` {id}, the
 * id of the frozen place.
 */
export class AlertList extends HTMLElement {
  #alerts = [];

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<ul></ul>`);
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button')));
  }

  /** Places grow old while nothing else happens. */
  tick() {
    for (const { id, position } of this.#alerts) {
      const place = this.querySelector(`[data-key="${id}"] .place`);
      if (place) place.textContent = placeWords(position);
    }
  }

  show({ alerts }) {
    this.#alerts = alerts;
    this.hidden = alerts.length === 0;
    keyed(this.querySelector('ul'), byUrgency(alerts), { key: ({ id }) => id, mark: JSON.stringify, draw });
  }

  #click(button) {
    if (!button) return;
    const { id, step } = button.dataset;
    const name = step === 'release' ? 'place-release' : 'alert-step';
    this.dispatchEvent(new CustomEvent(name, { detail: { id, step }, bubbles: true }));
  }
}

/** The alerts that can't wait, in one sentence; empty for none. */
export function alarmWords(alerts) {
  return alerts.filter(({ kind, cleared_at: over }) => ['sos', 'check-in'].includes(kind) && !over)
    .map(({ kind, officer }) => `${WORDS[kind]}: ${officer?.name ?? 'an officer'}.`).join(' ');
}

function draw(alert) {
  const { id, kind, officer, raised_at: raised, acknowledged_by: seer, cleared_at: over, subject_id: subject } = alert;
  return html`<li class="card tight"><p class="row">${shape('alarm')} <strong>${WORDS[kind] ?? kind}</strong>
      ${officer && html`<span>${officer.name}</span>`} <span class="muted">${when(raised, now(), zone())}</span></p>
    ${MEANS[kind] && html`<p>${MEANS[kind](alert)}</p>`}
    ${alert.position && html`<p class="muted place">${placeWords(alert.position)}</p>`}
    ${over && html`<p>Its cause is over, says the phone: ask them, to be sure.</p>`}
    ${seer && html`<p class="muted">Seen by ${seer.name}</p>`}
    <p class="row">${!seer && button(id, 'acknowledge', 'I’m on it')}
      ${kind === 'unsafe' ? button(subject, 'release', 'Release the place') : button(id, 'resolve', 'Dealt with')}</p>
  </li>`.firstElementChild;
}

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

function button(id, step, words) {
  return html`<button type="button" data-id="${id}" data-step="${step}" data-focus="${step}">${words}</button>`;
}

/** Where, how surely, and how old that is: an old place is never shown as if it were of now. */
function placeWords({ lat, lon, accuracy_m: accuracy, at }) {
  return `At ${lat.toFixed(5)}, ${lon.toFixed(5)}, within ${Math.max(Math.round(accuracy), 1)} m, ${age(at, now())}`;
}

customElements.define('alert-list', AlertList);
