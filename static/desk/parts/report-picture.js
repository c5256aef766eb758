import { colours, whenColoursChange } from '../../shared/map/colours.js';
import { configOf, heightOf } from '../reports/drawing.js';
import { chartLibrary } from '../reports/library.js';

const LETTERS = 0.85; // of the text around

/** A chart. `show(picture, words)`: see reports/kinds.js; the words are for who sees no picture. */
export class ReportPicture extends HTMLElement {
  #picture = null;
  #chart = null;
  #left = null;

  connectedCallback() {
    this.#left = new AbortController();
    const { signal } = this.#left;
    whenColoursChange(() => this.redraw(), signal);
  }

  disconnectedCallback() {
    this.#left.abort();
    this.#clear();
  }

  show(picture, words) {
    this.#picture = picture;
    this.setAttribute('role', 'img');
    this.setAttribute('aria-label', words);
    return this.redraw();
  }

  /** Anew, in the colours that the page has now. */
  async redraw() {
    const Chart = this.#picture && await chartLibrary();
    if (!Chart || this.#left.signal.aborted) return;
    this.#clear();
    const canvas = document.createElement('canvas');
    this.replaceChildren(canvas);
    this.style.height = `${heightOf(this.#picture)}rem`;
    const { fontFamily: family, fontSize } = getComputedStyle(this);
    this.#chart = new Chart(canvas, configOf(this.#picture, colours(), { family, size: parseFloat(fontSize) * LETTERS }));
  }

  #clear() {
    this.#chart?.destroy();
    this.#chart = null;
  }
}

customElements.define('report-picture', ReportPicture);
