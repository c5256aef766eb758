import { colours } from '../../shared/map/colours.js';
import { paint } from '../../shared/map/painter.js';
import { boundsOf, marked, shapesOf } from '../../shared/map/scene.js';
import { smallView } from '../../patrol/map/small-view.js';
import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';

const SHARPEST = 2; // device px a px
const STATES = ['lawful', 'over', 'may-have-left', 'occupied', 'free', 'unknown', 'suspended'];
const TONES = { lawful: 'now', over: 'soon', 'may-have-left': 'soon' };

/** All of the council's bays and what goes on in them, without officers; and the same in numbers, as its legend. */
export class BoardMap extends HTMLElement {
  #board = null;
  #shapes = { of: null, zones: [], streets: [], bays: [] };

  connectedCallback() {
    this.replaceChildren(html`<h2 class="unseen">Bays now</h2><div class="sheet"><canvas aria-hidden="true"></canvas></div><ul></ul>`);
    new ResizeObserver(() => this.#draw()).observe(this.querySelector('.sheet'));
  }

  show(board) {
    this.#board = board;
    if (this.#shapes.of !== board.features) this.#shapes = { of: board.features, ...shapesOf(board.features) };
    this.#draw();
  }

  #draw() {
    if (!this.#board?.said) return;
    const bays = marked(this.#shapes.bays, { marks: this.#board.marks, tasks: [], now: now() });
    keyed(this.querySelector('ul'), legend(bays), { key: ({ state }) => state, mark: JSON.stringify, draw: drawState });
    const place = this.querySelector('.sheet');
    const size = { width: place.clientWidth, height: place.clientHeight };
    const corners = cornersOf(this.#shapes);
    if (size.width && size.height && corners) this.#paint(bays, corners, size);
  }

  #paint(bays, corners, size) {
    const { zones, streets } = this.#shapes;
    const { hot_spots: spots, freezes } = this.#board.said;
    const scene = { zones, streets, bays, freezes, me: null, chosen: null, faded: !this.#board.fresh, now: now() };
    const letters = parseFloat(getComputedStyle(this).fontSize) * 0.8;
    const view = { ...sheet(this.querySelector('canvas'), size), ...smallView(corners, size), letters };
    const shown = colours();
    paint(scene, view, shown);
    spots.forEach((spot, index) => number(String(index + 1), spot, view, shown));
  }
}

/** Two corners of what there is to see, as { lon, lat }; null where nothing was drawn yet. */
function cornersOf({ zones, bays }) {
  const points = zones.length ? zones.flatMap(({ rings }) => rings.flat()) : bays.map(({ lon, lat }) => [lon, lat]);
  return boundsOf(points)?.map(([lon, lat]) => ({ lon, lat }));
}

function legend(bays) {
  const counts = Object.groupBy(bays, ({ state }) => state);
  return STATES.filter((state) => counts[state]).map((state) => ({ state, number: counts[state].length }));
}

function drawState({ state, number: many }) {
  return html`<li class="${TONES[state] ?? ''}">${shape(state)} ${say(`mark-${state}`)} <strong>${String(many)}</strong></li>`.firstElementChild;
}

/** The canvas, as large and as sharp as it is seen; its old size is kept while it fits. */
function sheet(canvas, { width, height }) {
  const sharpness = Math.min(globalThis.devicePixelRatio || 1, SHARPEST);
  const [wide, high] = [Math.round(width * sharpness), Math.round(height * sharpness)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  const pen = canvas.getContext('2d');
  pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  return { pen, width, height, sharpness };
}

/** The number of a hot spot, as in the list beside the map. */
function number(text, { lon, lat }, { pen, project, letters }, { kerb, 'on-kerb': ink }) {
  const [x, at] = project(lon, lat);
  const y = at - letters * 1.6; // above what it is about
  pen.beginPath();
  pen.arc(x, y, letters * 0.8, 0, 2 * Math.PI);
  pen.fillStyle = kerb;
  pen.fill();
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.stroke();
  pen.fillStyle = ink;
  pen.font = `700 ${letters}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, x, y);
}

customElements.define('board-map', BoardMap);
