import { ApiError, post } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { said } from '../../shared/said.js';
import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';

const AFTER_TYPING = 1_200; // ms: each question may cost a provider something

/** Whether a plate is covered, as far as anybody says so, and as of when. It informs, and never holds anyone up. */
export class RightsLine extends HTMLElement {
  #asked = null;
  #timer = null;

  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  /** Ask about this plate (a normal one, or null) in a moment, unless something else is typed meanwhile. */
  askSoon(task, plate) {
    clearTimeout(this.#timer);
    if (!plate) return this.clear();
    if (this.#asked !== `${task.id} ${plate}`) this.#timer = setTimeout(() => this.ask(task, plate), AFTER_TYPING);
  }

  /** Ask now, also what was asked before. */
  async ask(task, plate) {
    const asked = `${task.id} ${plate}`;
    this.#asked = asked;
    this.#tell('muted', say('rights-asking'));
    const told = await answerTo(task, plate);
    if (this.#asked === asked) this.#tell(...told);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#asked = null;
    this.replaceChildren();
  }

  #tell(tone, words) {
    this.replaceChildren(html`<p class="${tone}">${words}</p>`);
  }
}

async function answerTo(task, plate) {
  try {
    return rightsWords(await post(`/tasks/${task.id}/rights`, { plate }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const at = clock(now(), zone());
    return ['soon', say(error.passing ? 'rights-no-signal' : 'rights-not-checked', { at })];
  }
}

/** [tone, words] for an answer of POST /tasks/<id>/rights. */
function rightsWords({ status, provider, right_type: type, valid_to: until, reason, checked_at: checked }) {
  const at = clock(checked, zone());
  if (status === 'none') return ['', say('rights-none', { at })];
  if (status !== 'covered') return ['soon', say('rights-unknown', { at, reason: said(`${provider} ${reason}`) })];
  const what = type ?? say('rights-a-right');
  return ['now', until ? say('rights-covered-until', { what, until: clock(until, zone()), at }) : say('rights-covered', { what, at })];
}

customElements.define('rights-line', RightsLine);
