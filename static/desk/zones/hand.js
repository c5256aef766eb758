/** What a pointer and keys do to the corners of the zone that is being drawn. */

import { inserted, moved, removed } from './rings.js';

export class Hand {
  #screen;
  #drawing;

  constructor(screen, drawing) {
    [this.#screen, this.#drawing] = [screen, drawing];
    const on = (type, run) => screen.addEventListener(type, ({ detail }) => run(detail), { signal: screen.left });
    on('rings-change', ({ rings, merge, corner }) => this.#change(rings, merge, corner));
    on('corner-choose', ({ corner }) => this.#choose(corner));
    on('corner-move', ({ corner, point }) => this.#change(moved(this.#rings, corner, point), `drag ${corner.ring} ${corner.at}`, corner));
    on('corner-drop', ({ corner }) => this.#drop(corner));
    on('corner-insert', ({ corner, point }) => this.#change(inserted(this.#rings, corner, point), null, { ...corner, at: corner.at + 1 }));
    screen.addEventListener('keydown', (event) => this.#key(event), { signal: screen.left });
  }

  /** One more corner of an outline that is not closed yet; else no corner is chosen any more. */
  click(point) {
    if (this.#drawing.draft.drawing) return this.#change([[...this.#rings[0], point]], null, null);
    return this.#put(null);
  }

  /** A button that needs no pointer: `close`, `undo-step`, `redo-step` or `remove`. */
  press(step) {
    const { draft, corner } = this.#drawing;
    if (step === 'close') draft.closed();
    if (step === 'undo-step') draft.undo();
    if (step === 'redo-step') draft.redo();
    if (step === 'remove') this.#change(removed(this.#rings, corner), null, null);
  }

  get #rings() {
    return this.#drawing.draft.zone.rings;
  }

  #change(rings, merge, corner) {
    this.#drawing.corner = corner;
    this.#drawing.draft.change({ rings }, merge);
  }

  #choose(corner) {
    const { draft, corner: chosen } = this.#drawing;
    if (draft.drawing && corner.at === 0 && this.#rings[0].length > 2) return draft.closed();
    if (chosen?.ring === corner.ring && chosen.at === corner.at) return null;
    this.#screen.querySelector('zone-map').uncover(this.#rings[corner.ring][corner.at]);
    return this.#put(corner);
  }

  #drop(corner) {
    this.#drawing.draft.settle();
    this.#put(corner);
  }

  #put(corner) {
    this.#drawing.corner = corner;
    this.#screen.show();
  }

  #key(event) {
    if (!this.#drawing.draft || event.target.matches('input, select, textarea')) return;
    const step = this.#stepOf(event);
    if (!step) return;
    this.press(step);
    event.preventDefault();
  }

  #stepOf({ key, ctrlKey, metaKey, shiftKey, defaultPrevented }) {
    const pressed = key.toLowerCase();
    if (pressed === 'delete' && this.#drawing.corner && !defaultPrevented) return 'remove';
    if (!ctrlKey && !metaKey) return null;
    if (pressed === 'y' || (pressed === 'z' && shiftKey)) return 'redo-step';
    return pressed === 'z' ? 'undo-step' : null;
  }
}
