import { html } from '../../shared/html.js';
import { quoted } from '../../shared/quoted.js';
import { say } from '../../shared/say.js';
import { allow, pushState, renew, sendTest } from '../push.js';

/** Whether this phone is told of new work, and what to do if not. Set `pushKey` once signed in. */
export class PushSetting extends HTMLElement {
  #key = null;
  #trouble = '';

  connectedCallback() {
    this.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.#do(button);
    });
  }

  set pushKey(key) {
    if (key === this.#key) return;
    this.#key = key;
    this.#renew();
  }

  async #renew() {
    await this.#attempt(() => renew(this.#key));
    this.#show(await pushState());
  }

  async #do(button) {
    button.disabled = true;
    const said = await this.#attempt(() => (button.value === 'test' ? this.#test() : allow(this.#key)));
    this.#show(await pushState(), said);
    this.querySelector('button')?.focus();
  }

  async #test() {
    await sendTest();
    return say('push-test-sent');
  }

  async #attempt(run) {
    this.#trouble = '';
    try {
      return await run();
    } catch (error) {
      this.#trouble = html`${say('push-trouble')} ${quoted(error.message)}`;
      return null;
    }
  }

  #show(state, said = null) {
    const words = said === state ? null : said;
    this.replaceChildren(html`<div class="stack">
      <p role="status">${this.#trouble || words || say(`push-${state}`)}</p>
      ${state === 'off' && html`<button type="button" value="allow">${say('push-allow')}</button>`}
      ${state === 'on' && html`<button type="button" value="test">${say('push-test')}</button>`}
    </div>`);
  }
}

customElements.define('push-setting', PushSetting);
