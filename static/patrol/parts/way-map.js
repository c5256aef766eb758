import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { colours, whenColoursChange } from '../../shared/map/colours.js';
import { paint } from '../../shared/map/painter.js';
import { marked, shapesOf } from '../../shared/map/scene.js';
import { say } from '../../shared/say.js';
import { distance } from '../../shared/words.js';
import { write } from '../../shared/write.js';
import { awayMetres } from '../away.js';
import { compassTo, seenFrom, smallView } from '../map/small-view.js';

const SHARPEST = 2; // device px a px
const STEP = 3; // px that an officer must move to be drawn anew
const AGES = 15_000; // ms; a fix pales as it grows old

/**
 * The way to a task, drawn small: the officer, the bay, and the edge of the zone where it is near. It leads to the map,
 * with this bay chosen. `show({ task, me, places })`: `me` is the latest fix, or null; `places` as places.js keeps them.
 */
export class WayMap extends HTMLElement {
  #shown = null;
  #drawn = '';
  #shapes = { of: null, zones: [], streets: [] };
  #left = null;

  connectedCallback() {
    this.#left = new AbortController();
    const { signal } = this.#left;
    const size = new ResizeObserver(() => this.#again());
    size.observe(this);
    signal.addEventListener('abort', () => size.disconnect());
    whenColoursChange(() => this.#again(), signal);
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  show({ task, me, places }) {
    this.hidden = !me && !places.known;
    if (this.hidden) return;
    if (!this.firstChild) this.replaceChildren(html`<a><canvas aria-hidden="true"></canvas><span class="unseen"></span></a>`);
    const from = seenFrom(me, task.bay);
    this.#shown = { task, me: from, places };
    this.querySelector('a').href = `#map/${task.bay.id}`;
    write(this.querySelector('span'), words(task.bay, from));
    this.#draw();
  }

  #again() {
    this.#drawn = '';
    if (this.#shown && !this.hidden) this.#draw();
  }

  #draw() {
    const { task, me, places } = this.#shown;
    const [width, height] = [this.clientWidth, this.clientHeight];
    if (!width) return;
    if (this.#shapes.of !== places.features) this.#shapes = { of: places.features, ...shapesOf(places.features) };
    const view = smallView(me ? [me, task.bay] : [task.bay], { width, height });
    const [place] = marked([], { marks: new Map(), tasks: [task], now: now() });
    const mark = JSON.stringify([task.id, place.state, width, height, places.features.length, places.freezes.length, ...whereabouts(me, view)]);
    if (mark === this.#drawn) return;
    this.#drawn = mark;
    const { zones, streets } = this.#shapes;
    const scene = { zones, streets, bays: [place], freezes: places.freezes, me, way: me && [me, task.bay], chosen: null, faded: false, now: now() };
    const sharpness = Math.min(globalThis.devicePixelRatio || 1, SHARPEST);
    paint(scene, { ...sheet(this.querySelector('canvas'), { width, height, sharpness }), ...view, letters: letters(this), namesFrom: 0 }, colours());
  }
}

/** "310 m to the north-east. Show it on the map" */
function words(bay, me) {
  if (!me) return say('way-show');
  return say('way-there', { distance: distance(awayMetres(bay, me)), point: compassTo(me, bay) });
}

function whereabouts(me, { project }) {
  if (!me) return [];
  const old = Math.floor((now() - Date.parse(me.at)) / AGES);
  return [...project(me.lon, me.lat).map((px) => Math.round(px / STEP)), Math.min(old, 4)];
}

/** The canvas, as large and as sharp as it is seen. */
function sheet(canvas, { width, height, sharpness }) {
  Object.assign(canvas, { width: width * sharpness, height: height * sharpness });
  const pen = canvas.getContext('2d');
  pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  return { pen, width, height, sharpness };
}

function letters(element) {
  return parseFloat(getComputedStyle(element).fontSize) * 0.8;
}

customElements.define('way-map', WayMap);
