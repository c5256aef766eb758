import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { boundsOf } from '../../shared/map/scene.js';
import '../../shared/map/town-map.js';
import { write } from '../../shared/write.js';
import { EVERYTHING, isWithin, seen } from '../map/filter.js';
import { above, officersOn, routesOf } from '../map/scene.js';
import { Town } from '../map/town.js';
import '../parts/bay-story.js';
import '../parts/bay-table.js';
import '../parts/ended-table.js';
import '../parts/list-switch.js';
import '../parts/live-filters.js';
import '../parts/officer-list.js';
import '../parts/officer-row.js';
import { actOnTasks } from '../parts/task-acts.js';
import '../parts/task-story.js';
import '../parts/task-table.js';
import { Sending } from '../sending/sending.js';
import { Screen } from './screen.js';

const TICK = 5_000;
const LOOK_AGAIN = 300_000; // ms; suspensions begin and end without a word in the journal
const AT_ONCE = 100; // rows of a list; so many more at each press
const LISTS = { tasks: 'tasks', shifts: 'officers', bays: 'bays' };

/**
 * What goes on now: map or list of the same, and the story of what is selected, which the address names: "#live/<id>" is a
 * task, "#live/bay/<id>" a bay, "#live/officer/<id>" the shift of an officer.
 */
export class LiveScreen extends Screen {
  #town = null;
  #wanted = EVERYTHING;
  #most = { tasks: AT_ONCE, shifts: AT_ONCE, bays: AT_ONCE };
  #opened = false;
  #sending = null;
  #seen = { tasks: [] };
  #picked = false; // on the map: it is seen there already

  draw() {
    this.#town = this.desk.town ??= new Town(this.desk);
    this.replaceChildren(html`
      <section id="shown" class="stack" aria-labelledby="live-title"><h1 id="live-title">Live</h1><live-filters></live-filters></section>
      <section id="all" class="stack" aria-label="What goes on"><list-switch></list-switch>
        <p data-trouble class="notice soon" role="status" hidden></p>
        <div id="on-map"><town-map aria-label="Map: move it with the arrow keys, closer and away with plus and minus. The list has the same."></town-map><div class="on-map-buttons">
          <button type="button" data-zoom="1" aria-label="Closer">+</button><button type="button" data-zoom="-1" aria-label="Further away">−</button>
          <button type="button" data-zoom="all">All</button></div></div>
        <div id="as-list" class="stack" hidden>
          <h2>Tasks</h2><task-table></task-table>${more('tasks')}
          <h2>Officers</h2><officer-list></officer-list>${more('shifts')}
          <h2>Just ended</h2><ended-table></ended-table>
          <h2>Bays</h2><bay-table></bay-table>${more('bays')}</div></section>
      <section id="chosen" class="stack" aria-labelledby="chosen-title">
        <div class="row spread"><h2 id="chosen-title">Selected</h2><a class="button" href="#live" hidden>Close</a></div>
        <task-story></task-story><bay-story hidden></bay-story><officer-row class="card" hidden></officer-row></section>`);
    this.#sending = new Sending(this);
    this.#listen();
    this.#town.open(this.left);
    this.moved();
  }

  /** What can be seen of what somebody could be sent to: { tasks, zones }. */
  get sight() {
    return { tasks: this.#seen.tasks, zones: this.#town.zones };
  }

  /** The address names something else, or nothing. */
  async moved() {
    const { kind, id } = this.selected;
    await this.attempt(() => this.desk.choose(kind === 'task' ? id : null));
    if (!this.#picked) this.#reveal();
    this.#picked = false;
  }

  /** { kind, id }: a task, a bay, or an officer by their shift; the id is null where nothing is. */
  get selected() {
    const [first = null, second = null] = this.place;
    return second ? { kind: first, id: second } : { kind: 'task', id: first };
  }

  show() {
    this.#town.renew();
    const { desk } = this;
    const found = seen({ bays: this.#town.bays, tasks: desk.tasks, ended: desk.ended, shifts: desk.shifts, zones: this.#town.zones }, this.#wanted);
    this.#seen = found;
    const asList = this.querySelector('list-switch').value === 'list';
    this.querySelector('#on-map').hidden = asList;
    this.querySelector('#as-list').hidden = !asList;
    if (asList) this.#showList(found);
    else this.#showMap(found);
    this.#showFilters(found);
    this.#showTrouble();
    this.#showStory();
  }

  #listen() {
    const { desk } = this;
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail));
    on('task-select', ({ id }) => { location.hash = `live/${id}`; });
    on('bay-select', ({ id }) => { location.hash = `live/bay/${id}`; });
    on('officer-select', ({ id }) => { location.hash = `live/officer/${id}`; });
    on('filter', (wanted) => { this.#wanted = wanted; this.show(); });
    on('shift-zones', ({ shift, zones }) => this.attempt(() => desk.assignZones(shift, zones), 'Zones saved.'));
    on('task-give', ({ id, shift }) => this.#give(id, shift));
    actOnTasks(this);
    this.#town.addEventListener('change', () => this.show(), { signal: this.left });
    this.querySelector('list-switch').addEventListener('change', () => this.#switched());
    this.querySelector('town-map').addEventListener('pick', ({ detail }) => this.#pick(detail));
    this.addEventListener('click', ({ target }) => this.#press(target.closest('button')?.dataset ?? {}));
    this.every(TICK, () => this.#tick());
    this.every(LOOK_AGAIN, () => this.#town.look());
  }

  #give(id, shift) {
    const { tasks, shifts } = this.desk;
    return this.#sending.give(tasks.find((task) => task.id === id), shifts.find((each) => each.id === shift));
  }

  async #tick() {
    await this.desk.loadPositions().catch(() => null); // the line above says when the server can't be reached
    this.show();
    for (const part of this.querySelectorAll('officer-list, task-story, bay-story')) part.tick();
  }

  #press({ zoom, more: list }) {
    const map = this.querySelector('town-map');
    if (zoom === 'all') map.show(this.#everything());
    else if (zoom) map.zoom(Number(zoom));
    if (!list) return;
    this.#most[list] += AT_ONCE;
    this.show();
  }

  #switched() {
    this.show();
    if (this.querySelector('list-switch').value === 'map') this.#reveal();
  }

  /** A bay with work at it stands for its most urgent task. */
  #pick({ bay, officer }) {
    const before = location.hash;
    if (officer) location.hash = `live/officer/${officer.id}`;
    else if (bay?.task) location.hash = `live/${bay.task.id}`;
    else location.hash = bay ? `live/bay/${bay.id}` : 'live';
    this.#picked = location.hash !== before;
  }

  #showMap({ bays, tasks, shifts }) {
    const { zones, streets, freezes, tiles, known } = this.#town;
    const map = this.querySelector('town-map');
    const [officers, { bay, officer }] = [officersOn(shifts), this.#places()];
    map.scene = {
      zones, streets, freezes, bays, officers, me: null, chosen: bay?.id ?? null, faded: this.desk.live.state !== 'live', now: now(),
      above: (sheet) => {
        above({ routes: routesOf(tasks, officers), officers, chosen: officer?.id ?? null, now: now() })(sheet);
        this.#sending.draw(sheet);
      },
    };
    if (known && !this.#opened) this.#openMap(map, tiles);
  }

  async #openMap(map, tiles) {
    this.#opened = true;
    map.tiles = tiles;
    const view = this.#everything();
    try {
      if (view) await map.open(view);
      this.#reveal();
    } catch {
      this.#opened = false;
      write(this.querySelector('[data-trouble]'), 'The map can’t be drawn just now. The list has the same places.');
    }
  }

  #everything() {
    const bounds = boundsOf(this.#town.zones.flatMap(({ rings }) => rings.flat()));
    return bounds && { bounds };
  }

  /** What is selected stands on the map, where it has a place. */
  #places() {
    const { kind, id } = this.selected;
    const { chosen } = this.desk;
    if (kind === 'officer') return { officer: officersOn(this.desk.shifts).find((officer) => officer.id === id) };
    if (kind === 'bay') return { bay: this.#town.bays.find((bay) => bay.id === id) };
    return { bay: chosen?.bay };
  }

  #reveal() {
    const { bay, officer } = this.#places();
    const place = bay ?? officer;
    if (place) this.querySelector('town-map').reveal(place);
  }

  #showList({ bays, tasks, ended, shifts }) {
    const { kind, id } = this.selected;
    const { zones, outcomes } = this.desk;
    const some = (list, items) => {
      this.querySelector(`[data-more=${list}]`).hidden = items.length <= this.#most[list];
      return items.slice(0, this.#most[list]);
    };
    this.querySelector('task-table').show({ tasks: some('tasks', tasks), chosen: kind === 'task' ? id : null });
    this.querySelector('officer-list').show({ shifts: some('shifts', shifts), tasks: this.desk.tasks, zones, unreached: this.desk.watch?.unreached });
    this.querySelector('ended-table').show({ tasks: ended, outcomes, chosen: id });
    this.querySelector('bay-table').show({ bays: some('bays', bays), chosen: kind === 'bay' ? id : null });
  }

  #showFilters({ bays, tasks, shifts }) {
    const codes = new Set([...this.#town.bays.map(({ code }) => code), ...this.desk.tasks.map(({ code }) => code)].filter(Boolean));
    const on = shifts.filter(({ started_at: started }) => started).length;
    const words = `${counted(bays.length, 'bay')}, ${counted(tasks.length, 'task')}, ${counted(on, 'officer')} on shift`;
    const { zones, officers } = this.desk;
    this.querySelector('live-filters').show({ zones, officers, codes: [...codes].sort(), words });
  }

  #showTrouble() {
    const { trouble, known } = this.#town;
    const line = this.querySelector('[data-trouble]');
    const words = trouble && (known ? 'How the bays stand could not be asked for. What you see is older.' : trouble.message);
    line.hidden = !words;
    if (words) write(line, words);
  }

  #showStory() {
    const { kind, id } = this.selected;
    const { shifts, tasks, zones, outcomes, story, looks, chosen } = this.desk;
    const shift = kind === 'officer' ? shifts.find((each) => each.id === id) : null;
    const bay = kind === 'bay' ? (this.#town.bays.find((each) => each.id === id) ?? null) : null;
    this.querySelector('#chosen a').hidden = id === null;
    this.querySelector('task-story').hidden = Boolean(bay ?? shift);
    this.querySelector('task-story').show({ task: chosen, entries: story, looks, shifts, names: this.desk.names(), outcomes });
    this.querySelector('bay-story').show({
      bay, tasks: tasks.filter((task) => task.bay.id === bay?.id), zones: bay ? this.#town.zones.filter(({ paths }) => isWithin(paths, bay)).map(({ name }) => name) : [],
    });
    const row = this.querySelector('#chosen > officer-row');
    row.hidden = !shift;
    if (shift) row.show({ shift, task: tasks.find(({ assignment }) => assignment?.shift_id === id) ?? null, zones });
  }
}

function more(list) {
  return html`<button type="button" data-more="${list}" hidden>Show ${String(AT_ONCE)} more ${LISTS[list]}</button>`;
}

function counted(number, name) {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

customElements.define('live-screen', LiveScreen);
export default LiveScreen;
