import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { name } from '../zones/faults.js';
import { inserted, moved, removed, rounded, shifted } from '../zones/rings.js';

const ROWS = 50; // of a page
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEP_M = 1;
const LEAP_M = 10;

/**
 * The corners of a drawing by hand: all that a pointer can do to them. Emits `rings-change` {rings, merge, corner} and
 * `corner-choose` {corner}.
 */
export class CornerTable extends HTMLElement {
  #rings = [];
  #from = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="muted" id="corner-help">On a corner, the arrow keys move it 1 m, with Shift 10 m; Insert adds one after it, Delete removes it.</p>
      <p class="row pages" hidden><button type="button" value="-1">Earlier</button><span></span><button type="button" value="1">Later</button></p>
      <div class="wide"><table><thead><tr><th scope="col">Corner</th><th scope="col">Longitude</th><th scope="col">Latitude</th></tr></thead><tbody></tbody></table></div>`);
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('change', (event) => this.#typed(event));
    this.addEventListener('focusin', ({ target }) => {
      const corner = cornerOf(target);
      if (corner) this.#tell('corner-choose', { corner });
    });
  }

  /** `chosen`: a corner, or null. */
  show(rings, chosen) {
    this.#rings = rings;
    const all = rings.flatMap((ring, index) => ring.map((point, at) => ({ corner: { ring: index, at }, point })));
    this.#from = Math.min(this.#from, Math.floor(Math.max(all.length - 1, 0) / ROWS) * ROWS);
    this.querySelector('.pages').hidden = all.length <= ROWS;
    this.querySelector('.pages span').textContent = `${this.#from + 1} to ${Math.min(this.#from + ROWS, all.length)} of ${all.length}`;
    const body = this.querySelector('tbody');
    keyed(body, all.slice(this.#from, this.#from + ROWS), { key: ({ corner }) => keyOf(corner), mark: JSON.stringify, draw });
    for (const row of body.children) row.classList.toggle('chosen', chosen !== null && row.dataset.key === keyOf(chosen));
  }

  #click({ target }) {
    const page = target.closest('.pages button');
    if (!page) return;
    this.#from = Math.max(this.#from + Number(page.value) * ROWS, 0);
    this.show(this.#rings, null);
  }

  #key(event) {
    const corner = event.target.matches('button[data-focus=corner]') && cornerOf(event.target);
    if (!corner) return;
    const rings = this.#pressed(event, corner);
    if (!rings) return;
    event.preventDefault();
    const many = rings[corner.ring].length;
    const now = event.key === 'Insert' ? { ...corner, at: corner.at + 1 } : { ...corner, at: Math.min(corner.at, many - 1) };
    this.#tell('rings-change', { rings, merge: event.key in ARROWS ? `keys ${keyOf(corner)}` : null, corner: now });
    this.querySelector(`[data-key="${keyOf(now)}"] button`)?.focus();
  }

  #pressed({ key, shiftKey }, corner) {
    const rings = this.#rings;
    if (key === 'Insert') return inserted(rings, corner);
    if (key === 'Delete') return rings[corner.ring].length > 1 ? removed(rings, corner) : null;
    if (!ARROWS[key]) return null;
    const metres = shiftKey ? LEAP_M : STEP_M;
    return moved(rings, corner, shifted(rings[corner.ring][corner.at], ...ARROWS[key].map((step) => step * metres)));
  }

  #typed({ target }) {
    const corner = cornerOf(target);
    const axis = ['lon', 'lat'].indexOf(target.name);
    const value = Number(target.value.replace(',', '.'));
    const wrong = !target.value.trim() || !Number.isFinite(value) || Math.abs(value) > [180, 90][axis];
    target.removeAttribute('aria-invalid');
    if (wrong) return target.setAttribute('aria-invalid', 'true');
    const point = this.#rings[corner.ring][corner.at].with(axis, value);
    return this.#tell('rings-change', { rings: moved(this.#rings, corner, rounded(point)), merge: null, corner });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function draw({ corner, point: [lon, lat] }) {
  const words = name(corner);
  return html`<tr><th scope="row"><button type="button" class="plain" data-focus="corner" aria-describedby="corner-help">${words}</button></th>
    <td><input name="lon" inputmode="decimal" value="${lon}" data-focus="lon" aria-label="Longitude of ${words}"></td>
    <td><input name="lat" inputmode="decimal" value="${lat}" data-focus="lat" aria-label="Latitude of ${words}"></td></tr>`.firstElementChild;
}

function keyOf({ ring, at }) {
  return `${ring}-${at}`;
}

function cornerOf(element) {
  const key = element.closest('[data-key]')?.dataset.key;
  if (!key) return null;
  const [ring, at] = key.split('-').map(Number);
  return { ring, at };
}

customElements.define('corner-table', CornerTable);
