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
    this.replaceChildren(html`<div><p role="${this.#banner ? 'alert' : 'status'}"></p><p class="left"></p>
      <button type="button">${say('check-in-say')}</button><a class="button" hidden></a></div>`);
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
    const stood = this.contains(document.activeElement);
    this.hidden = this.#banner ? !urgent : kind === 'none';
    if (this.hidden && stood) document.querySelector('main').focus({ preventScroll: true });
    const { state } = this.#hand?.checkIn ?? {};
    const mark = this.hidden ? '' : `${kind} ${state}`;
    if (mark !== this.dataset.mark) this.#say(mark, urgent, kind, state);
    if (!this.hidden) this.querySelector('.left').textContent = leftWords(kind, left, this.#hand.day.shift);
  }

  /** The button stays where it is, under a thumb and for the focus: only the words beside it change. */
  #say(mark, urgent, kind, state) {
    this.dataset.mark = mark;
    const words = [mark && urgent && `check-in-${kind}`, mark && state !== 'asked' && `check-in-${state}`].filter(Boolean);
    this.querySelector('div').className = urgent ? 'notice now stack' : 'stack';
    this.querySelector('[role]').textContent = words.map((name) => say(name)).join(' ');
    this.querySelector('button').className = urgent ? 'main' : '';
    this.#offerCall(['unreached', 'given-up'].includes(state) ? contact().phone : null);
  }

  #offerCall(number) {
    const call = this.querySelector('a');
    call.hidden = !number;
    if (number) Object.assign(call, { href: telephone(number), textContent: say('sos-phone', { number }) });
  }
}

function leftWords(kind, left, shift) {
  if (kind === 'missed') return '';
  return say('check-in-by', { at: clock(shift.check_in_by, zone()), span: span(left) });
}

customElements.define('check-in-line', CheckInLine);
