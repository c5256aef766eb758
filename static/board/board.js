/** What the wall screen shows, as the server knows it: asked for again when something changed, and every minute. */

import { ApiError, get, getIfNew } from '../shared/api.js';
import { now, setClock } from '../shared/clock.js';
import { coalesce } from '../shared/coalesce.js';
import { Live } from '../shared/live.js';

const PAUSE = 1_000; // ms; what changes together is asked for once
const EVERY = 60_000; // ms; time goes on where nothing changes
const MAP_EVERY = 600_000; // ms; somebody may have drawn a zone
const OLD = 150_000; // ms; older figures are not of now

/** Emits `change`, and `closed` (detail: an ApiError) when the server no longer lets this screen in. */
export class Board extends EventTarget {
  said = null;
  marks = new Map();
  features = [];
  #tag = null;
  #mapAt = -Infinity;
  #timer = null;
  live = new Live({ poll: () => this.load() });

  constructor() {
    super();
    const again = coalesce(() => this.load().catch(quietly), PAUSE);
    for (const type of ['hello', 'reload', 'change']) this.live.addEventListener(type, again);
    this.live.addEventListener('signed-out', again);
    this.live.addEventListener('state', () => this.#changed());
  }

  start() {
    this.live.start();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.load().catch(quietly), EVERY);
    this.load().catch(quietly);
  }

  /** True while what is shown may pass for what goes on now. */
  get fresh() {
    return this.said !== null && now() - Date.parse(this.said.at) < OLD;
  }

  /** Raises ApiError; what was known before stays. */
  async load() {
    try {
      const [said, states] = await Promise.all([get('/board'), get('/map/states'), this.#loadMap()]);
      setClock({ serverNow: said.at, zone: said.authority.time_zone });
      this.said = said;
      this.marks = new Map(states.items.map(({ bay_id: bay, state, since }) => [bay, { state, since }]));
    } catch (error) {
      if ([401, 403].includes(error.status)) return this.#closed(error);
      throw error;
    } finally {
      this.#changed();
    }
  }

  async #loadMap() {
    if (performance.now() - this.#mapAt < MAP_EVERY) return;
    const found = await getIfNew('/map', this.#tag);
    if (found) [this.features, this.#tag] = [found.body.features, found.tag];
    this.#mapAt = performance.now();
  }

  #closed(error) {
    this.said = null;
    this.dispatchEvent(new CustomEvent('closed', { detail: error }));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** The server can't be reached: the line above says so, and it is asked again. */
function quietly(error) {
  if (!(error instanceof ApiError)) throw error;
}
