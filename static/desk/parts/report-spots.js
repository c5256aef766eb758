import { get } from '../../shared/api.js';
import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { boundsOf, shapesOf } from '../../shared/map/scene.js';
import '../../shared/map/town-map.js';

const LEAST_PX = 8;
const GROWS_PX = 3;

/** Where the repeat bays are: a dot for each, the larger the more overstays it had. `show(bays)`; the table says the same. */
export class ReportSpots extends HTMLElement {
  #features = null;

  async show(bays) {
    this.#features ??= get('/map');
    const { tiles, features } = await this.#features.catch(() => {
      this.#features = null;
      return { tiles: null, features: [] };
    });
    const { zones, streets } = shapesOf(features);
    this.replaceChildren(html`<town-map></town-map>
      <p class="row"><button type="button" data-zoom="1">Closer</button><button type="button" data-zoom="-1">Farther</button></p>`);
    const map = this.querySelector('town-map');
    map.scene = { zones, streets, bays: [], freezes: [], me: null, chosen: null, faded: false, now: now(), above: (sheet) => draw(bays, sheet) };
    map.tiles = tiles;
    for (const button of this.querySelectorAll('button')) button.addEventListener('click', () => map.zoom(Number(button.dataset.zoom)));
    await map.open({ bounds: boundsOf(bays.map(({ lon, lat }) => [lon, lat])) }).catch(() => this.replaceChildren());
  }
}

/** The largest first, so that none hides another. */
function draw(bays, { pen, project, colours, letters }) {
  pen.font = `700 ${letters}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const { lon, lat, overstays } of bays) {
    const [x, y] = project(lon, lat);
    const radius = Math.max(LEAST_PX + GROWS_PX * Math.sqrt(overstays), letters);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = colours.paper;
    pen.fill();
    pen.strokeStyle = colours.now;
    pen.lineWidth = 3;
    pen.stroke();
    pen.fillStyle = colours.ink;
    pen.fillText(String(overstays), x, y);
  }
}

customElements.define('report-spots', ReportSpots);
