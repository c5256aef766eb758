import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { allow, pushState } from '../push.js';

const ASKED = 'openpatrol-push-asked';

/** Once, when the first shift runs: may this phone say when there is work? In words first, then the browser asks. */
export class PushAsk extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', ({ target }) => this.#do(target.closest('button')?.value));
  }

  /** `me` as the server tells it, once a shift runs. */
  async offer(me) {
    if (this.firstChild || localStorage.getItem(ASKED) || (await pushState()) !== 'off') return;
    this.key = me.push_key;
    this.replaceChildren(html`<section class="card stack" aria-labelledby="push-ask"><h2 id="push-ask">${say('push-ask-title')}</h2>
      <p>${say('push-ask-words')}</p>
      <button type="button" class="main" value="allow">${say('push-allow')}</button>
      <button type="button" value="later">${say('push-ask-later')}</button></section>`);
  }

  async #do(step) {
    if (!step) return;
    localStorage.setItem(ASKED, 'yes');
    const state = step === 'allow' ? await allow(this.key).catch(() => 'trouble') : 'later';
    const words = { on: say('push-on'), blocked: say('push-blocked'), trouble: say('push-ask-trouble') }[state] ?? '';
    this.replaceChildren(words ? html`<p class="card" role="status">${words}</p>` : '');
  }
}

customElements.define('push-ask', PushAsk);
