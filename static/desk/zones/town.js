/** What the server knows of a council's zones, while they are looked at and drawn. */

import { Cover } from './cover.js';
import * as server from './on-server.js';
import { boxOf } from './rings.js';

const NO_LIMITS = { most_corners: Infinity, least_m2: 0 };
const BRITAIN = { west: -8, south: 50, east: 2, north: 59 }; // where nothing is drawn yet

export class Town {
  zones = [];
  people = new Map();
  ground = { bays: [], streets: [], tiles: null, limits: NO_LIMITS };
  /** The bays that lie in no zone. */
  loose = new Set();
  #cover = { of: undefined, held: null };

  /** What changes seldom: bays, streets, people's names. Raises ApiError, as `reload`. */
  async load() {
    [this.ground, this.people] = await Promise.all([server.loadGround(), server.loadPeople()]);
  }

  async reload() {
    this.zones = await server.loadZones();
    this.loose = new Set(new Cover(this.ground.bays, this.zones.map(({ rings }) => rings)).of([]).loose);
    this.#cover = { of: undefined, held: null };
  }

  /** The zone in use of this id, or null. */
  zone(id) {
    return this.zones.find((each) => each.id === id) ?? null;
  }

  /** Which bays a drawing holds (cover.js). What the other zones hold is reckoned once, not with each step of a corner. */
  coverOf({ id, zone }) {
    if (this.#cover.of !== id) {
      const others = this.zones.filter((each) => each.id !== id).map(({ rings }) => rings);
      this.#cover = { of: id, held: new Cover(this.ground.bays, others, this.zone(id)?.rings) };
    }
    return this.#cover.held.of(zone.rings);
  }

  /** Around all zones and bays. */
  get bounds() {
    const box = boxOf([...this.zones.flatMap(({ rings }) => rings), this.ground.bays.map(({ lon, lat }) => [lon, lat])]);
    return box.west > box.east ? BRITAIN : box;
  }
}
