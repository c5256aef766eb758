import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { placeWords, walkWords } from '../../shared/task-words.js';
import { Screen } from './screen.js';

/** Where everything is. */
export class MapScreen extends Screen {
  draw() {
    this.replaceChildren(html`<section class="card stack"><h1>${say('map-title')}</h1><ul></ul></section>`);
  }

  show() {
    const { tasks } = this.hand.day;
    this.querySelector('ul').replaceChildren(html`${tasks.map((task) => html`<li>${placeWords(task)} ${walkWords(task.assignment)}</li>`)}`);
  }
}

customElements.define('map-screen', MapScreen);
export default MapScreen;
