import { ApiError, get } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { shapesOf } from '../../shared/map/scene.js';
import { say } from '../../shared/say.js';
import { lawfulWords, placeWords } from '../../shared/task-words.js';
import { write } from '../../shared/write.js';
import { nextWords } from '../next-words.js';
import { usedLately } from '../codes.js';
import '../parts/found-form.js';
import '../parts/visits-list.js';
import { visitsOf } from '../parts/visits-list.js';
import { raised } from '../raised.js';
import { Screen } from './screen.js';

const RECENT = 'codes';
const ENDED = 'ended';

/** What the officer observes of their own accord, side by side; a new one ("#found/new"); and what has ended today. */
export class FoundScreen extends Screen {
  #ended = [];
  #map = { of: null, bays: [] };
  #raising = false;

  draw() {
    const [, place, bay] = location.hash.slice(1).split('/');
    if (place === 'new') return this.#drawNew(bay);
    this.classList.add('stack');
    this.replaceChildren(html`<section class="card stack"><h1>${say('found-title')}</h1><p data-none>${say('found-nothing')}</p>
        <ul class="observed"></ul><a class="button main" href="#found/new">${say('found-new')}</a></section>
      <section class="card stack"><h2>${say('visits-title')}</h2><visits-list></visits-list></section>`);
    this.addEventListener('addendum', ({ detail }) => this.#add(detail));
    this.every(1000, () => this.show());
    const sent = ({ detail: { step } }) => step.kind === 'outcome' && this.#loadEnded();
    this.hand.outbox.addEventListener('sent', sent, { signal: this.left });
    return this.#loadEnded();
  }

  show() {
    const list = this.querySelector('.observed');
    if (!list) return;
    const { day } = this.hand;
    this.querySelector('[data-none]').hidden = day.observations.length > 0;
    keyed(list, day.observations, { key: ({ id }) => id, mark: placeWords, draw: row });
    day.observations.forEach((task, index) => this.#tell(task, list.children[index]));
    this.querySelector('visits-list').show(visitsOf(this.#ended, day.closing), this.hand);
  }

  #tell(task, item) {
    const { day } = this.hand;
    const lawful = lawfulWords(task, now(), zone());
    write(item.querySelector('.next'), nextWords(task, day.looksAt(task), day.me.person.id, now(), zone()));
    write(item.querySelector('.lawful'), lawful.words);
    item.querySelector('.lawful').className = `lawful ${lawful.kind}`;
  }

  async #loadEnded() {
    const { kept } = this.hand;
    this.#ended = (await kept.get(ENDED)) ?? [];
    this.show();
    try {
      this.#ended = (await get('/tasks', { state: 'closed', mine: true })).items;
      kept.put(ENDED, this.#ended);
      this.show();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  async #add({ task, sighting, text, draft }) {
    const known = visitsOf(this.#ended, this.hand.day.closing).find(({ id }) => id === task);
    await this.hand.work.addendum(known, sighting, text);
    draft.clear();
    this.hand.notice.say(say('recorded'));
  }

  // A new one

  #drawNew(bay) {
    this.replaceChildren(html`<section class="card stack"><h1>${say('found-new')}</h1><found-form></found-form>
      <a class="button" href="#found">${say('found-back')}</a></section>`);
    this.addEventListener('found', ({ detail }) => this.#raise(detail));
    const { places, positions } = this.hand;
    const know = () => this.querySelector('found-form').know(this.#around);
    for (const [target, type] of [[places, 'change'], [positions, 'fix']]) target.addEventListener(type, know, { signal: this.left });
    return this.#fill(bay);
  }

  get #around() {
    const { places, positions } = this.hand;
    if (this.#map.of !== places.features) this.#map = { of: places.features, bays: shapesOf(places.features).bays };
    const here = positions.place();
    return { bays: this.#map.bays, me: here.lon === undefined ? null : here };
  }

  async #fill(bay) {
    const { contraventions, kept } = this.hand;
    if (!contraventions.said) await contraventions.renew().catch(() => {});
    const recent = (await kept.get(RECENT)) ?? [];
    await this.querySelector('found-form')?.begin({
      around: this.#around,
      items: contraventions.said?.items ?? [],
      recent,
      draft: kept.draft('found'),
      bay,
    });
  }

  /** Once, however often it is tapped while that is kept. */
  async #raise(found) {
    if (!this.hand.day.onShift) return this.hand.notice.say(say('found-not-on-shift'));
    if (this.#raising) return null;
    this.#raising = true;
    return this.#keep(found).finally(() => { this.#raising = false; });
  }

  async #keep({ bay, contravention, suffix, draft }) {
    const { day, kept, work } = this.hand;
    const task = raised({ bay, contravention, suffix, officer: day.me.person });
    kept.put(RECENT, usedLately((await kept.get(RECENT)) ?? [], contravention.code));
    await work.found(task);
    draft.clear();
    location.hash = `task/${task.id}`;
  }
}

function row(task) {
  return html`<li><a href="#task/${task.id}" data-focus="go"><strong>${placeWords(task)}</strong><span class="next"></span>
    <span class="lawful"></span></a></li>`.firstElementChild;
}

customElements.define('found-screen', FoundScreen);
export default FoundScreen;
