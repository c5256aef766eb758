import { zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { whileSeen } from '../../shared/while-seen.js';
import { clock, span } from '../../shared/words.js';
import { contact, telephone } from '../sos/contact.js';
import { signal } from '../signals.js';

const FACING = ['with_public', 'serving', 'incident']; // somebody stands before the officer

/**
 * When the next sign of life is due, and one tap that gives it. Set `hand`. With `banner` it is there only when
 * it becomes urgent, and buzzes then: once, and once more when the time has passed. Before somebody it makes no sound.
 */
export class CheckInLine extends HTMLElement {
  #hand = null;
  #kind = 'none';
  #left = null;

  /** null: nobody has the phone. */
  set hand(hand) {
    this.#left?.abort();
    this.#hand = hand;
    this.#kind = 'none';
    if (!hand) return this.#draw();
    this.#left = new AbortController();
    const { signal: left } = this.#left;
    for (const source of [hand.day, hand.checkIn]) source.addEventListener('change', () => this.#draw(), { signal: left });
    whileSeen(1000, () => this.#tick(), left);
    return this.#draw();
  }

  connectedCallback() {
    this.addEventListener('click', ({ target }) => target.closest('button') && this.#hand.checkIn.say());
  }

  disconnectedCallback() {
    this.#left?.abort();
  }

  get #banner() {
    return this.hasAttribute('banner');
  }

  #tick() {
    const { kind } = this.#hand.checkIn.now;
    if (kind !== this.#kind) this.#turned(kind);
    this.#draw();
  }

  /** Signs of life given otherwise are known at the server: it is asked before anybody is disturbed. */
  async #turned(kind) {
    this.#kind = kind;
    if (!this.#banner || !['soon', 'missed'].includes(kind)) return;
    await this.#hand.refresh();
    if (this.#hand?.checkIn.now.kind === kind) signal('check-in', { silent: FACING.includes(this.#hand.day.shift?.state) });
  }

  #draw() {
    const { kind, left } = this.#hand?.checkIn.now ?? { kind: 'none' };
    const urgent = ['soon', 'missed'].includes(kind);
    this.hidden = this.#banner ? !urgent : kind === 'none';
    const { state } = this.#hand?.checkIn ?? {};
    const mark = this.hidden ? '' : `${kind} ${state}`;
    if (mark !== this.dataset.mark) this.#drawAnew(mark, urgent, kind, state);
    if (!this.hidden) this.querySelector('.left').textContent = leftWords(kind, left, this.#hand.day.shift);
  }

  #drawAnew(mark, urgent, kind, state) {
    this.dataset.mark = mark;
    const { phone } = contact();
    this.replaceChildren(mark ? html`<div class="${urgent ? 'notice now' : ''} stack">
      <p role="${this.#banner ? 'alert' : 'status'}">${urgent && say(`check-in-${kind}`)} ${state !== 'asked' && say(`check-in-${state}`)}</p>
      <p class="left"></p>
      <button type="button" class="${urgent ? 'main' : ''}">${say('check-in-say')}</button>
      ${['unreached', 'given-up'].includes(state) && phone && html`<a class="button" href="${telephone(phone)}">${say('sos-phone', { number: phone })}</a>`}
    </div>` : '');
  }
}

function leftWords(kind, left, shift) {
  if (kind === 'missed') return '';
  return say('check-in-by', { at: clock(shift.check_in_by, zone()), span: span(left) });
}

customElements.define('check-in-line', CheckInLine);
