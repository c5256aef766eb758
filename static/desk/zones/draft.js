/** A zone while somebody draws it, and each step of it to go back to. Emits `change`. */

const MOST_STEPS = 200;
const SAME = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Draft extends EventTarget {
  #past = [];
  #coming = [];
  #begun;
  #merging = null;

  /**
   * `zone`: { name, colour, hours, rings }; `id` and `version` of the zone that it is drawn over, null for a new one;
   * `drawing`: its outline is not closed yet.
   */
  constructor(zone, { id = null, version = null, drawing = false } = {}) {
    super();
    this.#begun = zone;
    Object.assign(this, { zone, id, version, drawing });
  }

  /** Steps with the same `merge`, one after the other, are one: a corner on its way, a name that is being typed. */
  change(changes, merge = null) {
    const next = { ...this.zone, ...changes };
    if (SAME(next, this.zone)) return;
    if (merge === null || merge !== this.#merging) this.#past.push(this.zone);
    if (this.#past.length > MOST_STEPS) this.#past.shift();
    this.#merging = merge;
    this.#coming = [];
    this.#now(next);
  }

  /** What comes next is a step of its own. */
  settle() {
    this.#merging = null;
  }

  undo() {
    if (this.canUndo) this.#step(this.#past, this.#coming);
  }

  redo() {
    if (this.canRedo) this.#step(this.#coming, this.#past);
  }

  /** Over the zone as it is now; what was drawn stays. */
  rebase(version) {
    this.version = version;
    this.#tell();
  }

  closed() {
    this.drawing = false;
    this.settle();
    this.#tell();
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#coming.length > 0;
  }

  get dirty() {
    return !SAME(this.zone, this.#begun);
  }

  #step(from, to) {
    to.push(this.zone);
    this.#merging = null;
    this.#now(from.pop());
  }

  #now(zone) {
    this.zone = zone;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}
