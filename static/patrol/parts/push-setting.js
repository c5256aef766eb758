import { html } from '../../shared/html.js';
import { allow, pushState, renew, sendTest } from '../push.js';

const WORDS = {
  on: 'This phone buzzes when there is something to do now.',
  off: 'This phone does not buzz yet. Keep this page open, or allow messages.',
  blocked: 'Messages are blocked for this site. Allow them in the browser’s site settings, then open this page again.',
  unsupported: 'This browser can’t show messages. Keep this page open: it goes on checking.',
  install: 'On this phone, first add the page to the home screen (Share, then Add to Home Screen) and open it from there.',
};

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
    return 'A test message is on its way. If nothing shows within a minute, check that the phone is not silenced.';
  }

  async #attempt(run) {
    this.#trouble = '';
    try {
      return await run();
    } catch (error) {
      this.#trouble = `Messages could not be set up: ${error.message.replace(/\.$/, '')}. Try again later; this page goes on checking.`;
      return null;
    }
  }

  #show(state, said = null) {
    const words = said === state ? null : said;
    this.replaceChildren(html`<div class="stack">
      <p role="status">${this.#trouble || words || WORDS[state]}</p>
      ${state === 'off' && html`<button type="button" value="allow">Allow messages</button>`}
      ${state === 'on' && html`<button type="button" value="test">Send a test message</button>`}
    </div>`);
  }
}

customElements.define('push-setting', PushSetting);
