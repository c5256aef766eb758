import { ApiError } from '../../shared/api.js';
import { coalesce } from '../../shared/coalesce.js';
import { html } from '../../shared/html.js';
import '../../shared/undo-bar.js';
import '../parts/change-clash.js';
import '../parts/zone-bar.js';
import '../parts/zone-card.js';
import '../parts/zone-form.js';
import '../parts/zone-import.js';
import '../parts/zone-list.js';
import '../parts/zone-map.js';
import '../parts/zone-split.js';
import { coverWords } from '../zones/cover.js';
import { Drawing } from '../zones/drawing.js';
import { Hand } from '../zones/hand.js';
import * as server from '../zones/on-server.js';
import { areaOf, boxOf, isInside } from '../zones/rings.js';
import { Splitting } from '../zones/splitting.js';
import { Town } from '../zones/town.js';
import { Screen } from './screen.js';

const TICK = 30_000;
const BAYS_GATHER = 3_000; // ms; an import changes many
const RIGHT = ['zone-import', 'zone-form', 'zone-split', 'zone-card', 'p.nothing'];

/** Zones: which there are, which is chosen ("#zones/<its id>"), and what is done with it. */
export class ZonesScreen extends Screen {
  #town = new Town();
  #drawing = null;
  #hand = null;
  #splitting = null;
  #story = [];
  #importing = false;

  draw() {
    this.replaceChildren(html`<h1 class="unseen">Zones</h1><div class="zones-columns">
      <section class="zones-left stack" aria-label="All zones"><p class="row"><button type="button" class="main" value="new">Draw a zone</button></p>
        <zone-list></zone-list>
        <p class="row"><button type="button" value="import">Import</button><a class="button" href="/api/v1/export/zones" download="zones.geojson">Export</a></p></section>
      <section class="zones-middle" aria-label="Map"><zone-map></zone-map><zone-bar></zone-bar></section>
      <section class="zones-right stack" aria-label="The chosen zone"><change-clash hidden></change-clash><zone-form hidden></zone-form><zone-split hidden></zone-split>
        <zone-import hidden></zone-import><zone-card hidden></zone-card><p class="muted nothing">Choose a zone in the list or on the map, or draw one.</p></section></div>
      <undo-bar></undo-bar>`);
    this.#drawing = new Drawing(this, this.#town);
    this.#hand = new Hand(this, this.#drawing);
    this.#splitting = new Splitting(this, this.#town);
    this.#listen();
    this.every(TICK, () => this.show());
    this.attempt(() => this.#open());
  }

  /** The address names another zone, or none. */
  moved() {
    this.#splitting.line = null;
    return this.attempt(() => this.#tellStory());
  }

  /** The chosen zone, as the server has it. */
  get zone() {
    return this.#town.zone(this.place[0]);
  }

  show() {
    const { zone } = this;
    const { draft, clash, corner } = this.#drawing;
    const { line } = this.#splitting;
    this.#showMap(draft, zone, line);
    this.#part('zone-bar').show({ draft, line, corner });
    this.#part('zone-list').show({ zones: this.#town.zones, chosen: (draft ?? zone)?.id ?? null });
    this.#part('change-clash').show(clash);
    const shown = this.#importing ? 'zone-import' : draft ? 'zone-form' : line ? 'zone-split' : zone ? 'zone-card' : 'p.nothing';
    for (const part of RIGHT) this.#part(part).hidden = part !== shown;
    if (shown === 'zone-form') this.#part(shown).show({ draft, faults: this.#drawing.faults, cover: coverWords(this.#town.coverOf(draft)), corner });
    if (shown === 'zone-split') this.#part(shown).show(this.#splitting.words(zone));
    if (shown === 'zone-card') this.#part(shown).show({ zone, shifts: this.desk.shifts, story: this.#story, people: this.#town.people });
  }

  /** Nothing else is begun any more, nor offered back. */
  clear() {
    this.#importing = false;
    this.#splitting.line = null;
    this.#part('undo-bar').clear();
  }

  async saved({ id }, words) {
    await this.attempt(() => this.#reload(), words);
    location.hash = `zones/${id}`;
    return this.show();
  }

  /** What the server has by now. */
  reload() {
    return this.attempt(() => this.#reload());
  }

  #part(name) {
    return this.querySelector(name);
  }

  #showMap(draft, zone, line) {
    const drawn = draft ?? (line && { zone, drawing: false });
    this.#part('zone-map').scene = {
      zones: this.#town.zones.filter(({ id }) => id !== draft?.id),
      drawing: drawn ? { ...drawn.zone, open: drawn.drawing, held: Boolean(draft) } : null,
      chosen: draft || line ? null : zone,
      theirs: this.#drawing.theirs,
      line,
      faults: this.#drawing.faults.flatMap(({ points }) => points),
      loose: draft ? new Set(this.#town.coverOf(draft).loose) : this.#town.loose,
      corner: this.#drawing.corner,
    };
  }

  // What the server has

  async #open() {
    await this.#groundAnew();
    const map = this.#part('zone-map');
    const bounds = this.zone ? boxOf(this.zone.rings) : this.#town.bounds;
    await map.open(bounds).catch(() => { throw new ApiError({ detail: 'The map can’t be loaded. Corners can be given by hand.' }); });
  }

  async #groundAnew() {
    await this.#town.load();
    await this.#reload();
    this.#part('zone-map').ground = this.#town.ground;
  }

  async #reload() {
    await this.#town.reload();
    await this.#tellStory();
    await this.#drawing.compare();
  }

  async #tellStory() {
    const { zone } = this;
    this.#story = zone ? await server.loadStory(zone.id) : [];
    this.show();
  }

  // What is done

  #listen() {
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail ?? {}), { signal: this.left });
    on('zone-choose', ({ id }) => this.#choose(id));
    on('zone-step', ({ step }) => this.#step(step));
    on('zone-officer', ({ shift, here }) => this.#officer(shift, here));
    on('zone-change', ({ changes, merge }) => this.#drawing.draft.change(changes, merge));
    on('zone-save', () => this.#drawing.save());
    on('zone-cancel', () => this.#drawing.cancel());
    on('clash-answer', ({ keep }) => this.#drawing.answer(keep));
    on('map-click', ({ point }) => this.#clicked(point));
    on('import-done', () => { this.#importing = false; this.reload(); });
    on('import-cancel', () => { this.#importing = false; this.show(); });
    this.addEventListener('click', ({ target }) => this.#press(target.closest('button')?.value), { signal: this.left });
    this.onJournal(['zone', 'event-day'], coalesce(() => this.reload()));
    this.onJournal(['bay'], coalesce(() => this.attempt(() => this.#groundAnew()), BAYS_GATHER));
    this.desk.addEventListener('signed-out', () => this.#drawing.take(null), { signal: this.left });
    addEventListener('beforeunload', (event) => this.#drawing.draft?.dirty && event.preventDefault(), { signal: this.left });
  }

  #choose(id) {
    const { draft } = this.#drawing;
    this.#importing = false;
    this.#splitting.line = null;
    if (draft?.dirty) return this.#drawing.saveFirst();
    if (draft) this.#drawing.take(null);
    location.hash = `zones/${id}`;
    const zone = this.#town.zone(id);
    if (zone) this.#part('zone-map').uncover(middleOf(boxOf(zone.rings)));
    return this.show();
  }

  #step(step) {
    const { zone } = this;
    if (step === 'edit') this.#drawing.edit(zone);
    if (step === 'copy') this.#drawing.copy(zone);
    if (step === 'split') this.#splitting.begin(zone);
    if (step === 'retire') this.#retire(zone);
  }

  async #retire({ id, name }) {
    const gone = await this.attempt(() => server.retire(id));
    if (!gone) return;
    location.hash = 'zones';
    await this.reload();
    this.#part('undo-bar').offer(`${name} is deleted.`, () => this.attempt(async () => {
      await server.restore(id);
      location.hash = `zones/${id}`;
      await this.#reload();
    }, `${name} is back, as it was.`));
  }

  #officer(id, here) {
    const { zone } = this;
    const shift = this.desk.shifts.find((each) => each.id === id);
    const others = shift.zones.map((each) => each.id).filter((each) => each !== zone.id);
    return this.attempt(() => this.desk.assignZones(shift, here ? [...others, zone.id] : others), here ? `${shift.officer.name} patrols ${zone.name}.` : `${shift.officer.name} patrols ${zone.name} no more.`);
  }

  #clicked(point) {
    if (this.#drawing.draft) return this.#hand.click(point);
    if (this.#splitting.line) return this.#splitting.click(point);
    const here = this.#town.zones.filter(({ rings }) => isInside(rings, point)).sort((one, other) => areaOf(one.rings) - areaOf(other.rings));
    return here.length ? this.#choose(here[0].id) : null;
  }

  #press(value) {
    if (value === 'new') this.#drawing.drawNew();
    if (value === 'import') this.#openImport();
    if (value === 'middle') this.#clicked(this.#part('zone-map').middle);
    if (this.#drawing.draft) this.#hand.press(value);
  }

  #openImport() {
    this.#importing = true;
    this.show();
    this.#part('zone-import').begin((...all) => this.attempt(...all));
  }
}

function middleOf({ west, south, east, north }) {
  return [(west + east) / 2, (south + north) / 2];
}

customElements.define('zones-screen', ZonesScreen);
export default ZonesScreen;
