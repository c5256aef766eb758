import { ApiError, get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { Rest } from './rest.js';
import './hours-strip.js';

/** What written hours come to in the next two weeks, or why they can't be read. `data-empty`: the words where there are none. */
export class HoursAhead extends HTMLElement {
  #asked = null;
  #rest = new Rest((hours) => this.look(hours));

  connectedCallback() {
    if (!this.firstChild) this.replaceChildren(html`<p class="said" role="status" hidden></p><hours-strip hidden></hours-strip>`);
  }

  disconnectedCallback() {
    this.#rest.stop();
  }

  /** As they are typed: after a pause. */
  soon(hours) {
    this.#rest.soon(hours);
  }

  /** Asked once for what was asked last. */
  async look(text) {
    const hours = text.trim();
    if (hours === this.#asked) return;
    this.#asked = hours;
    if (!hours) return this.#say(this.dataset.empty, false);
    const days = await get('/hours', { hours }).catch((error) => error);
    if (hours !== this.#asked || !this.isConnected) return;
    if (days instanceof ApiError) return this.#failed(days);
    if (days instanceof Error) throw days;
    this.querySelector('hours-strip').show(days.items);
    this.#say('', false);
  }

  #failed(error) {
    if (error.passing) this.#asked = null;
    this.#say(error.errors[0]?.detail ?? error.message, true);
  }

  #say(words, wrong) {
    const place = this.querySelector('.said');
    place.textContent = words;
    place.hidden = words === '';
    place.classList.toggle('now', wrong);
    this.querySelector('hours-strip').hidden = words !== '';
  }
}

customElements.define('hours-ahead', HoursAhead);
