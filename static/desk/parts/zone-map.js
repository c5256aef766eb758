import { html } from '../../shared/html.js';
import { NO_MOTION, bareMap, keepUp, layTiles, takeAway } from '../../shared/map/bare-map.js';
import { leaflet } from '../../shared/map/leaflet.js';
import { paint } from '../../shared/map/painter.js';
import { Sheet } from '../../shared/map/sheet.js';
import { drawBays, drawDrawing, drawFaults, drawLine, drawNames, drawOutline } from '../zones/painter.js';
import { rounded } from '../zones/rings.js';
import { ZoneHandles } from '../zones/handles.js';

const LIMITS = { minZoom: 9, maxZoom: 20 };
const EDGE = 40; // px left free around what is to be seen

/**
 * The map on which zones are drawn. Set `ground` ({ streets, bays, tiles }) and `scene`: { zones (those that are not drawn
 * at), drawing ({ rings, colour, open, held: its corners can be moved }) or null, chosen (a zone) or null, theirs (rings) or null, line (of a split) or null, faults (places), loose (bays
 * in no zone), corner (the chosen one) }. Emits `map-click` {point}, `corner-move` {corner, point}, `corner-drop`, `corner-choose`
 * {corner} and `corner-insert` {corner, point}. A corner is {ring, at}.
 */
export class ZoneMap extends HTMLElement {
  #map = null;
  #sheet = null;
  #handles = null;
  #tiles = null;
  #left = null;
  #ground = { streets: [], bays: [], tiles: null };
  #scene = { zones: [], drawing: null, chosen: null, theirs: null, line: null, faults: [], loose: [], corner: null };
  #colours = null;

  connectedCallback() {
    this.#left = new AbortController();
    if (!this.firstChild) this.replaceChildren(html`<div class="sheet"></div><div class="on-map" role="group" aria-label="Map">
      <button type="button" data-zoom="1" aria-label="Closer">+</button><button type="button" data-zoom="-1" aria-label="Further">−</button></div>`);
    this.addEventListener('click', ({ target }) => target.dataset.zoom && this.#map?.setZoom(this.#map.getZoom() + Number(target.dataset.zoom), NO_MOTION), { signal: this.#left.signal });
  }

  disconnectedCallback() {
    this.#left.abort();
    this.#sheet?.remove();
    takeAway(this.#map);
    this.#map = null;
  }

  /** `bounds`: { west, south, east, north }. Raises where the library can't be loaded. */
  async open(bounds) {
    await leaflet();
    if (this.#left.signal.aborted || this.#map) return;
    const place = this.querySelector('.sheet');
    this.#map = bareMap(place, { ...LIMITS, doubleClickZoom: false });
    this.show(bounds);
    this.#sheet = new Sheet(this.#map, (canvas) => this.#paint(canvas));
    this.#handles = new ZoneHandles(this.#map, (type, detail) => this.#tell(type, detail));
    this.#listen();
    this.ground = this.#ground;
    this.scene = this.#scene;
  }

  set ground(ground) {
    this.#ground = ground;
    if (!this.#map) return;
    this.#tiles?.remove();
    if (ground.tiles) this.#tiles = layTiles(this.#map, ground.tiles, LIMITS);
    this.#sheet.redraw();
  }

  set scene(scene) {
    this.#scene = scene;
    if (!this.#map) return;
    this.#showHandles();
    this.#sheet.redraw();
  }

  /** These bounds, as large as they can be seen whole. */
  show({ west, south, east, north }) {
    if (!this.#map || west > east) return;
    this.#map.fitBounds([[south, west], [north, east]], { ...NO_MOTION, padding: [EDGE, EDGE], maxZoom: LIMITS.maxZoom - 2 });
  }

  /** What is in the middle: where a corner goes that is put down without a pointer. */
  get middle() {
    const { lat, lng } = this.#map.getCenter();
    return rounded([lng, lat]);
  }

  /** The middle goes there, if it is not seen. */
  uncover([lon, lat]) {
    if (this.#map && !this.#map.getBounds().pad(-0.05).contains([lat, lon])) this.#map.panTo([lat, lon], NO_MOTION);
  }

  #showHandles() {
    const { drawing, corner } = this.#scene;
    this.#handles.show(drawing?.held ? drawing : null, corner);
  }

  #listen() {
    keepUp(this.#map, this, (colours) => {
      this.#colours = colours;
      this.#sheet.redraw();
    }, this.#left.signal);
    this.#map.on('click', ({ latlng: { lng, lat } }) => this.#tell('map-click', { point: rounded([lng, lat]) }));
    this.#map.on('moveend zoomend', () => this.#showHandles());
  }

  #paint(canvas) {
    const { zones, drawing, chosen, theirs, line, faults, loose } = this.#scene;
    const letters = parseFloat(getComputedStyle(this).fontSize) * 0.8;
    paint({
      zones, streets: this.#ground.streets, freezes: [], bays: [], me: null, chosen: null, faded: false,
      above: (sheet) => {
        drawBays(this.#ground.bays, loose, sheet);
        drawNames([...zones, ...(drawing ? [drawing] : [])], sheet);
        if (theirs) drawOutline(theirs, sheet);
        if (chosen) drawDrawing({ ...chosen, open: false }, sheet);
        if (drawing) drawDrawing(drawing, sheet);
        if (line) drawLine(line, sheet);
        drawFaults(faults, sheet);
      },
    }, { ...canvas, letters }, this.#colours);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

customElements.define('zone-map', ZoneMap);
