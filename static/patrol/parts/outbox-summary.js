import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { clock } from '../../shared/words.js';
import { isPhoto, WAITING } from '../store/order.js';
import { bytesToGo, sizeWords } from '../step-words.js';

/** How much waits, since when nothing was heard, and what it takes up. Emits `send-now`. */
export class OutboxSummary extends HTMLElement {
  #mark = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('stack');
    this.replaceChildren(html`<p class="waits"></p><p class="contact muted"></p>
      <button type="button" class="main" hidden>${say('outbox-send-now')}</button>`);
    this.querySelector('button').addEventListener('click', () => this.dispatchEvent(new CustomEvent('send-now', { bubbles: true })));
  }

  /** While a try is on its way the button says so. */
  set busy(busy) {
    this.querySelector('button').textContent = say(busy ? 'outbox-sending' : 'outbox-send-now');
    this.setAttribute('aria-busy', String(busy));
  }

  show({ outbox, heardAt, live, zone, mayClear = false }) {
    const waiting = outbox.steps.filter(({ state }) => state === WAITING);
    const words = [
      waitsWords(waiting, outbox),
      outbox.needingYou.length > 0 && say('outbox-need-you', { steps: outbox.needingYou.length }),
      outbox.unreadable > 0 && say('outbox-unreadable', { steps: outbox.unreadable }),
      outbox.steps.some(({ loose }) => loose) && say('outbox-loose'),
      mayClear && outbox.steps.length > 0 && say('outbox-may-clear'),
    ].filter(Boolean);
    const contact = live ? say('outbox-in-touch') : heardAt ? say('outbox-last-contact', { at: clock(heardAt, zone) }) : say('outbox-no-contact');
    const mark = JSON.stringify([words, contact]);
    this.querySelector('button').hidden = !waiting.length || outbox.nextIn() === null;
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.querySelector('.waits').className = `waits ${waiting.length || outbox.needingYou.length ? 'soon' : 'fine'}`;
    this.querySelector('.waits').textContent = words.join(' ');
    this.querySelector('.contact').textContent = contact;
  }
}

function waitsWords(waiting, outbox) {
  if (!outbox.steps.length) return say('outbox-empty');
  if (!waiting.length) return '';
  const photos = waiting.filter(isPhoto).length;
  return say('outbox-wait', { steps: waiting.length - photos, photos, size: sizeWords(bytesToGo(waiting, (id) => outbox.received(id))) });
}

customElements.define('outbox-summary', OutboxSummary);
