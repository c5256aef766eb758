/** The sheet on which a Leaflet map is painted: larger than what is seen, so that it can be pushed about. */

import { TILE, view } from './world.js';

const ROOM = 0.3; // of the map's size, painted on each side beyond what is seen
const SHARPEST = 2; // device pixels a pixel; more is not seen and costs

/** `paint(view)` is asked to draw, with a view as painter.js wants it. Emits nothing, keeps nothing. */
export class Sheet {
  #map;
  #paint;
  #canvas = document.createElement('canvas');
  #origin = null;
  #due = 0;

  constructor(map, paint) {
    this.#map = map;
    this.#paint = paint;
    this.#canvas.setAttribute('aria-hidden', 'true');
    map.getPanes().overlayPane.append(this.#canvas);
    map.on('zoom resize moveend', () => this.redraw());
    map.on('move', () => this.#leaves() && this.redraw());
  }

  /** Soon: once for all that is asked for in one frame. */
  redraw() {
    this.#due ||= requestAnimationFrame(() => this.#draw());
  }

  remove() {
    cancelAnimationFrame(this.#due);
  }

  get #room() {
    return this.#map.getSize().multiplyBy(ROOM).round();
  }

  /** True if the map was pushed so far that the sheet's edge comes into sight. */
  #leaves() {
    if (!this.#origin) return true;
    const moved = this.#map.containerPointToLayerPoint([0, 0]).subtract(this.#room).subtract(this.#origin);
    return Math.abs(moved.x) > this.#room.x || Math.abs(moved.y) > this.#room.y;
  }

  #draw() {
    this.#due = 0;
    const [map, room] = [this.#map, this.#room];
    const size = map.getSize().add(room.multiplyBy(2));
    const sharpness = Math.min(globalThis.devicePixelRatio || 1, SHARPEST);
    this.#origin = map.containerPointToLayerPoint([0, 0]).subtract(room);
    fit(this.#canvas, size, sharpness);
    this.#canvas.style.transform = `translate(${this.#origin.x}px, ${this.#origin.y}px)`;
    const pen = this.#canvas.getContext('2d');
    pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    this.#paint({ pen, width: size.x, height: size.y, sharpness, ...projection(map, this.#origin) });
  }
}

function fit(canvas, { x, y }, sharpness) {
  const [width, height] = [Math.round(x * sharpness), Math.round(y * sharpness)];
  if (canvas.width === width && canvas.height === height) return;
  Object.assign(canvas, { width, height });
  Object.assign(canvas.style, { width: `${x}px`, height: `${y}px` });
}

/** How the world becomes pixels of the sheet, by the map as it lies now. */
function projection(map, origin) {
  const { x: left, y: top } = map.getPixelOrigin().add(origin);
  return view({ grow: TILE * 2 ** map.getZoom(), left, top, lat: map.getCenter().lat });
}
