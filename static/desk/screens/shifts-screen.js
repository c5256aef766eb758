import { html } from '../../shared/html.js';
import { onceMore } from '../../shared/once-more.js';
import { write } from '../../shared/write.js';
import { waitingWords } from '../parts/shifts/kept-words.js';
import { Screen } from './screen.js';

const PAGES = {
  plan: { words: 'Day plan', load: () => import('./shifts/day-plan.js') },
  briefing: { words: 'Briefing', load: () => import('./shifts/briefing-page.js') },
  logs: { words: 'Daily logs', load: () => import('./shifts/logs-page.js') },
  kept: { words: 'Left with you', load: () => import('./shifts/kept-page.js') },
};
const FIRST = 'plan';

/** Who works when and where, and all that belongs to a shift: a page for each ("#shifts/<page>/…"). */
export class ShiftsScreen extends Screen {
  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Shifts</h1>
      <nav aria-label="Pages about shifts"><ul>${Object.entries(PAGES).map(([name, { words }]) => html`<li><a
        href="#shifts/${name}">${words}</a></li>`)}</ul></nav>
      <div class="page"></div>`);
    this.moved();
  }

  show() {
    write(this.querySelector('nav a[href="#shifts/kept"]'), waitingWords(this.desk.kept));
  }

  async moved() {
    const name = this.#name();
    const shown = this.querySelector('.page').firstElementChild;
    if (shown?.dataset.page === name) return shown.moved?.();
    const module = await onceMore(PAGES[name].load).catch(() => null);
    if (this.left.aborted || name !== this.#name()) return null;
    this.#mark(name);
    return this.querySelector('.page').replaceChildren(module ? this.#made(module.default, name)
      : html`<p role="status">This page can’t be loaded just now. Open it again.</p>`);
  }

  #name() {
    const [name] = this.place;
    return name in PAGES ? name : FIRST;
  }

  #made(Page, name) {
    const page = new Page();
    page.desk = this.desk;
    page.dataset.page = name;
    return page;
  }

  #mark(name) {
    for (const link of this.querySelectorAll('nav a')) {
      if (link.getAttribute('href') === `#shifts/${name}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}

customElements.define('shifts-screen', ShiftsScreen);
export default ShiftsScreen;
