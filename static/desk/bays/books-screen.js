import { ApiError, get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import '../../shared/undo-bar.js';
import { Screen } from '../screens/screen.js';

/** A screen of several pages: `#bays/import` shows the page "import". Each page is an element (see Page). */
export class BooksScreen extends Screen {
  #shown = null;

  /** By name: { words, tag }, the first as "". One that is not offered by itself has no words. */
  get pages() {
    return {};
  }

  draw() {
    this.classList.add('stack');
    const name = this.dataset.screen;
    const links = Object.entries(this.pages).filter(([, { words }]) => words);
    this.replaceChildren(html`<h1>${this.heading}</h1>
      <nav aria-label="${this.heading}"><ul>${links.map(([page, { words }]) => html`<li><a href="#${page ? `${name}/${page}` : name}">${words}</a></li>`)}</ul></nav>
      <div class="page"></div><undo-bar></undo-bar>`);
    this.moved();
  }

  moved() {
    const [first = '', ...rest] = this.place;
    const at = this.place.join('/');
    if (this.#shown === at) return;
    this.#shown = at;
    const page = first in this.pages ? first : this.other;
    const element = document.createElement(this.pages[page].tag);
    Object.assign(element, { screen: this, place: page === first ? rest : this.place, ...this.pages[page].with });
    this.#mark(page);
    this.querySelector('.page').replaceChildren(element);
  }

  /** Say what was done, and for a moment offer the way back. */
  undo(words, back) {
    this.querySelector('undo-bar').offer(words, back);
  }

  /** The id of the bay with this reference. Raises ApiError, as the server would, where there is none. */
  async bayCalled(reference) {
    const { items } = await get('/bays', { reference: reference.trim() });
    if (items.length) return items[0].id;
    const detail = `There is no bay “${reference.trim()}”. Look at the list of bays for its reference.`;
    throw new ApiError({ status: 422, detail, errors: [{ pointer: '/bay', detail }] });
  }

  #mark(page) {
    const name = this.dataset.screen;
    for (const link of this.querySelectorAll(':scope > nav a')) {
      if (link.getAttribute('href') === `#${page ? `${name}/${page}` : name}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}
