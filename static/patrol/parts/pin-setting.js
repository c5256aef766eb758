import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

const PIN = /^\d{4,8}$/;

/** Set, change or take away the PIN of whoever has the phone. Set `session`. Emits `lock`, `pin-kept`, and `pin-unheard` without a network. */
export class PinSetting extends HTMLElement {
  #session;

  connectedCallback() {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#keep(this.querySelector('input').value);
    });
    this.addEventListener('change', ({ target }) => target.type === 'checkbox' && this.#reveal(target.checked));
    this.addEventListener('click', ({ target }) => this.#do(target.closest('button')?.value));
  }

  set session(session) {
    this.#session = session;
    this.#show();
  }

  async #show(words = null) {
    const has = await this.#session.hasPin();
    this.replaceChildren(html`<div class="stack"><p role="status">${words ?? say(has ? 'pin-is-set' : 'pin-is-not-set')}</p>
      ${has && html`<button type="button" value="lock">${say('pin-lock-now')}</button>`}
      <form class="stack" novalidate>
        <p class="tight"><label for="new-pin">${say(has ? 'pin-new' : 'pin-choose')}</label>
          <input id="new-pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8" aria-describedby="pin-rule"></p>
        <p id="pin-rule" class="muted">${say('pin-rule')}</p>
        <label class="chip"><input type="checkbox"><span>${say('pin-show')}</span></label>
        <p class="now" role="alert"></p>
        <button>${say(has ? 'pin-change' : 'pin-set')}</button>
      </form>
      ${has && html`<button type="button" value="remove">${say('pin-remove')}</button>`}</div>`);
  }

  /** What is typed once, and hidden, may not be what one thinks. */
  #reveal(shown) {
    this.querySelector('#new-pin').type = shown ? 'text' : 'password';
  }

  async #keep(pin) {
    if (!PIN.test(pin)) return this.#complain(say('pin-rule-broken'));
    return this.#change(pin, say('pin-kept'));
  }

  async #do(step) {
    if (step === 'lock') this.dispatchEvent(new CustomEvent('lock', { bubbles: true }));
    if (step === 'remove') await this.#change(null, say('pin-removed'));
  }

  async #change(pin, words) {
    try {
      await this.#session.setPin(pin);
      await this.#show(words);
      if (pin) this.dispatchEvent(new Event('pin-kept'));
    } catch (error) {
      if (error.status === undefined) throw error;
      this.#complain(say('pin-needs-network'));
      this.dispatchEvent(new Event('pin-unheard'));
    }
  }

  #complain(words) {
    this.querySelector('[role=alert]').textContent = words;
    this.querySelector('input').focus();
  }
}

customElements.define('pin-setting', PinSetting);
