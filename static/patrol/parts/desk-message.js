import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { when } from '../../shared/words.js';
import { messagesShown } from '../messages.js';
import { signal } from '../signals.js';

const FACING = ['with_public', 'serving', 'incident']; // somebody stands before the officer

/** What the desk wrote, above all screens until it is said to be read. Set `hand`. */
export class DeskMessage extends HTMLElement {
  #hand = null;
  #left = null;
  #told = new Set();

  /** null: nobody has the phone. */
  set hand(hand) {
    this.#left?.abort();
    this.#hand = hand;
    this.#told = new Set();
    if (!hand) return this.#show([]);
    this.#left = new AbortController();
    hand.day.addEventListener('change', () => this.#show(hand.day.messages), { signal: this.#left.signal });
    return this.#show(hand.day.messages);
  }

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<div role="status" class="stack"></div>`);
    this.addEventListener('click', ({ target }) => target.closest('button') && this.#read(target.closest('[data-key]').dataset.key));
  }

  #show(messages) {
    this.hidden = messages.length === 0;
    keyed(this.firstElementChild, messages, { key: ({ id }) => id, mark: JSON.stringify, draw });
    const fresh = messages.filter(({ id }) => !this.#told.has(id));
    fresh.forEach(({ id }) => this.#told.add(id));
    if (fresh.length) signal('offer', { silent: FACING.includes(this.#hand.day.shift?.state) });
  }

  async #read(id) {
    await this.#hand.work.readMessage(id);
    document.querySelector('main').focus({ preventScroll: true });
    (await messagesShown()).filter(({ data }) => data?.message === id).forEach((each) => each.close());
  }
}

function draw({ text, sent_at: at, sent_by: by }) {
  return html`<div class="notice stack"><p class="muted small">${say('desk-message', { who: by.name, at: when(at, now(), zone()) })}</p>
    <p>${text}</p><button type="button" class="main" data-focus="read">${say('desk-message-read')}</button></div>`.firstElementChild;
}

customElements.define('desk-message', DeskMessage);
