/** The zone that is being drawn: begun, saved, put away; and what happens where somebody else was quicker. */

import { ApiError } from '../../shared/api.js';
import { now, zone as timeZone } from '../../shared/clock.js';
import { when } from '../../shared/words.js';
import { Draft } from './draft.js';
import { faultsOf } from './faults.js';
import * as server from './on-server.js';
import { boxOf } from './rings.js';
import { actorWords, baysWords, sideBySide } from './words.js';

const COLOUR = '#005a5b';

/** It outlives the screen: who looks at another page comes back to it. */
let kept = null;

export class Drawing {
  #screen;
  #town;
  #clash = null;
  #saving = false;
  #listened = new AbortController();
  /** The corner that is chosen, or null. */
  corner = null;

  /** `screen`: the one that is drawn anew with each step; `town`: what the server knows. */
  constructor(screen, town) {
    [this.#screen, this.#town] = [screen, town];
    this.take(kept);
  }

  get draft() {
    return kept;
  }

  /** What stands in the way of saving it, as faults.js says it. */
  get faults() {
    return kept ? faultsOf(kept.zone.rings, this.#town.ground.limits) : [];
  }

  /** How somebody else drew it meanwhile: rings, or null. */
  get theirs() {
    return kept && this.#clash ? this.#clash.theirs.rings : null;
  }

  /** Both versions, as change-clash.js shows them; null where nobody was quicker. */
  get clash() {
    if (!kept || !this.#clash) return null;
    const { theirs, last } = this.#clash;
    return {
      what: 'this zone', who: actorWords(last?.actor, this.#town.people), when: last ? when(last.at, now(), timeZone()) : 'some time',
      rows: sideBySide(kept.zone, theirs),
    };
  }

  /** This is drawn now; null: nothing. */
  take(draft) {
    this.#listened.abort();
    this.#listened = new AbortController();
    kept = draft;
    this.corner = null;
    this.#clash = null;
    draft?.addEventListener('change', () => {
      this.#form.refuse(null);
      this.#screen.show();
    }, { signal: this.#listened.signal });
  }

  drawNew() {
    if (kept?.dirty) return this.saveFirst();
    return this.#begin(new Draft({ name: '', colour: COLOUR, hours: null, rings: [[]] }, { drawing: true }));
  }

  edit({ name, colour, hours, rings, id, version }) {
    this.#begin(new Draft({ name, colour, hours, rings }, { id, version }));
    this.#part('zone-map').show(boxOf(rings));
  }

  copy({ name, colour, hours, rings }) {
    this.#begin(new Draft({ name: `${name} copy`, colour, hours, rings }));
  }

  saveFirst() {
    return this.#screen.attempt(() => { throw new ApiError({ detail: 'Save what you are drawing first, or cancel it.' }); });
  }

  /** The zone as it was saved; null where it was not. */
  async save() {
    const missing = this.#missing;
    if (missing.length) return this.#form.refuse({ message: 'This zone can’t be saved yet:', errors: missing });
    if (this.#saving) return null;
    this.#form.refuse(null);
    this.#saving = true;
    let saved = null;
    const done = await this.#screen.attempt(async () => {
      saved = await server.save(kept).catch((error) => this.#refused(error));
    }, null, (error) => this.#form.refuse(error));
    this.#saving = false;
    if (!done || !saved) return null;
    this.take(null);
    return this.#screen.saved(saved, `${saved.name} is saved, with ${baysWords(saved.bays)}.`);
  }

  cancel() {
    const draft = kept;
    this.take(null);
    this.#screen.show();
    if (draft.dirty) this.#offerBack(draft);
  }

  /** The zones were loaded anew: is this one still as it was begun? */
  async compare() {
    const theirs = kept?.id && this.#town.zone(kept.id);
    if (theirs && !this.#saving && theirs.version !== kept.version) await this.#tellClash(theirs);
  }

  /** `keep`: `theirs` or `mine`. */
  answer(keep) {
    const { theirs } = this.#clash;
    this.#clash = null;
    if (keep === 'theirs') return this.#takeTheirs(theirs);
    kept.rebase(theirs.version);
    return this.save();
  }

  get #form() {
    return this.#part('zone-form');
  }

  #part(name) {
    return this.#screen.querySelector(name);
  }

  #begin(draft) {
    this.#screen.clear();
    this.take(draft);
    this.#form.refuse(null);
    this.#screen.show();
    this.#form.begin();
  }

  get #missing() {
    return [
      !kept.zone.name.trim() && { pointer: '/name', detail: 'Give the zone a name.' },
      kept.drawing && { pointer: '/outline', detail: 'Close the outline first.' },
      ...this.faults.map(({ words }) => ({ pointer: '/outline', detail: words })),
    ].filter(Boolean);
  }

  /** Somebody was quicker, or has deleted it: what was drawn stays. */
  async #refused(error) {
    if (error.type?.endsWith('/stale-zone')) return this.#tellClash(await server.loadZone(kept.id));
    if (error.status !== 404 || !kept.id) throw error;
    Object.assign(kept, { id: null, version: null });
    throw new ApiError({ detail: 'Somebody deleted this zone meanwhile. Save again to draw it as a new one.' });
  }

  async #tellClash(theirs) {
    const [last] = await server.loadStory(theirs.id);
    this.#clash = { theirs, last };
    this.#screen.show();
    return null;
  }

  #takeTheirs(theirs) {
    const draft = kept;
    this.edit(theirs);
    this.#offerBack(draft);
  }

  #offerBack(draft) {
    this.#part('undo-bar').offer('What you drew is put away.', () => {
      this.take(draft);
      this.#screen.show();
    });
  }
}
