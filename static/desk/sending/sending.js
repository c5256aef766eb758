/** Officers are sent: dragged from the list or from their place on the map, or by a menu; to a task, or to a zone. */

import { ApiError } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { boxOf, toWorld } from '../../shared/map/world.js';
import '../../shared/undo-bar.js';
import { placeWords } from '../../shared/task-words.js';
import { list } from '../../shared/words.js';
import { isWithin } from '../map/filter.js';
import '../parts/send-menu.js';
import { Drag } from './drag.js';
import { drawTargets } from './marks.js';
import { whyNotTask, whyNotZone } from './rules.js';

const POINTED = 14; // px from an officer's place on the map; beside it a mouse moves the map
const HANDLES = 'officer-row button[value=send], officer-row button[value=officer]';

export class Sending {
  #screen;
  #shift = null; // who is carried
  #under = null;
  #undo = document.createElement('undo-bar');
  #menu = document.createElement('send-menu');
  #zones = document.createElement('div');

  /** `screen`: a live screen, which is drawn; it is drawn anew as what the hand is over changes. */
  constructor(screen) {
    this.#screen = screen;
    this.#zones.className = 'zone-targets';
    this.#zones.setAttribute('aria-hidden', 'true');
    this.#zones.hidden = true;
    screen.append(this.#zones, this.#menu, this.#undo);
    screen.addEventListener('send', ({ detail: { shift, task, zone } }) => this.#put(this.#shiftOf(shift), this.#target({ task, zone })));
    screen.addEventListener('officer-send', ({ detail: { id } }) => this.#open(id));
    new Drag(screen, {
      signal: screen.left, take: (event) => this.#take(event), begun: (id) => this.#begin(id),
      over: (id, x, y) => this.#over(x, y), dropped: () => this.#drop(), ended: () => this.#end(),
    });
  }

  /** A task is given to the officer of a shift; it can be taken back. True when it was done. */
  async give(task, shift) {
    const { desk } = this.#screen;
    const done = await this.#screen.attempt(() => desk.give(task.id, shift.id));
    if (done) this.#undo.offer(`${shift.officer.name} is asked to go to ${placeWords(task)}.`, () => this.#screen.attempt(() => desk.takeBack(task.id, shift.id), 'It is taken back.'));
    return done;
  }

  /** `sheet` as a scene's `above` gets it. */
  draw(sheet) {
    if (!this.#shift) return;
    const { zones, tasks } = this.#sight;
    drawTargets({
      places: tasks.filter((task) => !whyNotTask(this.#shift, task, this.#screen.desk.tasks)).map(({ bay }) => bay),
      zones: zones.filter((zone) => !whyNotZone(this.#shift, zone)),
      under: this.#under && { zone: this.#under.zone, place: this.#under.task?.bay },
    }, sheet);
  }

  get #map() {
    return this.#screen.querySelector('town-map');
  }

  /** What is seen now of what somebody could be sent to. */
  get #sight() {
    return this.#screen.sight;
  }

  #shiftOf(id) {
    return this.#screen.desk.shifts.find((shift) => shift.id === id) ?? null;
  }

  #target({ task, zone }) {
    const { desk } = this.#screen;
    return { task: task && desk.tasks.find(({ id }) => id === task), zone: zone && desk.zones.find(({ id }) => id === zone) };
  }

  #open(id) {
    const { tasks, zones } = this.#screen.desk;
    this.#menu.open({ shift: this.#shiftOf(id), tasks, zones });
  }

  // By hand

  #take({ target, clientX: x, clientY: y, pointerType }) {
    const handle = target.closest(HANDLES);
    if (handle) return handle.closest('officer-row').shift?.id;
    if (!target.closest('town-map')) return null;
    const { officer } = this.#map.under(x, y, pointerType === 'mouse' ? POINTED : undefined);
    if (officer) this.#map.held = true;
    return officer?.id;
  }

  #begin(id) {
    this.#shift = this.#shiftOf(id);
    const zones = this.#map.offsetParent ? [] : this.#sight.zones;
    this.#zones.hidden = zones.length === 0;
    this.#zones.replaceChildren(html`${zones.map(({ id: zone, name }) => html`<span class="chip" data-zone="${zone}">${name}</span>`)}`);
  }

  /** The words at the hand: what letting go would do, or why it can't be done. */
  #over(x, y) {
    const under = this.#at(x, y);
    const [task, zone] = [this.#under?.task, this.#under?.zone];
    this.#under = under;
    this.#mark(under?.element);
    if (under?.task !== task || under?.zone !== zone) this.#screen.show();
    const { officer } = this.#shift;
    if (!under) return officer.name;
    return this.#whyNot(this.#shift, under) ?? (under.task ? `${officer.name} → ${placeWords(under.task)}` : `${officer.name} → only ${under.zone.name}`);
  }

  /** What the words at the hand said is done, even if an alarm has moved the page under it since. */
  #drop() {
    if (!this.#under) return;
    const { task, zone } = this.#under;
    this.#put(this.#shift, this.#target({ task: task?.id, zone: zone?.id }));
  }

  #end() {
    this.#map.held = false;
    this.#zones.hidden = true;
    this.#mark(null);
    [this.#shift, this.#under] = [null, null];
    this.#screen.show();
  }

  #mark(element) {
    const marked = this.#screen.querySelector('.under');
    if (marked === element) return;
    marked?.classList.remove('under');
    element?.classList.add('under');
  }

  /** { task } or { zone } there, and the element that stands for it; null where there is neither. */
  #at(x, y) {
    const element = document.elementFromPoint(x, y);
    if (element?.closest('town-map')) return this.#onMap(x, y);
    const [row, chip] = [element?.closest('task-table tr[data-key]'), element?.closest('[data-zone]')];
    if (row) return { ...this.#target({ task: row.dataset.key }), element: row };
    return chip ? { ...this.#target({ zone: chip.dataset.zone }), element: chip } : null;
  }

  #onMap(x, y) {
    const { bay, at } = this.#map.under(x, y);
    if (!at) return null;
    const task = bay?.task && this.#sight.tasks.find(({ id }) => id === bay.task.id);
    if (task) return { task };
    const here = this.#sight.zones.filter(({ paths }) => isWithin(paths, toWorld(...at)));
    const [zone] = here.sort((one, other) => sizeOf(one) - sizeOf(other));
    return zone ? { zone } : null;
  }

  // What is done

  #whyNot(shift, { task, zone }) {
    return task ? whyNotTask(shift, task, this.#screen.desk.tasks) : whyNotZone(shift, zone);
  }

  #put(shift, { task, zone }) {
    if (!shift || !(task ?? zone)) return this.#refuse('That is over by now.');
    const why = this.#whyNot(shift, { task, zone });
    if (why) return this.#refuse(why);
    return task ? this.give(task, shift) : this.#move(shift, zone);
  }

  #refuse(detail) {
    return this.#screen.attempt(() => { throw new ApiError({ detail }); });
  }

  async #move(shift, zone) {
    const { desk } = this.#screen;
    const before = shift.zones;
    const done = await this.#screen.attempt(() => desk.assignZones(shift, [zone.id]));
    if (!done) return;
    const words = before.length ? `${shift.officer.name} patrols ${zone.name} now, and ${list(before.filter(({ id }) => id !== zone.id).map(({ name }) => name))} no more.` : `${shift.officer.name} patrols ${zone.name} now.`;
    this.#undo.offer(words, () => this.#screen.attempt(
      () => desk.assignZones({ ...shift, zones: [zone] }, before.map(({ id }) => id)), `${shift.officer.name} patrols as before.`));
  }
}

/** Of the box around it, in shares of the world. */
function sizeOf({ paths }) {
  const [west, north, east, south] = boxOf(paths);
  return (east - west) * (south - north);
}
