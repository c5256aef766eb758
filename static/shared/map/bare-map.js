/** What a drawn map stands on: Leaflet, bare of its own buttons and movements, and tiles to lie under it. */

import { escape } from '../html.js';
import { colours, whenColoursChange } from './colours.js';

const TILES_TO = 19;
export const NO_MOTION = { animate: false };

/** A Leaflet map in `place`, once leaflet() is there. */
export function bareMap(place, options) {
  const map = globalThis.L.map(place, { ...options, zoomControl: false, zoomAnimation: false, fadeAnimation: false, zoomSnap: 0.5 });
  map.attributionControl.setPrefix(false);
  return map;
}

/** Raster tiles of { url, credit }, put under it. */
export function layTiles(map, { url, credit }, limits) {
  const attribution = escape(credit ?? ''); // Leaflet takes markup
  return globalThis.L.tileLayer(url, { ...limits, maxNativeZoom: TILES_TO, attribution }).addTo(map);
}

/** Tells `recolour` the page's colours, now and whenever they change, and fits the map to its element, until `signal` is aborted. */
export function keepUp(map, element, recolour, signal) {
  recolour(colours());
  whenColoursChange(() => recolour(colours()), signal);
  const resized = new ResizeObserver(() => map.invalidateSize(NO_MOTION));
  resized.observe(element);
  signal.addEventListener('abort', () => resized.disconnect());
}

export function takeAway(map) {
  map?.off(); // a resize of the last moment is told 200 ms later, when there is no map any more
  map?.remove();
}
