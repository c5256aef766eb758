import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { lawfulWords, placeWords } from '../../shared/task-words.js';
import { Screen } from './screen.js';

/** What the officer observes of their own accord, each with its own countdown. */
export class FoundScreen extends Screen {
  draw() {
    this.replaceChildren(html`<section class="card stack"><h1>${say('found-title')}</h1><div class="stack"></div></section>`);
    this.every(1000, () => this.show());
  }

  show() {
    const { observations } = this.hand.day;
    this.querySelector('div').replaceChildren(observations.length
      ? html`<ul>${observations.map((task) => html`<li>${placeWords(task)} · ${lawfulWords(task, now(), zone()).words}</li>`)}</ul>`
      : html`<p>${say('found-nothing')}</p>`);
  }
}

customElements.define('found-screen', FoundScreen);
export default FoundScreen;
