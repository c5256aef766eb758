import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { when } from '../../../shared/words.js';

/**
 * Where an officer is signed in, and their phones that were lost. Emits `phone-out` {id, lost} (a sign-in's id) and
 * `phone-found` {id} (the lost phone's).
 */
export class OfficerPhones extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<p class="none muted">They are not signed in anywhere.</p><ul class="stack"></ul>
      <p class="muted small">What a lost phone still sends is kept apart until you say that it was found.</p>`);
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button')));
  }

  show({ signIns, lost }) {
    this.querySelector('.none').hidden = signIns.length + lost.length > 0;
    const rows = [...signIns.map((each) => ({ ...each, kind: 'in' })), ...lost.map((each) => ({ ...each, kind: 'lost' }))];
    keyed(this.querySelector('ul'), rows, { key: ({ kind, id }) => `${kind} ${id}`, mark: JSON.stringify, draw });
  }

  #click(button) {
    if (!button) return;
    const { id } = button.dataset;
    const detail = button.value === 'found' ? { id } : { id, lost: button.value === 'lost' };
    this.dispatchEvent(new CustomEvent(button.value === 'found' ? 'phone-found' : 'phone-out', { detail, bubbles: true }));
  }
}

function draw(row) {
  return (row.kind === 'lost' ? drawLost(row) : drawIn(row)).firstElementChild;
}

function drawIn({ id, device, last_seen_at: seen, push }) {
  return html`<li class="tight"><p>${deviceWords(device)}</p>
    <p class="muted small">Last heard ${when(seen, now(), zone())} · ${push === 'active' ? 'messages reach it' : 'no messages reach it'}</p>
    <p class="row"><button type="button" class="grave" value="lost" data-id="${id}" data-focus="lost">Lost: sign it out</button>
      <button type="button" value="out" data-id="${id}" data-focus="out">Sign out</button></p></li>`;
}

function drawLost({ id, lost_at: at }) {
  return html`<li class="tight"><p class="soon">Signed out as lost, ${when(at, now(), zone())}</p>
    <button type="button" value="found" data-id="${id}" data-focus="found">It was found</button></li>`;
}

/** "Chrome on Android", as far as a browser's own words tell it. */
function deviceWords(device) {
  const browser = ['Edg', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari'].find((name) => device.includes(name));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) => device.includes(name));
  const named = { Edg: 'Edge', SamsungBrowser: 'Samsung Internet' }[browser] ?? browser;
  return named && system ? `${named} on ${system}` : device;
}

customElements.define('officer-phones', OfficerPhones);
