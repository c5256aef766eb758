/**
 * What lies around the officer: zones, streets and bays, kept on the phone; what goes on in the bays, while somebody
 * looks; and the places to which nobody is sent.
 */

import { ApiError } from '../shared/api.js';
import { coalesce } from '../shared/coalesce.js';
import { now } from '../shared/clock.js';
import { Answer } from './store/answer.js';

const ON_CHANGE = 2_000; // ms; changes of one moment are asked after once
const NOTHING = { type: 'FeatureCollection', tiles: null, features: [] };
/** How old marks may be, in milliseconds, before they no longer pass for what goes on now. */
export const OLD = 120_000;

/** Emits `change`. */
export class Places extends EventTarget {
  #parts;
  #marks = { said: null, byBay: new Map() };
  /** Why nothing newer is known: an ApiError of the last attempt, or null. */
  trouble = null;

  constructor(kept) {
    super();
    this.#parts = { map: new Answer(kept, 'map'), states: new Answer(kept, 'states'), freezes: new Answer(kept, 'freezes') };
    for (const part of Object.values(this.#parts)) part.addEventListener('change', () => this.#changed());
    this.look = coalesce(() => this.#renew('states', 'freezes'), ON_CHANGE);
  }

  /** What is kept of these zones (their ids), then what the server says of them. Never raises. */
  async load(zones) {
    const { map, states, freezes } = this.#parts;
    // The answer follows the officer's shift by itself: the zones only say that it is another one.
    const of = zones.length ? `?${new URLSearchParams(zones.toSorted().map((id) => ['zones', id]))}` : '';
    await Promise.all([map.open(`/map${of}`), states.open(`/map/states${of}`), freezes.open('/freezes')]);
    if (zones.length) await this.#renew('map');
  }

  /** Ask now what goes on. */
  lookNow() {
    return this.#renew('states', 'freezes');
  }

  /** True once the map of these zones has been heard. */
  get known() {
    return this.#parts.map.said !== null;
  }

  get features() {
    return (this.#parts.map.said ?? NOTHING).features;
  }

  get tiles() {
    return (this.#parts.map.said ?? NOTHING).tiles;
  }

  /** Bay id → { state, since }. */
  get marks() {
    const { said } = this.#parts.states;
    if (said !== this.#marks.said) this.#marks = { said, byBay: marksOf(said) };
    return this.#marks.byBay;
  }

  /** When the marks were so, in milliseconds; null where none were heard. */
  get markedAt() {
    return this.#parts.states.at;
  }

  get marksAreOld() {
    return this.markedAt !== null && now() - this.markedAt > OLD;
  }

  get freezes() {
    return this.#parts.freezes.said?.items ?? [];
  }

  async #renew(...names) {
    const asked = names.map((name) => this.#parts[name]).filter(({ path }) => path);
    try {
      await Promise.all(asked.map((part) => part.renew()));
      this.trouble = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = error;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

function marksOf(said) {
  return new Map((said?.items ?? []).map(({ bay_id: bay, state, since }) => [bay, { state, since }]));
}
