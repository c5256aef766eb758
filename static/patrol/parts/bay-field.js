import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { placeWords } from '../../shared/task-words.js';
import { distance } from '../../shared/words.js';
import { listing } from '../map/listing.js';

const SHOWN = 5;
const SPOT = ['street', 'where'];

/**
 * Where the car is: one of the nearest bays, one that is searched for, or no bay at all: then a street, and in words
 * where in it. Emits `place` when that has changed; `place` is the bay or the spot, or null while it is not known.
 */
export class BayField extends HTMLElement {
  #bays = [];
  #me = null;
  #before = {};
  #chosen = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="tight search"><label for="bay-search">${say('bay-search')}</label>
        <input id="bay-search" type="search" autocomplete="off" enterkeyhint="search">
        <p class="small muted" role="status"></p><ul class="menu bays"></ul>
        <button type="button" value="spot">${say('bay-none')}</button></div>
      <div class="row spread picked" hidden><strong class="over"></strong>
        <button type="button" class="plain" value="other">${say('bay-other')}</button></div>
      <div class="stack spot" hidden>
        <div class="tight"><label for="spot-street">${say('spot-street')}</label>
          <input id="spot-street" name="street" maxlength="100" autocomplete="off"></div>
        <div class="tight"><label for="spot-where">${say('spot-where')}</label>
          <input id="spot-where" name="where" maxlength="100" autocomplete="off" aria-describedby="spot-help">
          <p id="spot-help" class="small muted">${say('spot-help')}</p></div>
        <button type="button" value="other">${say('spot-bay')}</button></div>`);
    this.addEventListener('input', ({ target }) => (target.type === 'search' ? this.#search() : this.#tell()));
    this.addEventListener('keydown', (event) => event.key === 'Enter' && event.target.type === 'search' && event.preventDefault());
    this.addEventListener('click', ({ target }) => this.#tapped(target.closest('button')));
  }

  /** `bays` of the map; `me`: where the phone is, or null; `typed`: what was chosen before: { bay } or { spot }. */
  begin({ bays, me, typed }) {
    [this.#bays, this.#me, this.#before] = [bays, me, typed];
    this.#chosen = bays.find(({ id }) => id === typed.bay) ?? null;
    for (const name of SPOT) this.querySelector(`[name=${name}]`).value = typed.spot?.[name] ?? '';
    this.#show(Boolean(typed.spot));
  }

  /** More is known of what is around. Nothing moves under the thumb: only what was missing comes. */
  know({ bays, me }) {
    const [mapped, found] = [!this.#bays.length && bays.length > 0, !this.#me && me];
    [this.#bays, this.#me] = [bays, me];
    if (this.#spotOpen || this.#chosen) return;
    if (mapped) this.#chosen = bays.find(({ id }) => id === this.#before.bay) ?? null;
    if (mapped || found) this.#show(false);
  }

  /** { id, street, reference, spot, lon, lat } */
  get place() {
    if (!this.#spotOpen) return this.#chosen && bayOf(this.#chosen);
    const { street, where } = this.typed.spot;
    if (!street || !where || !this.#me) return null;
    return { id: null, street, reference: where, spot: true, lon: this.#me.lon, lat: this.#me.lat };
  }

  /** As `begin` takes it. */
  get typed() {
    if (!this.#spotOpen) return this.#chosen ? { bay: this.#chosen.id } : {};
    return { spot: Object.fromEntries(SPOT.map((name) => [name, this.querySelector(`[name=${name}]`).value.trim()])) };
  }

  get #spotOpen() {
    return !this.querySelector('.spot').hidden;
  }

  #tapped(button) {
    if (!button) return;
    if (button.name === 'bay') this.#chosen = this.#bays.find(({ id }) => id === button.value);
    if (button.value === 'other') this.#chosen = null;
    this.#show(button.value === 'spot');
    this.querySelector(this.#spotOpen ? '[name=street]' : this.#chosen ? '.picked button' : '[type=search]').focus();
    this.#tell();
  }

  #show(spot) {
    this.querySelector('.spot').hidden = !spot;
    this.querySelector('.picked').hidden = spot || !this.#chosen;
    this.querySelector('.search').hidden = spot || Boolean(this.#chosen);
    if (this.#chosen) this.querySelector('.picked strong').textContent = placeWords({ bay: this.#chosen });
    else this.#search();
  }

  #search() {
    const sought = this.querySelector('[type=search]').value;
    const [group] = listing(this.#bays, { me: this.#me, sought });
    const found = (group?.places ?? []).slice(0, SHOWN);
    this.querySelector('[role=status]').textContent = this.#words(sought, found);
    this.querySelector('.bays').replaceChildren(html`${found.map((bay) => html`<li><button type="button" name="bay"
      value="${bay.id}">${[placeWords({ bay }), bay.metres !== null && distance(bay.metres)].filter(Boolean).join(' · ')}</button></li>`)}`);
  }

  #words(sought, found) {
    if (!this.#bays.length) return say('bay-no-map');
    if (!found.length) return say('bay-not-found');
    return this.#me && !sought ? say('bay-nearest') : '';
  }

  #tell() {
    this.dispatchEvent(new Event('place', { bubbles: true }));
  }
}

function bayOf({ id, street, reference, lon, lat }) {
  return { id, street, reference, spot: false, lon, lat };
}

customElements.define('bay-field', BayField);
