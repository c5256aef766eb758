import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { when } from '../../shared/words.js';
import { contact, telephone } from '../sos/contact.js';

/**
 * Calls for help of those who had this phone before, which have reached nobody. `show(calls, mayPutAway)`: as
 * `Call.left` lists them, and whether somebody is signed in who can say that it was seen to. Emits `put-away` {id}.
 */
export class LeftCall extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (button) this.dispatchEvent(new CustomEvent('put-away', { detail: { id: button.value } }));
    });
  }

  show(calls, mayPutAway) {
    const { phone } = contact();
    const mark = JSON.stringify([calls, mayPutAway, phone]);
    if (mark === this.dataset.mark) return;
    this.dataset.mark = mark;
    this.hidden = !calls.length;
    this.replaceChildren(html`${calls.map(({ id, name, at }) => html`<div class="notice now stack" role="alert">
      <p>${say('sos-left', { name, at: when(at, now(), zone()) })}</p>
      ${phone && html`<a class="button main" href="${telephone(phone)}">${say('sos-phone', { number: phone })}</a>`}
      ${mayPutAway && html`<button type="button" value="${id}">${say('sos-left-away')}</button>`}</div>`)}`);
  }
}

customElements.define('left-call', LeftCall);
