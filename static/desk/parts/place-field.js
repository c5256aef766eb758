import { get } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { firstView, shapesOf } from '../../shared/map/scene.js';
import './bay-search.js';

let fields = 0;

/**
 * Where somebody is sent: a bay, or a place that is none, pointed at on a map or by its figures. `value` is as
 * POST /patrols takes it, or null where it is not said yet.
 */
export class PlaceField extends HTMLElement {
  #name = `place-${(fields += 1)}`;
  #map = null;

  connectedCallback() {
    if (this.firstChild) return;
    const name = this.#name;
    this.replaceChildren(html`<fieldset class="stack"><legend>Where</legend>
      <bay-search></bay-search>
      <details><summary>A place that is no bay</summary><div class="stack">
        <p class="tight"><label for="${name}-street">Street</label><input id="${name}-street" name="street" maxlength="200" autocomplete="off"></p>
        <p class="tight"><label for="${name}-at">Where in it</label><input id="${name}-at" name="at" maxlength="100" autocomplete="off" placeholder="outside the bakery"></p>
        <div class="map" aria-hidden="true"></div>
        <div class="row"><p class="tight"><label for="${name}-lat">Latitude</label><input id="${name}-lat" name="lat" inputmode="decimal" autocomplete="off"></p>
          <p class="tight"><label for="${name}-lon">Longitude</label><input id="${name}-lon" name="lon" inputmode="decimal" autocomplete="off"></p></div>
        <p class="muted small">A click on the map fills them in.</p></div></details></fieldset>`);
    this.querySelector('details').addEventListener('toggle', () => this.#openMap());
  }

  get value() {
    const { chosen } = this.querySelector('bay-search');
    if (!this.#elsewhere) return chosen ? { bay_id: chosen.id } : null;
    const [street, at, lat, lon] = ['street', 'at', 'lat', 'lon'].map((name) => this.querySelector(`[name=${name}]`).value.trim());
    if (!street || !at || !isFigure(lat) || !isFigure(lon)) return null;
    return { street, at, lat: Number(lat), lon: Number(lon) };
  }

  /** What is missing, in words. */
  get missing() {
    return this.#elsewhere
      ? 'Say the street and where in it, and click on the map.'
      : 'Find the bay and choose it, or open “A place that is no bay”.';
  }

  /** `bay`: a bay or a spot, as a patrol's place is told; null empties it. */
  show(bay) {
    const spot = bay?.spot ?? false;
    this.querySelector('bay-search').chosen = bay && !spot ? bay : null;
    this.querySelector('details').open = spot;
    const said = spot ? { street: bay.street, at: bay.reference, lat: bay.lat, lon: bay.lon } : {};
    for (const name of ['street', 'at', 'lat', 'lon']) this.querySelector(`[name=${name}]`).value = said[name] ?? '';
  }

  get #elsewhere() {
    return this.querySelector('details').open;
  }

  async #openMap() {
    if (this.#map || !this.#elsewhere) return;
    this.#map = document.createElement('town-map');
    const [{ features, tiles }] = await Promise.all([get('/map'), import('../../shared/map/town-map.js')]);
    const { zones, streets, bays } = shapesOf(features);
    this.querySelector('.map').replaceChildren(this.#map);
    this.#map.tiles = tiles;
    this.#map.scene = { zones, streets, bays: bays.map((bay) => ({ ...bay, state: 'unknown', task: null })), freezes: [], me: null, way: null, chosen: null, faded: false, now: 0 };
    this.#map.addEventListener('pick', ({ detail: { at } }) => this.#point(at));
    const view = firstView({ me: null, tasks: [], zones });
    if (view) await this.#map.open(view);
  }

  #point([lon, lat]) {
    this.querySelector('[name=lat]').value = lat.toFixed(6);
    this.querySelector('[name=lon]').value = lon.toFixed(6);
  }
}

function isFigure(text) {
  return text !== '' && Number.isFinite(Number(text));
}

customElements.define('place-field', PlaceField);
