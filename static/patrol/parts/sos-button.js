import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { setting } from '../settings.js';
import { signal, still } from '../signals.js';
import { PRESSES, Trigger } from '../sos/trigger.js';
import { icon } from './icons.js';

const HINT_STAYS = 6_000;

/** SOS, by holding. Emits `call`; and `show` while a call is open, by a plain press. Set `state` as the call's. */
export class SosButton extends HTMLElement {
  #trigger = new Trigger();
  #state = 'none';
  #hintTimer;

  connectedCallback() {
    this.replaceChildren(html`<button type="button" aria-describedby="sos-how">${icon('flag')} <span></span></button>
      <span id="sos-how" class="unseen"></span><p class="hint notice" role="status" hidden></p>`);
    this.#trigger.addEventListener('holding', () => this.#hold(true));
    this.#trigger.addEventListener('let-go', () => this.#hold(false));
    this.#trigger.addEventListener('again', ({ detail }) => this.#hint(detail.left));
    this.#trigger.addEventListener('call', () => this.dispatchEvent(new Event('call')));
    this.#listen(this.querySelector('button'));
    this.state = this.#state;
  }

  set state(state) {
    this.#state = state;
    const open = this.#open;
    if (open) this.querySelector('.hint').hidden = true;
    this.querySelector('button').classList.toggle('open', open);
    this.querySelector('button span').textContent = open ? say(`sos-button-${state}`) : say('sos');
    this.querySelector('#sos-how').textContent = open ? say('sos-how-open') : say('sos-how');
  }

  get #open() {
    return this.#state !== 'none';
  }

  #listen(button) {
    const on = (type, run) => button.addEventListener(type, run);
    on('pointerdown', (event) => event.button === 0 && !this.#open && this.#trigger.down());
    for (const type of ['pointerup', 'pointercancel', 'pointerleave']) on(type, () => this.#trigger.up(this.#presses()));
    on('keydown', (event) => this.#key(event, () => !event.repeat && this.#trigger.down()));
    on('keyup', (event) => this.#key(event, () => this.#trigger.up(PRESSES.keys)));
    on('contextmenu', (event) => event.preventDefault());
    on('click', ({ detail }) => this.#click(detail));
  }

  /** Keys that press a button are taken here, so that they can be held, too. */
  #key(event, run) {
    if (this.#open || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    run();
  }

  /** A press by an aid comes without any finger: its `detail` is nought. */
  #click(detail) {
    if (this.#open) this.dispatchEvent(new Event('show'));
    else if (detail === 0) this.#trigger.press(PRESSES.keys);
  }

  #presses() {
    return PRESSES[setting('sos')];
  }

  #hold(held) {
    this.querySelector('button').classList.toggle('held', held);
    if (held) signal('holding');
    else still();
  }

  #hint(left) {
    const place = this.querySelector('.hint');
    place.textContent = left === Infinity ? say('sos-hold') : say('sos-again', { left });
    place.hidden = false;
    clearTimeout(this.#hintTimer);
    this.#hintTimer = setTimeout(() => { place.hidden = true; }, HINT_STAYS);
  }
}

customElements.define('sos-button', SosButton);
