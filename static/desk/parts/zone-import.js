import { html } from '../../shared/html.js';
import * as server from '../zones/on-server.js';
import { baysWords } from '../zones/words.js';

const FIELDS = { colour: 'colour', hours: 'times', outline: 'outline' };
const MOST = 100;

/** A file of zones: first what it would change and what is wrong in it, then the import. Emits `import-done` and `import-cancel`. */
export class ZoneImport extends HTMLElement {
  #attempt = null;
  #file = null;
  #seen = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<section class="card stack" aria-labelledby="import-title"><h2 id="import-title" tabindex="-1">Import zones</h2>
      <p class="tight"><label for="import-file">A GeoJSON file</label><span class="muted" id="import-help">Polygons with a name, and if you like colour and hours. A zone of the same name is changed.</span>
        <input type="file" id="import-file" accept=".geojson,.json,application/geo+json,application/json" aria-describedby="import-help"></p>
      <div class="found stack" role="status"></div>
      <p class="row"><button type="button" class="main" value="do" hidden>Import</button><button type="button" value="cancel">Close</button></p></section>`);
    this.addEventListener('change', ({ target }) => target.files?.[0] && this.#look(target.files[0]));
    this.addEventListener('click', ({ target: { value } }) => {
      if (value === 'do') this.#import();
      if (value === 'cancel') this.#tell('import-cancel');
    });
  }

  /** `attempt` as that of a screen: by it the server is asked. */
  begin(attempt) {
    this.#attempt = attempt;
    this.querySelector('input').value = '';
    this.#show('', null);
    this.querySelector('h2').focus();
  }

  async #look(file) {
    this.#show(html`<p>Reading the file…</p>`, null);
    this.#file = await file.arrayBuffer();
    let preview = null;
    await this.#attempt(async () => { preview = await server.preview(this.#file).catch(unreadable); });
    this.#show(preview?.trouble ? html`<p class="now">${preview.trouble}</p>` : preview ? draw(preview) : '', preview);
  }

  async #import() {
    if (await this.#attempt(() => server.importSeen(this.#file, this.#seen), 'The zones are imported.')) this.#tell('import-done');
  }

  #show(found, preview) {
    const changes = preview?.zones?.length ?? 0;
    this.#seen = preview?.seen ?? null;
    const go = this.querySelector('[value=do]');
    go.hidden = changes === 0;
    go.textContent = changes === 1 ? 'Import 1 zone' : `Import ${changes} zones`;
    this.querySelector('.found').replaceChildren(found);
  }

  #tell(type) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

/** A file that is none: its fault is told where the file was chosen. */
function unreadable(error) {
  if (![400, 413, 422].includes(error.status)) throw error;
  return { trouble: error.message };
}

function draw({ zones, refused, loose, loose_then: then }) {
  const more = Math.max(refused.length - MOST, 0);
  return html`${refused.length > 0 && html`<p class="now">${refused.length === 1 ? '1 zone can’t be taken' : `${refused.length} zones can’t be taken`}:</p>
      <ul class="faults">${refused.slice(0, MOST).map(({ index, reference, detail }) => html`<li><strong>Zone ${index + 1} in the file${reference && `, “${reference}”`}</strong>: ${detail}</li>`)}
      ${more > 0 && html`<li>and ${more} more</li>`}</ul>`}
    ${zones.length === 0 ? html`<p>There is nothing to change.</p>` : html`<table><caption>What would change</caption>
      <thead><tr><th scope="col">Zone</th><th scope="col">Change</th><th scope="col" class="figure">Bays</th></tr></thead>
      <tbody>${zones.map((zone) => html`<tr><th scope="row">${zone.name}</th><td>${zone.new ? 'new' : `other ${zone.changed.map((each) => FIELDS[each]).join(', ')}`}</td>
        <td class="figure">${zone.new || zone.bays === zone.bays_before ? zone.bays : `${zone.bays_before} → ${zone.bays}`}</td></tr>`)}</tbody></table>`}
    ${then > 0 && html`<p class="${then > loose ? 'soon' : 'muted'}">${baysWords(then)} would lie in no zone${then === loose ? ', as now' : `; now ${loose}`}.</p>`}`;
}

customElements.define('zone-import', ZoneImport);
