/** Corners to take hold of on a Leaflet map, and a smaller handle between two of them, which makes a new corner. */

import { halfway, rounded } from './rings.js';

const MOST = 300; // more handles are no help, and slow

/**
 * For a pointer; who has none uses the table of corners, which says and does the same. `tell(type, detail)`: `corner-move`,
 * `corner-drop`, `corner-choose`, `corner-insert`, as zone-map.js has them.
 */
export class ZoneHandles {
  #map;
  #tell;
  #held = null;
  #handles = new Map();

  constructor(map, tell) {
    this.#map = map;
    this.#tell = tell;
  }

  /** `drawing`: { rings, open }, or null for none; `chosen`: a corner. Only what is in sight has handles. */
  show(drawing, chosen) {
    const wanted = new Map(drawing ? this.#wanted(drawing, chosen) : []);
    for (const [key, { marker }] of this.#handles) {
      if (wanted.has(key) || key === this.#held) continue;
      marker.remove();
      this.#handles.delete(key);
    }
    for (const [key, each] of wanted) this.#put(key, each);
  }

  #wanted({ rings, open }, chosen) {
    const seen = this.#map.getBounds().pad(0.1);
    const isSeen = ([lon, lat]) => seen.contains([lat, lon]);
    const corners = rings.flatMap((ring, index) => ring.map((point, at) => [`corner ${index} ${at}`, { corner: { ring: index, at }, point, kind: isOf(chosen, index, at) ? 'corner chosen' : 'corner' }]));
    const between = rings.flatMap((ring, index) => ring.slice(0, open ? -1 : ring.length).map((point, at) => [
      `between ${index} ${at}`, { corner: { ring: index, at }, point: halfway(point, ring[(at + 1) % ring.length]), kind: 'between' },
    ]));
    const inSight = corners.filter(([, { point }]) => isSeen(point));
    if (inSight.length > MOST) return [];
    return [...inSight, ...between.filter(([, { point }]) => isSeen(point))];
  }

  #put(key, { corner, point: [lon, lat], kind }) {
    if (key === this.#held) return; // the hand has it: it is where it is
    const known = this.#handles.get(key);
    if (known?.kind === kind) {
      known.marker.setLatLng([lat, lon]);
    } else {
      known?.marker.remove();
      this.#handles.set(key, { kind, marker: this.#marker(key, corner, [lat, lon], kind) });
    }
  }

  #marker(key, corner, place, kind) {
    const L = globalThis.L;
    const icon = L.divIcon({ className: `zone-handle ${kind}`, iconSize: kind === 'between' ? [18, 18] : [24, 24] });
    const marker = L.marker(place, { icon, draggable: true, keyboard: false, autoPan: true, bubblingMouseEvents: false }).addTo(this.#map);
    marker.getElement().setAttribute('aria-hidden', 'true');
    const where = () => {
      const { lat, lng } = marker.getLatLng();
      return rounded([lng, lat]);
    };
    if (kind === 'between') {
      marker.on('click', () => this.#tell('corner-insert', { corner, point: where() }));
      marker.on('dragend', () => this.#tell('corner-insert', { corner, point: where() }));
      return marker;
    }
    marker.on('click', () => this.#tell('corner-choose', { corner }));
    marker.on('dragstart', () => { this.#held = key; });
    marker.on('drag', () => this.#tell('corner-move', { corner, point: where() }));
    marker.on('dragend', () => {
      this.#held = null;
      this.#tell('corner-drop', { corner });
    });
    return marker;
  }
}

function isOf(chosen, ring, at) {
  return chosen?.ring === ring && chosen.at === at;
}
