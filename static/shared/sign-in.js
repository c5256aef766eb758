import { fieldErrors, newId, post } from './api.js';
import { errorList } from './error-list.js';
import { html } from './html.js';
import { say } from './say.js';

const PHONE = 'openpatrol-phone-id';

/** E-mail and password. Emits `signed-in`, its detail being who it is (as GET /me answers). */
export class SignInForm extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="card stack" novalidate>
      <h1>${say('sign-in')}</h1>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="email">${say('sign-in-email')}</label>
        <input id="email" name="email" type="email" autocomplete="username" required></p>
      <p class="tight"><label for="password">${say('sign-in-password')}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required></p>
      <button class="main">${say('sign-in')}</button>
    </form>`);
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#signIn(Object.fromEntries(new FormData(event.target)));
    });
  }

  async #signIn({ email, password }) {
    const button = this.querySelector('button');
    this.#complain(null);
    if (!email.trim() || !password) return this.#complain({ message: say('sign-in-empty'), errors: [] });
    button.disabled = true;
    try {
      const device = this.getAttribute('device');
      const me = await post('/sign-in', { email: email.trim(), password, device, ...(device === 'patrol' && { phone_id: phoneId() }) });
      this.querySelector('form').reset();
      this.dispatchEvent(new CustomEvent('signed-in', { detail: me, bubbles: true }));
    } catch (error) {
      this.#complain(error);
    } finally {
      button.disabled = false;
    }
  }

  #complain(error) {
    const place = this.querySelector('.errors');
    place.hidden = error === null;
    if (error === null) return;
    place.replaceChildren(errorList(error, wordsFor(error)));
    const [field] = Object.keys(error.errors.length ? fieldErrors(error) : {});
    (this.querySelector(`[name="${CSS.escape(field ?? '')}"]`) ?? this.querySelector('#email')).focus();
  }
}

/** By this a phone that was lost is known again, whoever signs in on it. */
function phoneId() {
  const id = localStorage.getItem(PHONE) ?? newId();
  localStorage.setItem(PHONE, id);
  return id;
}

/** What to do about it, in the words of someone at the door; null where the server says it best. */
function wordsFor(error) {
  if (error.status === 401) {
    return say('sign-in-wrong');
  }
  if (error.status === 429) return say('sign-in-too-often', { seconds: error.retryAfter ?? 60 });
  return null;
}

customElements.define('sign-in-form', SignInForm);
