/** Which screen is shown: the part of the address after "#" names it, so that the phone's own "back" works. */

import { html } from '../shared/html.js';
import { onceMore } from '../shared/once-more.js';
import { say } from '../shared/say.js';
import { askShell } from './shell.js';

const SCREENS = {
  task: () => import('./screens/task-screen.js'),
  map: () => import('./screens/map-screen.js'),
  found: () => import('./screens/found-screen.js'),
  outbox: () => import('./screens/outbox-screen.js'),
  day: () => import('./screens/day-screen.js'),
  settings: () => import('./screens/settings-screen.js'),
};
const FIRST = 'task';

export class Screens {
  #main;
  #tabs;
  #bar;
  #connection;
  #needs;
  #lost;
  #hand = null;
  #stopped = null;

  constructor({ main, tabs, bar, connection, needs, lost }) {
    [this.#main, this.#tabs, this.#bar, this.#connection] = [main, tabs, bar, connection];
    [this.#needs, this.#lost] = [needs, lost];
    addEventListener('hashchange', () => this.#hand && this.#show({ focus: true }));
  }

  /** From now on the screens are this officer's. */
  open(hand) {
    this.close();
    this.#hand = hand;
    this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    const frame = () => this.#frame();
    hand.day.addEventListener('change', frame, { signal });
    hand.outbox.addEventListener('change', frame, { signal });
    hand.live.addEventListener('state', frame, { signal });
    hand.addEventListener('open', () => { location.hash = FIRST; }, { signal });
    for (const part of [this.#tabs, this.#connection]) part.hidden = false;
    frame();
    this.#show();
  }

  close() {
    this.#stopped?.abort();
    this.#hand = null;
    for (const part of [this.#tabs, this.#bar, this.#connection, this.#needs, this.#lost]) part.hidden = true;
    this.#main.replaceChildren();
  }

  /** A screen that the phone does not have yet, and can't get just now. */
  #missing(name) {
    this.#tabs.place = name;
    this.#main.replaceChildren(html`<section class="card stack not-kept"><p role="status">${say('screen-not-kept')}</p>
      <button type="button" class="main">${say('try-again')}</button></section>`);
    this.#main.querySelector('button').addEventListener('click', () => this.#again(), { once: true });
  }

  /** Some browsers remember what they could not load until the page is new. What is kept opens without a network. */
  async #again() {
    await this.#show({ focus: true });
    if (this.#main.querySelector('.not-kept') && (await askShell())?.whole) location.reload();
  }

  #frame() {
    const { day, outbox, live } = this.#hand;
    this.#bar.hidden = !day.me;
    if (day.me) this.#bar.shift = day.shift;
    this.#tabs.counts = { outbox: outbox.steps.length, found: day.observations.length };
    this.#connection.state = live.state;
    this.#lost.hidden = !day.me?.phone_lost;
    this.#frameNeeds();
  }

  #frameNeeds() {
    const { day, outbox } = this.#hand;
    this.#needs.hidden = nameOf(location.hash) === 'outbox' || !outbox.needingYou.length;
    this.#needs.show({ steps: outbox.needingYou, task: day.task, outcomes: new Map(day.outcomes.map(({ value, words }) => [value, words])) });
  }

  async #show({ focus = false } = {}) {
    const hand = this.#hand;
    const name = nameOf(location.hash);
    const Screen = await loaded(SCREENS[name]);
    if (hand !== this.#hand || name !== nameOf(location.hash)) return;
    if (!Screen) return this.#missing(name);
    this.#tabs.place = name;
    this.#frameNeeds();
    const screen = new Screen();
    screen.hand = hand;
    this.#main.replaceChildren(screen);
    if (name !== FIRST) document.title = `${say(`${name}-title`)} · OpenPatrol`; // the first names its task itself
    scrollTo(0, 0);
    if (focus) this.#main.focus();
  }
}

/** The screen's class; null where it is neither on the phone nor to be had. */
function loaded(screen) {
  return onceMore(screen).then((module) => module.default, () => null);
}

/** "#found/new" is the screen "found". */
export function nameOf(hash) {
  const [name] = hash.slice(1).split('/');
  return name in SCREENS ? name : FIRST;
}
