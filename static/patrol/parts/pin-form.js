import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { WrongPin } from '../store/vault.js';

/** Asks the one who had the phone last for their PIN. Emits `unlocked` with what is theirs, `shut` after the last wrong one, or `sign-in-instead`. */
export class PinForm extends HTMLElement {
  #session;

  set session(session) {
    this.#session = session;
    this.replaceChildren(html`<form class="card stack" novalidate>
      <h1>${say('pin-title', { name: session.last.name })}</h1>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="pin">${say('pin-label')}</label>
        <input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8"></p>
      <button class="main">${say('pin-open')}</button>
      <button type="button" value="other">${say('pin-other')}</button>
    </form>`);
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#try(this.querySelector('input').value);
    });
    this.querySelector('[value=other]').addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('sign-in-instead', { bubbles: true }));
    });
    this.querySelector('input').focus();
  }

  async #try(pin) {
    const button = this.querySelector('.main');
    button.disabled = true; // opening takes a while
    try {
      const detail = await this.#session.unlock(pin);
      this.dispatchEvent(new CustomEvent('unlocked', { detail, bubbles: true }));
    } catch (error) {
      if (!(error instanceof WrongPin)) throw error;
      this.#refuse(error.left);
    } finally {
      button.disabled = false;
    }
  }

  #refuse(left) {
    const place = this.querySelector('.errors');
    place.hidden = false;
    place.replaceChildren(html`<p class="now">${say('pin-wrong', { left })}</p>`);
    const input = this.querySelector('input');
    input.value = '';
    if (left > 0) return input.focus();
    this.dispatchEvent(new CustomEvent('shut', { bubbles: true }));
    input.closest('p').remove();
    this.querySelector('.main').remove();
    const other = this.querySelector('[value=other]');
    other.textContent = say('sign-in');
    return other.focus();
  }
}

customElements.define('pin-form', PinForm);
