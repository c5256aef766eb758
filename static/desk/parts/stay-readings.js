import { get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moreWords, readingLines } from '../story/readings.js';
import './story-lines.js';

/** What the sensor said of the stay; of many readings the rest when it is asked for. */
export class StayReadings extends HTMLElement {
  #task = null;
  #first = null;
  #more = [];
  #on;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<story-lines class="stack" data-heading="What the sensor said"></story-lines><button type="button" hidden></button>`);
    this.querySelector('button').addEventListener('click', () => this.dispatchEvent(new CustomEvent('readings-more', { bubbles: true })));
  }

  /** `readings` as the story has them: { items, total, next }. What was loaded behind them stays. */
  show({ task, readings, on }) {
    const same = this.#task === task && this.#first?.next === readings.next;
    Object.assign(this, { hidden: readings.total === 0 });
    [this.#task, this.#first, this.#on] = [task, readings, on];
    if (!same) this.#more = [];
    this.#draw();
  }

  /** Raises ApiError. */
  async load() {
    const page = await get(`/tasks/${this.#task}/readings`, { cursor: this.#last.next });
    this.#more.push(page);
    this.#draw();
  }

  get #last() {
    return this.#more.at(-1) ?? this.#first;
  }

  #draw() {
    const items = [this.#first, ...this.#more].flatMap((page) => page.items);
    this.querySelector('story-lines').show(readingLines(items, this.#on));
    const words = moreWords({ shown: items.length, total: this.#last.total, next: this.#last.next });
    const button = this.querySelector('button');
    button.hidden = words === '';
    button.textContent = words;
  }
}

customElements.define('stay-readings', StayReadings);
