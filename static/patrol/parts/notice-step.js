import { zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { quoted } from '../../shared/quoted.js';
import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';
import './rights-line.js';

/**
 * From the beginning of a notice to its being served. Emits `preparation`, and `outcome` with the number that the
 * handheld printed. What is missing is said before; where the paper is on the car all the same, `papered` {details} says so.
 */
export class NoticeStep extends HTMLElement {
  #draft = null;
  #id = null;
  #lacking = [];
  #stage = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div class="stack">
      <div class="lacking" hidden><p><strong>${say('notice-lacking')}</strong></p><ul></ul></div>
      <p class="fine ready" role="status" hidden>${say('notice-ready')}</p>
      <button type="button" value="preparation">${say('notice-begin')}</button>
      <form class="stack" novalidate hidden>
        <p class="begun muted"></p>
        <rights-line></rights-line>
        <div class="tight"><label for="notice-number">${say('notice-number')}</label>
          <input id="notice-number" name="notice_number" maxlength="40" autocomplete="off" autocapitalize="characters"
            spellcheck="false" aria-describedby="notice-number-help">
          <p id="notice-number-help" class="small muted">${say('notice-number-help')}</p></div>
        <button class="main">${say('notice-served')}</button>
        <div class="paper tight" hidden><p class="soon">${say('notice-not-yet')}</p>
          <button type="button" value="papered">${say('notice-papered')}</button></div>
      </form></div>`);
    this.addEventListener('input', () => this.#draft?.save({ notice_number: this.#number }));
    this.addEventListener('click', ({ target }) => this.#tapped(target.closest('button')?.value));
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#serve();
    });
  }

  /** `told`: as `stageOf` tells it; `plate`: the one that was read last; `draft` keeps the number while it is typed. */
  async show(task, told, plate, draft) {
    this.#lacking = told.lacking;
    this.#showStage(task, told, plate);
    if (task.id === this.#id) return;
    this.#id = task.id;
    this.#draft = draft;
    const field = this.querySelector('input');
    field.value = '';
    const { notice_number: number = '' } = await draft.load();
    if (task.id === this.#id) field.value ||= number;
  }

  #showStage(task, { stage, lacking }, plate) {
    const serving = stage === 'serve';
    this.#missing(lacking);
    this.querySelector('.ready').hidden = stage !== 'ready';
    this.querySelector('form').hidden = !serving;
    const begin = this.querySelector('[value=preparation]');
    begin.hidden = serving;
    begin.classList.toggle('main', stage === 'ready');
    const mark = `${task.id} ${serving}`;
    if (serving && mark !== this.#stage) this.#begun(task, plate);
    this.#stage = mark;
  }

  #begun(task, plate) {
    const at = clock(task.assignment.preparation_began_at, zone());
    this.querySelector('.begun').textContent = say('notice-begun', { at });
    this.querySelector('.paper').hidden = true;
    if (plate) this.querySelector('rights-line').ask(task, plate);
    else this.querySelector('rights-line').clear();
  }

  #missing(lacking) {
    this.querySelector('.lacking').hidden = lacking.length === 0;
    this.querySelector('.paper').hidden ||= lacking.length === 0;
    const list = this.querySelector('ul');
    if (list.dataset.lacking === JSON.stringify(lacking)) return;
    list.dataset.lacking = JSON.stringify(lacking);
    list.replaceChildren(html`${lacking.map(({ name, values, text }) => html`<li>${name ? say(name, values) : quoted(text)}</li>`)}`);
  }

  get #number() {
    return this.querySelector('input').value.trim();
  }

  #tapped(value) {
    if (value === 'preparation') this.#tell('preparation', {});
    if (value === 'papered') this.#tell('papered', { details: this.#said() });
  }

  #serve() {
    if (this.#lacking.length === 0) return this.#served();
    this.querySelector('.paper').hidden = false;
    const place = this.querySelector('.lacking');
    place.setAttribute('tabindex', '-1');
    return place.focus();
  }

  #served() {
    this.#tell('outcome', { outcome: 'notice_served', details: this.#said() });
  }

  #said() {
    return this.#number ? { notice_number: this.#number } : {};
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

customElements.define('notice-step', NoticeStep);
