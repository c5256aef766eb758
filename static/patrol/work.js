/** What an officer does, as steps for the outbox. Each is done when it is kept on the phone, not when it arrives. */

import { isSure, now } from '../shared/clock.js';
import { UNDO_FOR } from '../shared/undo.js';
import { asIncident } from './endings.js';
import { PHOTO } from './store/order.js';

export class Work {
  #outbox;
  #place;
  #send;

  /** `place()` is where the phone is: { lon, lat, accuracy_m }, or nothing. `send()` sends what is kept. */
  constructor({ outbox, place, send }) {
    this.#outbox = outbox;
    this.#place = place;
    this.#send = send;
  }

  accept = (task) => this.#onTask(task, 'accept', 'accept');
  decline = (task, reason) => this.#onTask(task, 'decline', 'decline', { reason }, { undoFor: UNDO_FOR });
  arrive = (task) => this.#onTask(task, 'arrive', 'arrive');
  prepare = (task) => this.#onTask(task, 'preparation', 'preparation');
  lookAgain = (task) => this.#onTask(task, 'look-again', 'look-again', {}, { undoFor: UNDO_FOR });

  /**
   * `seen.id` is that of the look. `photos`: [{ sha256, size, taken_at, lon, lat, accuracy_m, chosen }], their bytes kept
   * already. It can be taken back for a moment.
   */
  async sighting(task, seen, photos = []) {
    await this.#outbox.addAll(this.#lookSteps(task, seen, photos), { undoFor: UNDO_FOR });
    this.#send();
  }

  /** The officer misread what they recorded: it stays on record. */
  misread(task, sighting) {
    const path = `/tasks/${task.id}/sightings/${sighting}/misread`;
    return this.#add({ task: task.id, kind: 'misread', path, about: { ...about(task), sighting } }, { undoFor: UNDO_FOR });
  }

  #lookSteps(task, seen, photos) {
    const told = photos.map(({ size, ...photo }) => photo);
    const look = asDone(atTask(task, 'sighting', 'sightings', { ...seen, ...this.#place(), photos: told }));
    const steps = photos.map(({ sha256, size }) => ({
      task: task.id, kind: PHOTO, about: { ...about(task), sighting: seen.id, sha256, size },
    }));
    return [look, ...steps];
  }

  /** A car that no sensor saw: `task` as `raised` makes it, its place a bay, or a point and words. */
  found(task) {
    const { id, bay, code, suffix } = task;
    const where = bay.spot
      ? { place: { street: bay.street, where: bay.reference, lon: bay.lon, lat: bay.lat } }
      : { bay_id: bay.id };
    const body = { id, code, suffix, ...where, ...this.#place() };
    return this.#add({ task: id, kind: 'found', path: '/found', body, about: { ...about(task), task } });
  }

  addendum(task, sighting, text) {
    const path = `/tasks/${task.id}/sightings/${sighting}/addenda`;
    return this.#add({ task: task.id, kind: 'addendum', path, body: { text }, about: about(task) });
  }

  /**
   * An outcome that can be taken back for a moment where nothing else follows from it. A `look` { seen, photos } that
   * was not recorded yet goes before it. Answers the outcome's id.
   */
  async outcome(task, { outcome, details = {}, otherwise = null }, { look = null, ...options } = {}) {
    const end = { ...asDone(atTask(task, 'outcome', 'outcome', { outcome, details, ...this.#place() })), otherwise };
    const before = look ? this.#lookSteps(task, look.seen, look.photos) : [];
    const ids = await this.#outbox.addAll([...before, end], options);
    this.#send();
    return ids.at(-1);
  }

  /**
   * The notice is on the car, and the phone finds its evidence incomplete. Where the server does too, it is kept for the
   * supervisor with its number, and the visit ends as an incident, which they are told of.
   */
  papered(task, details, options) {
    return this.outcome(task, { outcome: 'notice_served', details, otherwise: asIncident(details) }, options);
  }

  startShift = (shift) => this.#onShift(shift, 'shift-start', 'start');
  setState = (shift, state, minutes = null) => this.#onShift(shift, 'shift-state', 'state', { state, ...(minutes && { minutes }) });
  endShift = (shift) => this.#onShift(shift, 'shift-end', 'end', {}, { undoFor: UNDO_FOR });
  /** `equipment`: [{ item, ok, note }]; `sha256` is of the briefing that was read. */
  briefed = (shift, { sha256, equipment }) => this.#onShift(shift, 'briefing', 'briefing', { sha256, equipment });
  /** `sha256` is of the log that the officer saw, `name` as they typed it. */
  signLog = (shift, { sha256, name }) => this.#onShift(shift, 'log-sign', 'log/sign', { sha256, name });

  readMessage = (message) => this.#add({ kind: 'message-read', path: `/messages/${message}/read`, body: {}, about: { message } });

  #onTask(task, kind, step, said = {}, options = {}) {
    return this.#add(atTask(task, kind, step, said), options);
  }

  #onShift(shift, kind, step, said = {}, options = {}) {
    return this.#add({ kind, path: `/shifts/${shift.id}/${step}`, body: said, about: { shift: shift.id } }, options);
  }

  async #add(step, options) {
    const id = await this.#outbox.add(asDone(step), options);
    this.#send();
    return id;
  }
}

function atTask(task, kind, step, said) {
  return { task: task.id, kind, path: `/tasks/${task.id}/${step}`, body: { version: task.version, ...said }, about: about(task) };
}

/** Done now, as far as the phone knows the time; unless it says itself when. */
function asDone(step) {
  return { ...step, body: { recorded_at: new Date(now()).toISOString(), ...step.body }, unsure: !isSure() };
}

/** Enough of the task to say later what the step was about. */
function about({ bay: { street, reference, spot } }) {
  return { street, reference, spot: Boolean(spot) };
}
