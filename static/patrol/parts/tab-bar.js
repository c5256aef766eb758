import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { icon } from './icons.js';

/** The four places of the app, in the thumb's reach. Set `place` and `counts` ({ outbox, found }). */
export class TabBar extends HTMLElement {
  static places = ['task', 'map', 'found', 'outbox'];

  connectedCallback() {
    this.setAttribute('role', 'navigation');
    this.setAttribute('aria-label', say('tabs'));
    this.replaceChildren(html`${TabBar.places.map((place) => html`<a href="#${place}" data-place="${place}">
      ${icon(place)}<span>${say(`tab-${place}`)}</span><span class="count" hidden></span></a>`)}`);
  }

  set place(place) {
    this.querySelectorAll('a').forEach((link) => {
      if (link.dataset.place === place) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
  }

  /** { place: how many wait there }; nought is not shown. */
  set counts(counts) {
    this.querySelectorAll('a').forEach((link) => {
      const [count, badge] = [counts[link.dataset.place] ?? 0, link.querySelector('.count')];
      badge.hidden = count === 0;
      badge.textContent = count;
    });
  }
}

customElements.define('tab-bar', TabBar);
