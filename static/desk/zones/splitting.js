/** One zone is to become two: the line across it, and the two names. */

import { Cover } from './cover.js';
import * as server from './on-server.js';
import { boxOf } from './rings.js';
import { TROUBLE, splitBy } from './split.js';
import { baysWords } from './words.js';

export class Splitting {
  #screen;
  #town;
  /** Points of the line; null while nothing is split. */
  line = null;

  constructor(screen, town) {
    [this.#screen, this.#town] = [screen, town];
    const on = (type, run) => screen.addEventListener(type, ({ detail }) => run(detail ?? {}), { signal: screen.left });
    on('split-between', ({ from, to }) => this.#lineTo([from, to].map((at) => screen.zone.rings[0][at])));
    on('split-undo', () => this.#lineTo(this.line.slice(0, -1)));
    on('split-cancel', () => this.#lineTo(null));
    on('split-save', ({ names }) => this.#save(names));
  }

  begin({ name, rings }) {
    this.#screen.querySelector('zone-split').begin(name);
    this.#screen.querySelector('zone-map').show(boxOf(rings));
    this.#lineTo([]);
  }

  click(point) {
    this.#lineTo([...this.line, point]);
  }

  /** As zone-split.js shows it. */
  words({ rings }) {
    const { parts, trouble } = splitBy(rings, this.line);
    const held = parts?.map((part) => new Cover(this.#town.ground.bays, []).of(part).inside.length);
    return { corners: rings[0].length, trouble: trouble ? TROUBLE[trouble] : '', parts: held ? `${baysWords(held[0])} on one side, ${held[1]} on the other.` : '' };
  }

  async #save(names) {
    const { zone } = this.#screen;
    const { parts, trouble } = splitBy(zone.rings, this.line);
    if (trouble) return this.#screen.show();
    const { colour, hours } = zone;
    const bodies = parts.map((rings, at) => ({ name: names[at], colour, hours, rings }));
    const done = await this.#screen.attempt(() => server.split(zone, bodies), `${names[0]} and ${names[1]} are two zones now.`);
    if (done) this.line = null;
    return this.#screen.reload();
  }

  #lineTo(line) {
    this.line = line;
    this.#screen.show();
  }
}
