/** Which screen is shown: the part of the address after "#" names it, so that back, forward and a bookmark work. */

import { html } from '../shared/html.js';
import { onceMore } from '../shared/once-more.js';
import { titlePage } from './title.js';

/**
 * In the order in which they are offered. `under`: another one leads there, and is marked meanwhile; `only`: for whom it is;
 * `count`: what waits there to be seen, as a number and the words for it.
 */
const SCREENS = {
  live: { words: 'Live', load: () => import('./screens/live-screen.js') },
  shifts: { words: 'Shifts', count: ({ kept }) => [kept, 'left with you'], load: () => import('./screens/shifts-screen.js') },
  zones: { words: 'Zones', load: () => import('./screens/zones-screen.js') },
  bays: { words: 'Bays', load: () => import('./screens/bays-screen.js') },
  sensors: { words: 'Sensors', count: ({ watch }) => [watch?.silent_sensors, 'silent'], load: () => import('./screens/sensors-screen.js') },
  patrols: { words: 'Patrols', load: () => import('./screens/patrols-screen.js') },
  reports: { words: 'Reports', load: () => import('./screens/reports-screen.js') },
  settings: { words: 'Settings', load: () => import('./screens/settings-screen.js') },
  task: { words: 'The story of a task', under: 'live', load: () => import('./screens/task-screen.js') },
  hours: { words: 'Restrictions and hours', under: 'settings', load: () => import('./screens/hours-screen.js') },
  rights: { words: 'Permits and payments', under: 'settings', load: () => import('./screens/rights-screen.js') },
  people: { words: 'People', under: 'settings', load: () => import('./screens/people-screen.js') },
  keys: { words: 'Keys', under: 'settings', only: 'administrator', load: () => import('./screens/keys-screen.js') },
  audit: { words: 'Audit log', under: 'settings', load: () => import('./screens/audit-screen.js') },
};
const FIRST = 'live';

export class Screens {
  #main;
  #nav;
  #desk;

  constructor({ main, nav, desk }) {
    [this.#main, this.#nav, this.#desk] = [main, nav, desk];
    addEventListener('hashchange', () => this.#desk.allowed && this.#show({ focus: true }));
    desk.addEventListener('change', () => this.#count());
  }

  open() {
    this.#nav.replaceChildren(html`<ul>${Object.entries(SCREENS).filter(([, { under }]) => !under).map(([name, { words }]) => html`<li><a href="#${name}">${words}</a></li>`)}</ul>`);
    this.#count();
    return this.#show();
  }

  close() {
    this.#main.replaceChildren();
  }

  async #show({ focus = false } = {}) {
    const name = nameOf(location.hash);
    const { load, words, only } = SCREENS[name];
    const shown = this.#main.firstElementChild;
    if (shown?.dataset.screen === name) return shown.moved?.();
    if (only && this.#desk.me.person.role !== only) return this.#put(name, notYours(words, only), { focus });
    const module = await onceMore(load).catch(() => null);
    if (name !== nameOf(location.hash) || !this.#desk.allowed) return null;
    return this.#put(name, module ? this.#made(module.default, name) : missing(() => this.#show({ focus: true })), { focus });
  }

  #put(name, shown, { focus }) {
    this.#mark(name);
    titlePage(SCREENS[name].words);
    this.#main.replaceChildren(shown);
    scrollTo(0, 0);
    return focus && this.#main.focus();
  }

  #made(Screen, name) {
    const screen = new Screen();
    screen.desk = this.#desk;
    screen.dataset.screen = name;
    return screen;
  }

  #count() {
    for (const link of this.#nav.querySelectorAll('a')) {
      const { words, count } = SCREENS[nameOf(link.hash)];
      if (count) showCount(link, words, ...count(this.#desk));
    }
  }

  #mark(name) {
    for (const link of this.#nav.querySelectorAll('a')) {
      if (link.getAttribute('href') === `#${SCREENS[name].under ?? name}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}

/** "Shifts" with a 2 on its corner, so that nothing beside it moves; read out as "Shifts (2 left with you)". */
function showCount(link, words, number, what) {
  const told = number ? `${number} ${what}` : '';
  if ((link.dataset.told ?? '') === told) return;
  link.dataset.told = told;
  link.replaceChildren(html`${words}${told && html`<span class="unseen"> (${told})</span><span class="count" title="${told}" aria-hidden="true">${number}</span>`}`);
}

function missing(again) {
  const drawn = html`<section class="card stack"><p role="status">This page can’t be loaded just now.</p>
    <button type="button" class="main">Try again</button></section>`.firstElementChild;
  drawn.querySelector('button').addEventListener('click', again, { once: true });
  return drawn;
}

function notYours(words, role) {
  return html`<section class="card stack"><h1>${words}</h1><p>This page is for ${role}s. Ask one of them if you need something here.</p>
    <p><a href="#settings">To the settings</a></p></section>`.firstElementChild;
}

/** "#live/0197…" is the screen "live". */
function nameOf(hash) {
  const [name] = hash.slice(1).split('/');
  return name in SCREENS ? name : FIRST;
}
