import { now, zone } from '../../../shared/clock.js';
import { html } from '../../../shared/html.js';
import { keyed } from '../../../shared/keyed.js';
import { shape } from '../../../shared/shapes.js';
import { when } from '../../../shared/words.js';

const LONGEST = 300;

/** What was written to an officer, and whether they have read it. Emits `message-send` {text}. */
export class OfficerMessages extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('stack');
    this.replaceChildren(html`<form class="stack"><label class="tight"><span>Message</span><textarea name="text" required
        maxlength="${LONGEST}" rows="3" aria-describedby="message-rule"></textarea></label>
      <p id="message-rule" class="muted small">No plates and no names. Their phone buzzes; they read it in the app.</p>
      <button>Send</button></form><p class="off muted" hidden>They can be written to once their shift has begun.</p>
      <ul class="stack"></ul>`);
    this.addEventListener('submit', (event) => this.#submit(event));
  }

  show({ on, messages }) {
    this.querySelector('form').hidden = !on;
    this.querySelector('.off').hidden = on;
    keyed(this.querySelector('ul'), messages, { key: ({ id }) => id, mark: JSON.stringify, draw });
  }

  /** It is sent: the next can be written. */
  sent() {
    this.querySelector('form').reset();
  }

  #submit(event) {
    event.preventDefault();
    const { value } = event.target.elements.text;
    if (value.trim()) this.dispatchEvent(new CustomEvent('message-send', { detail: { text: value.trim() }, bubbles: true }));
  }
}

function draw({ text, sent_by: by, sent_at: sent, read_at: read }) {
  return html`<li class="tight"><p>${text}</p><p class="muted small">${by.name}, ${when(sent, now(), zone())}</p>
    <p class="small ${read ? 'fine' : 'soon'}">${read ? html`${shape('done')} Read at ${when(read, now(), zone())}` : html`${shape('free')} Not read yet`}</p></li>`.firstElementChild;
}

customElements.define('officer-messages', OfficerMessages);
