import { fieldErrors, post } from './api.js';
import { errorList } from './error-list.js';
import { html } from './html.js';

/** E-mail and password. Emits `signed-in`, its detail being who it is (as GET /me answers). */
export class SignInForm extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<form class="card stack" novalidate>
      <h1>Sign in</h1>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="email">E-mail</label>
        <input id="email" name="email" type="email" autocomplete="username" required></p>
      <p class="tight"><label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required></p>
      <button class="main">Sign in</button>
    </form>`);
    this.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#signIn(Object.fromEntries(new FormData(event.target)));
    });
  }

  async #signIn({ email, password }) {
    const button = this.querySelector('button');
    this.#complain(null);
    if (!email.trim() || !password) return this.#complain({ message: 'Give your e-mail and your password.', errors: [] });
    button.disabled = true;
    try {
      const me = await post('/sign-in', { email: email.trim(), password, device: this.getAttribute('device') });
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

/** What to do about it, in the words of someone at the door. */
function wordsFor(error) {
  if (error.status === 401) {
    return 'That e-mail and password do not go together. Check both, or ask your administrator for a new password.';
  }
  if (error.status === 429) return `Too many attempts. Try again in ${error.retryAfter ?? 60} seconds.`;
  return error.message;
}

customElements.define('sign-in-form', SignInForm);
