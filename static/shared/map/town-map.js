import { say } from '../say.js';
import { NO_MOTION, bareMap, keepUp, layTiles, takeAway } from './bare-map.js';
import { leaflet } from './leaflet.js';
import { paint } from './painter.js';
import { Sheet } from './sheet.js';
import { TILE, toWorld } from './world.js';

const NEAR_ZOOM = 18;
const TELL_APART = 16;
const LIMITS = { minZoom: 11, maxZoom: 20 };
const EDGE = 40; // px left free around what is to be seen
const THUMB = 28; // px around a touch, within which the nearest bay is meant

/**
 * The map. Set `scene` (see scene.js; perhaps with `officers`, which can be touched too) and `tiles`. Emits `pick` {bay,
 * officer, at}: what was touched, null for what was not, and where ([lon, lat]); and `moved` {view}, which `open` takes again. Without its library,
 * which is kept with the app, it stays empty and says so.
 */
export class TownMap extends HTMLElement {
  #map = null;
  #sheet = null;
  #scene = null;
  #colours = null;
  #tiles = null;
  #left = null;

  connectedCallback() {
    this.#left = new AbortController();
    this.setAttribute('role', 'region');
    if (!this.hasAttribute('aria-label')) this.setAttribute('aria-label', say('map-region'));
  }

  disconnectedCallback() {
    this.#left.abort();
    this.#sheet?.remove();
    takeAway(this.#map);
    this.#map = null;
  }

  /** `view`: { centre: [lon, lat], zoom }, or { bounds: [[west, south], [east, north]] }. Raises where there is no library. */
  async open(view) {
    await leaflet();
    if (this.#left.signal.aborted || this.#map) return;
    const place = document.createElement('div');
    this.replaceChildren(place);
    this.#map = bareMap(place, LIMITS);
    this.#show(view);
    this.#sheet = new Sheet(this.#map, (canvas) => this.#paint(canvas));
    this.#listen();
    this.tiles = this.#tiles;
    this.#sheet.redraw();
  }

  set scene(scene) {
    this.#scene = scene;
    this.#sheet?.redraw();
  }

  /** { url, credit } of raster tiles to lie under it, or null. */
  set tiles(tiles) {
    this.#tiles = tiles;
    if (this.#map && tiles) layTiles(this.#map, tiles, LIMITS);
  }

  /** The middle goes there; closer, where it was far. */
  goTo({ lon, lat }) {
    this.#map?.setView([lat, lon], Math.max(this.#map.getZoom(), NEAR_ZOOM - 1), NO_MOTION);
  }

  /** Go there, unless it is to be seen already, and told from what is beside it. */
  reveal(place) {
    if (!this.#map) return;
    const seen = this.#map.getZoom() >= TELL_APART && this.#map.getBounds().contains([place.lat, place.lon]);
    if (!seen) this.goTo(place);
  }

  /** Push the map up until the bay stands above what covers the lowest `covered` px. */
  uncover({ lon, lat }, covered) {
    if (!this.#map) return;
    const lowest = this.#map.getSize().y - covered - EDGE;
    const { y } = this.#map.latLngToContainerPoint([lat, lon]);
    if (y > lowest) this.#map.panBy([0, y - lowest], NO_MOTION);
  }

  /** What is under a point of the window, or no more than `reach` px from it: as `pick` tells it. Nothing before it is open. */
  under(x, y, reach = THUMB) {
    if (!this.#map) return { bay: null, officer: null, at: null };
    const { left, top } = this.getBoundingClientRect();
    const point = globalThis.L.point(x - left, y - top);
    return { ...this.#touched(point, reach), at: this.#lonLat(point) };
  }

  /** True: it stays where it is while something is moved over it. */
  set held(held) {
    this.#map?.dragging[held ? 'disable' : 'enable']();
  }

  zoom(steps) {
    this.#map?.setZoom(this.#map.getZoom() + steps, NO_MOTION);
  }

  /** As `open`, once it is open. */
  show(view) {
    if (this.#map && view) this.#show(view);
  }

  #show({ centre, zoom, bounds }) {
    if (bounds) this.#map.fitBounds(bounds.map(([lon, lat]) => [lat, lon]), { ...NO_MOTION, maxZoom: NEAR_ZOOM, padding: [EDGE, EDGE] });
    else this.#map.setView([centre[1], centre[0]], zoom ?? NEAR_ZOOM, NO_MOTION);
  }

  #listen() {
    keepUp(this.#map, this, (colours) => {
      this.#colours = colours;
      this.#sheet.redraw();
    }, this.#left.signal);
    this.#map.on('click', ({ containerPoint, latlng: { lng, lat } }) => this.#tell('pick', { ...this.#touched(containerPoint), at: [lng, lat] }));
    this.#map.on('moveend', () => this.#tell('moved', { view: this.#view() }));
  }

  #view() {
    const { lat, lng } = this.#map.getCenter();
    return { centre: [lng, lat], zoom: this.#map.getZoom() };
  }

  /** What a thumb meant. */
  #touched(point, reach = THUMB) {
    const { bays = [], officers = [] } = this.#scene ?? {};
    const [bay, officer] = [this.#near(point, bays, reach), this.#near(point, officers, reach)];
    const onOfficer = officer.away < bay.away;
    return { bay: onOfficer ? null : bay.place, officer: onOfficer ? officer.place : null };
  }

  /** The place that is nearest to a point of the map, and how many px away; null where none is near. */
  #near(point, places, reach) {
    const { x, y } = toWorld(...this.#lonLat(point));
    const grow = TILE * 2 ** this.#map.getZoom();
    const nearest = { place: null, away: reach };
    for (const place of places) {
      const away = Math.hypot((place.x - x) * grow, (place.y - y) * grow);
      if (away < nearest.away) Object.assign(nearest, { place, away });
    }
    return nearest;
  }

  #lonLat(point) {
    const { lat, lng } = this.#map.containerPointToLatLng(point);
    return [lng, lat];
  }

  #paint(canvas) {
    if (!this.#scene) return;
    const letters = parseFloat(getComputedStyle(this).fontSize) * 0.8;
    paint(this.#scene, { ...canvas, letters }, this.#colours);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('town-map', TownMap);
