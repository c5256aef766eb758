import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import { placeWords } from '../../shared/task-words.js';
import './alert-list.js';
import { alarmWords } from './alert-list.js';
import { isHeard, onHeard, play } from '../../shared/tones.js';
import { when } from '../../shared/words.js';
import { titleCalls } from '../title.js';

const LOUD = ['sos', 'check-in'];
const TONES = [880, 660, 880];

/**
 * Above all screens, and only when there is something: what can't wait in a sentence, and everything that needs a
 * supervisor as a list. Passes on what the list emits.
 */
export class DeskAlarms extends HTMLElement {
  #said = '';
  #calling = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div role="alert"></div><p class="notice soon silent" hidden>Sound is off until you click anywhere on this page.</p>
      <alert-list aria-label="What needs you" hidden></alert-list>`);
    onHeard(() => this.#say());
  }

  show({ tasks, alerts, watch }) {
    const escalated = tasks.filter(({ state }) => state === 'escalated');
    const words = [alarmWords(alerts), standstillWords(watch), unsafeWords(escalated.filter(({ unsafe }) => unsafe)), untakenWords(escalated.filter(({ unsafe }) => !unsafe))]
      .filter(Boolean).join(' ');
    this.querySelector('alert-list').show({ alerts });
    this.#call(alerts.filter(({ kind, acknowledged_by: seer, cleared_at: over }) => LOUD.includes(kind) && !seer && !over).length);
    if (this.#said === words) return;
    this.#said = words;
    this.querySelector('[role=alert]').replaceChildren(words === '' ? '' : html`<p class="notice now row">${shape('alarm')} ${words}
      ${escalated.length > 0 && html`<a href="#live/${escalated[0].id}">Show the first</a>`}</p>`);
  }

  /** Somebody calls for help, or gives no sign: heard at once, and until somebody says that they are on it. */
  #call(count) {
    if (count > this.#calling) play(TONES);
    this.#calling = count;
    titleCalls(count);
    this.#say();
  }

  /** Browsers give sound to no page that was not touched: who counts on hearing it has to know. */
  #say() {
    this.querySelector('.silent').hidden = this.#calling === 0 || isHeard();
  }

  /** Places grow old while nothing else happens. */
  tick() {
    if (this.#calling) play(TONES);
    this.querySelector('alert-list').tick();
  }
}

/** No worker can raise the alarm that none works. */
function standstillWords(watch) {
  if (!watch?.nobody_works) return '';
  const since = watch.looked_at ? `since ${when(watch.looked_at, now(), zone())}` : 'yet';
  return `Nothing works in the background ${since}: no tasks are raised, nobody is sent, no message goes out. Send officers by radio, and tell whoever runs this server.`;
}

function unsafeWords(tasks) {
  if (!tasks.length) return '';
  return `Unsafe, says an officer: ${tasks.map(placeWords).join('; ')}. Nobody is sent there until you say so.`;
}

function untakenWords(tasks) {
  if (!tasks.length) return '';
  return tasks.length === 1
    ? 'One task needs you: no officer took it.'
    : `${tasks.length} tasks need you: no officer took them.`;
}

customElements.define('desk-alarms', DeskAlarms);
