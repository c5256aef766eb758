import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { firstView, marked, shapesOf } from '../../shared/map/scene.js';
import '../../shared/map/town-map.js';
import { stateWord, stateWords } from '../../shared/map/words.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { age, clock } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { listing } from '../map/listing.js';
import { positionWords } from '../map/words.js';
import { metresBetween } from '../positions.js';
import '../parts/bay-card.js';
import '../parts/place-list.js';
import { Screen } from './screen.js';

const LOOK_EVERY = 30_000;
const MOVE_ON = 5_000;
const SEEN_AS = 'openpatrol-map-as';
const LOOKS = ['map', 'list'];
const LEGEND = ['lawful', 'over', 'may-have-left', 'occupied', 'free', 'suspended', 'unknown'];

/** Where everything is: as a map, or as a list of the same; with the bay chosen that the address names ("#map/<id>"). */
export class MapScreen extends Screen {
  #shapes = { of: null, zones: [], streets: [], bays: [] };
  #bays = [];
  #chosen = null;
  #sought = '';
  #opened = false;

  draw() {
    [, this.#chosen = null] = location.hash.slice(1).split('/');
    this.replaceChildren(html`
      <div class="row spread"><h1>${say('map-title')}</h1>
        <div role="group" aria-label="${say('map-as')}" class="row switch">
          ${LOOKS.map((as) => html`<button type="button" data-as="${as}">${say(`map-as-${as}`)}</button>`)}</div></div>
      <p data-trouble class="notice" role="status" hidden></p>
      <div id="on-map"><town-map></town-map>
        <div class="on-map-buttons">
          ${['in', 'out', 'me', 'work'].map((name) => html`<button type="button" data-go="${name}">${say(`map-go-${name}`)}</button>`)}</div></div>
      <place-list></place-list>
      <bay-card hidden></bay-card>
      <p data-me class="muted"></p><p data-marks class="muted"></p>
      <details><summary>${say('map-legend')}</summary><ul class="legend">${LEGEND.map(legendRow)}
        <li>${shape('officer')} ${say('map-legend-me')}</li><li>${shape('alarm')} ${say('map-legend-unsafe')}</li></ul></details>`);
    this.#listen();
  }

  show() {
    const { day, places, positions } = this.hand;
    this.#draw();
    const { trouble } = this;
    const notice = this.querySelector('[data-trouble]');
    notice.hidden = !trouble;
    write(notice, trouble ?? '');
    write(this.querySelector('[data-me]'), day.onShift ? positionWords(positions, now()) : say('map-me-off'));
    write(this.querySelector('[data-marks]'), this.#marksWords());
    this.querySelector('[data-go=me]').disabled = !positions.latest;
    this.querySelector('[data-go=work]').disabled = day.tasks.length === 0;
    for (const button of this.querySelectorAll('[data-as]')) button.setAttribute('aria-pressed', String(button.dataset.as === seenAs()));
    this.querySelector('#on-map').hidden = seenAs() !== 'map' || !places.known;
    this.querySelector('place-list').hidden = seenAs() !== 'list' || !this.#bays.length;
    if (seenAs() === 'map' && places.known) this.#openMap();
  }

  /** Why there is nothing to see; null where there is. */
  get trouble() {
    const { day, places } = this.hand;
    if (!day.shift) return say('map-no-shift');
    if (!day.shift.zones.length) return say('map-no-zones');
    if (places.known) return null;
    return places.trouble ? say('map-never-loaded') : say('map-loading');
  }

  #listen() {
    const { places, live, positions } = this.hand;
    const on = (target, type, run) => target.addEventListener(type, run, { signal: this.left });
    on(places, 'change', () => this.show());
    on(live, 'change', () => places.look());
    on(positions, 'fix', () => this.show());
    this.querySelector('.switch').addEventListener('click', ({ target }) => target.dataset.as && this.#seeAs(target.dataset.as));
    this.querySelector('.on-map-buttons').addEventListener('click', ({ target }) => this.#go(target.dataset.go));
    this.querySelector('place-list').addEventListener('sought', ({ detail }) => { this.#sought = detail.text; this.show(); });
    for (const part of this.querySelectorAll('town-map, place-list')) part.addEventListener('pick', ({ detail }) => this.#pick(detail.bay));
    this.addEventListener('put-away', () => this.#pick(null));
    this.querySelector('town-map').addEventListener('moved', ({ detail }) => { places.view = detail.view; });
    this.every(LOOK_EVERY, () => places.lookNow());
    this.every(MOVE_ON, () => this.show());
    places.lookNow();
  }

  #draw() {
    const { day, places, positions } = this.hand;
    if (this.#shapes.of !== places.features) this.#shapes = { of: places.features, ...shapesOf(places.features) };
    const me = positions.latest;
    this.#bays = marked(this.#shapes.bays, { marks: places.marks, tasks: day.tasks, now: now() });
    const { zones, streets } = this.#shapes;
    this.querySelector('town-map').scene = {
      zones, streets, bays: this.#bays, freezes: places.freezes, me, chosen: this.#chosen, faded: places.marksAreOld, now: now(),
    };
    if (seenAs() === 'list') this.querySelector('place-list').show(listing(this.#bays, { me, sought: this.#sought }), (bay) => this.#words(bay));
    this.#showCard(me);
  }

  async #openMap() {
    if (this.#opened) return;
    this.#opened = true;
    const { day, places, positions } = this.hand;
    const named = this.#bays.find(({ id }) => id === this.#chosen);
    const around = (tasks) => firstView({ me: positions.latest, tasks, zones: this.#shapes.zones });
    const view = named ? around([{ bay: named }]) : places.view ?? around(day.tasks);
    const map = this.querySelector('town-map');
    map.tiles = places.tiles;
    try {
      if (view) await map.open(view);
      if (named) this.#pick(named);
    } catch {
      this.#opened = false;
      this.hand.notice.say(say('map-no-library'));
      this.#seeAs('list');
    }
  }

  #showCard(me) {
    const bay = this.#bays.find(({ id }) => id === this.#chosen) ?? null;
    const place = bay && { ...bay, metres: me ? metresBetween(me, bay) : null };
    this.querySelector('bay-card').show(place, bay ? this.#words(bay) : '');
  }

  #words(bay) {
    const { markedAt, marksAreOld } = this.hand.places;
    return stateWords(bay, { now: now(), zone: zone(), markedAt: marksAreOld && !bay.task ? markedAt : null });
  }

  #marksWords() {
    const { markedAt, marksAreOld, freezes } = this.hand.places;
    const marks = markedAt === null ? say('map-no-marks')
      : marksAreOld && say('map-old-marks', { at: clock(markedAt, zone()), age: age(markedAt, now()) });
    return [marks, freezes.length && say('map-unsafe', { count: freezes.length })].filter(Boolean).join(' ');
  }

  #pick(bay) {
    this.#chosen = bay?.id ?? null;
    this.show();
    if (!bay) return;
    const card = this.querySelector('bay-card');
    const map = this.querySelector('town-map');
    card.querySelector('h2').focus({ preventScroll: true });
    map.uncover(bay, map.getBoundingClientRect().bottom - card.getBoundingClientRect().top);
  }

  #go(where) {
    const map = this.querySelector('town-map');
    const { day, positions } = this.hand;
    if (where === 'in') map.zoom(1);
    if (where === 'out') map.zoom(-1);
    if (where === 'me' && positions.latest) map.goTo(positions.latest);
    if (where === 'work' && day.tasks.length) map.goTo((day.task ?? day.tasks[0]).bay);
  }

  #seeAs(as) {
    localStorage.setItem(SEEN_AS, as);
    this.show();
  }
}

function seenAs() {
  return localStorage.getItem(SEEN_AS) === 'list' ? 'list' : 'map';
}

function legendRow(state) {
  return html`<li>${shape(state)} ${stateWord(state)}</li>`;
}

customElements.define('map-screen', MapScreen);
export default MapScreen;
