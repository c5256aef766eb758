import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { placeWords } from '../../shared/task-words.js';
import { distance } from '../../shared/words.js';
import { allowsWords } from '../../shared/map/words.js';
import { wayLink } from '../way.js';

/** One bay of the map: what it allows, how it stands, and what can be done there. Emits `put-away`. */
export class BayCard extends HTMLElement {
  #drawn = null;

  connectedCallback() {
    this.addEventListener('click', (event) => event.target.closest('button')
      && this.dispatchEvent(new CustomEvent('put-away', { bubbles: true })));
  }

  /** `place`: a bay of a listing; null hides it. `words`: how it stands, in words. */
  show(place, words) {
    this.hidden = !place;
    if (!place) {
      this.#drawn = null;
      return;
    }
    if (place.id !== this.#drawn) this.#draw(place);
    this.#drawn = place.id;
    this.querySelector('[data-state]').replaceChildren(html`${shape(place.state)} ${words}`);
    this.querySelector('[data-more]').textContent = moreWords(place);
  }

  #draw(place) {
    const allows = allowsWords(place.allows);
    this.replaceChildren(html`<section class="card tight" aria-labelledby="bay-title">
      <div class="head"><h2 id="bay-title" tabindex="-1">${placeWords({ bay: place })}</h2>
        <button type="button" class="plain">${say('close')}</button></div>
      <p data-state class="over"></p>
      ${allows && html`<p>${allows}</p>`}
      <p data-more class="muted"></p>
      <div class="pair">${doing(place)}
        <a class="button" href="${wayLink(place)}" target="_blank" rel="noreferrer">${say('open-in-maps')}</a></div>
    </section>`);
  }
}

function doing({ id, task }) {
  if (task) return html`<a class="button main" href="${task.found ? '#found' : '#task'}">${say('map-to-task')}</a>`;
  return html`<a class="button main" href="#found/new/${id}">${say('map-observe')}</a>`;
}

function moreWords({ metres, suspended, paused }) {
  return [
    metres !== null && say('map-away', { distance: distance(metres) }),
    suspended && say('map-suspended'),
    paused && say('map-paused'),
  ].filter(Boolean).join(' · ');
}

customElements.define('bay-card', BayCard);
