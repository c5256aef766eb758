/** The council's streets on the live map: what stays, how each bay stands now, and the work at it. */

import { ApiError, get, getIfNew } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { coalesce } from '../../shared/coalesce.js';
import { elsewhereOf, markOf, shapesOf } from '../../shared/map/scene.js';
import { Changes, named, pieces } from '../changes.js';
import { nameOf } from './filter.js';

const GATHER = 150; // ms; what the feed says together is asked for together
const MANY = 1000; // bays; of more than that all are asked for at once
const REDRAW = 1_000; // ms; an import says so many times that something is drawn anew
const SIZE = { least: 22, most: 34 }; // px of a task's mark, by its priority
const MOST_URGENT = 100;

/** Emits `change`. Follows the feed while somebody looks: `open` it for so long. */
export class Town extends EventTarget {
  #desk;
  #tag = null;
  #news = new Changes();
  #turn = Promise.resolve();
  #marks = new Map();
  #bays = [];
  zones = [];
  streets = [];
  freezes = [];
  tiles = null;
  known = false;
  /** The bays, and places elsewhere while there is work at them; each with `state`, `since` and `task`, its most urgent. */
  bays = [];
  /** Why nothing newer is known: an ApiError, or null. */
  trouble = null;

  constructor(desk) {
    super();
    this.#desk = desk;
  }

  /** Until the signal aborts. */
  open(signal) {
    const { live } = this.#desk;
    const news = coalesce(() => this.#try(() => this.#follow()), GATHER);
    const shapes = coalesce(() => this.#try(() => this.#loadShapes()), REDRAW);
    live.addEventListener('change', ({ detail }) => {
      this.#news.note(detail);
      if (isDrawnAnew(detail)) shapes();
      if (this.#news.bays.size || detail.subject === 'freeze') news();
    }, { signal });
    for (const type of ['hello', 'reload']) live.addEventListener(type, () => this.look(), { signal });
    return this.look();
  }

  /** Ask for everything anew. Never raises. */
  look() {
    return this.#try(() => Promise.all([this.#loadShapes(), this.#loadMarks(), this.#loadFreezes()]));
  }

  /** As time goes by and work changes: a car that was over may be lawful now. */
  renew() {
    const work = workByBay(this.#desk.tasks);
    for (const bay of this.#bays) this.#stand(bay, work.get(bay.id));
    const known = new Set(this.#bays.map(({ id }) => id));
    const elsewhere = [...work].filter(([id]) => !known.has(id)).map(([, task]) => this.#stand({ ...elsewhereOf(task.bay), code: task.code }, task));
    this.bays = [...this.#bays, ...elsewhere];
  }

  #stand(bay, task = null) {
    const mark = this.#marks.get(bay.id);
    if (!task && !bay.task && bay.mark === mark && mark) return bay; // as it stood: most do
    Object.assign(bay, markOf(bay, mark, task, now()), { mark });
    bay.large = task ? sizeOf(task) : null;
    return bay;
  }

  async #loadShapes() {
    const answer = await getIfNew('/map', this.#tag);
    if (!answer) return;
    this.#tag = answer.tag;
    const { zones, streets, bays } = shapesOf(answer.body.features);
    Object.assign(this, { zones, streets, tiles: answer.body.tiles, known: true });
    this.#bays = bays.map((bay) => ({ ...bay, name: nameOf(bay), state: 'unknown', since: null, task: null, large: null })).sort(byPlace);
    this.#changed();
  }

  async #loadMarks() {
    this.#marks = new Map((await get('/map/states')).items.map(({ bay_id: id, ...mark }) => [id, mark]));
    this.#changed();
  }

  async #loadFreezes() {
    this.freezes = (await get('/freezes')).items;
    this.#changed();
  }

  /** Asks how those bays stand that the journal named, and no others. */
  async #follow() {
    const { bays, lists } = this.#news.take();
    if (lists.includes('alerts')) await this.#loadFreezes();
    if (bays.length > MANY) return this.#loadMarks();
    const answers = await Promise.all(pieces(bays).map((ids) => get(`/map/states${named('bays', ids)}`)));
    for (const { bay_id: id, ...mark } of answers.flatMap(({ items }) => items)) this.#marks.set(id, mark);
    return this.#changed();
  }

  /** One after the other, so that an older answer never comes last. */
  async #try(run) {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => {});
    try {
      await done;
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

/** Of what the map is drawn from; `bay.known` tells of its sensor only. */
function isDrawnAnew({ subject, kind }) {
  if (subject === 'bay') return !['bay.known', 'bay.unknown'].includes(kind);
  return ['zone', 'suspension'].includes(subject) || kind === 'authority.streets';
}

const { compare } = new Intl.Collator('en-GB', { numeric: true });

/** By street, the tenth bay after the ninth. */
function byPlace(one, other) {
  return compare(one.street, other.street) || compare(one.reference, other.reference);
}

/** By bay, the most urgent task there. `tasks` come by their priority. */
function workByBay(tasks) {
  const work = new Map();
  for (const task of tasks) if (!work.has(task.bay.id)) work.set(task.bay.id, task);
  return work;
}

function sizeOf({ priority }) {
  const share = Math.min(Math.max(priority / MOST_URGENT, 0), 1);
  return Math.round(SIZE.least + share * (SIZE.most - SIZE.least));
}
