/** What an officer does, as steps for the outbox. Each is done when it is kept on the phone, not when it arrives. */

import { newId } from '../shared/api.js';
import { now } from '../shared/clock.js';
import { PHOTO } from './store/outbox.js';

export const UNDO_FOR = 8_000;

export class Work {
  #outbox;
  #place;

  /** `place()` is where the phone is: { lon, lat, accuracy_m }, or nothing. */
  constructor({ outbox, place }) {
    this.#outbox = outbox;
    this.#place = place;
  }

  accept = (task) => this.#onTask(task, 'accept', 'accept');
  decline = (task, reason) => this.#onTask(task, 'decline', 'decline', { reason }, { undoFor: UNDO_FOR });
  arrive = (task) => this.#onTask(task, 'arrive', 'arrive');
  prepare = (task) => this.#onTask(task, 'preparation', 'preparation');
  lookAgain = (task) => this.#onTask(task, 'look-again', 'look-again');

  /** `photos`: [{ sha256, size, taken_at, lon, lat, accuracy_m }], their bytes kept already by `Photos`. */
  async sighting(task, seen, photos = []) {
    const named = photos.map(({ sha256, taken_at }) => ({ sha256, taken_at }));
    const id = newId();
    await this.#onTask(task, 'sighting', 'sightings', { id, ...seen, ...this.#place(), photos: named });
    for (const { sha256, size } of photos) {
      await this.#outbox.add({ task: task.id, kind: PHOTO, about: { ...about(task), sighting: id, sha256, size } });
    }
    return id;
  }

  addendum(task, sighting, text) {
    const path = `/tasks/${task.id}/sightings/${sighting}/addenda`;
    return this.#add({ task: task.id, kind: 'addendum', path, body: { text }, about: about(task) });
  }

  /** An outcome that can be taken back for a moment where nothing else follows from it. */
  outcome(task, { outcome, details = {} }, options) {
    return this.#onTask(task, 'outcome', 'outcome', { outcome, details, ...this.#place() }, options);
  }

  startShift = (shift) => this.#onShift(shift, 'shift-start', 'start');
  setState = (shift, state, minutes = null) => this.#onShift(shift, 'shift-state', 'state', { state, ...(minutes && { minutes }) });
  endShift = (shift) => this.#onShift(shift, 'shift-end', 'end', {}, { undoFor: UNDO_FOR });
  checkIn = (shift) => this.#onShift(shift, 'check-in', 'check-in');

  #onTask(task, kind, step, said = {}, options = {}) {
    const body = { version: task.version, ...said };
    return this.#add({ task: task.id, kind, path: `/tasks/${task.id}/${step}`, body, about: about(task) }, options);
  }

  #onShift(shift, kind, step, said = {}, options = {}) {
    return this.#add({ kind, path: `/shifts/${shift.id}/${step}`, body: said, about: { shift: shift.id } }, options);
  }

  async #add(step, options) {
    const body = { recorded_at: new Date(now()).toISOString(), ...step.body };
    const id = await this.#outbox.add({ ...step, body }, options);
    this.#outbox.drain();
    return id;
  }
}

/** Enough of the task to say later what the step was about. */
function about({ bay: { street, reference, spot } }) {
  return { street, reference, spot: Boolean(spot) };
}
