import { post } from '../shared/api.js';
import { errorList } from '../shared/error-list.js';
import { html } from '../shared/html.js';

const LEAST = 10;

/** Choose a password by an administrator's link; the link's secret stands behind the # and is never in a log. */
export class NewPassword extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(html`<form class="card stack" novalidate>
      <h1>Choose a password</h1>
      <div class="errors" role="alert" hidden></div>
      <p class="tight"><label for="password">New password</label>
        <input id="password" type="password" autocomplete="new-password" aria-describedby="rule" required></p>
      <p id="rule" class="muted">At least ${LEAST} characters. A few words in a row are easy to keep in mind.</p>
      <p class="tight"><label for="again">The same again</label>
        <input id="again" type="password" autocomplete="new-password" required></p>
      <button class="main">Save</button>
    </form>`);
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save(this.querySelector('#password').value, this.querySelector('#again').value);
    });
  }

  async #save(password, again) {
    if (password.length < LEAST) return this.#complain({ message: `Use at least ${LEAST} characters.`, errors: [] });
    if (password !== again) return this.#complain({ message: 'The two are not the same. Type them again.', errors: [] });
    try {
      await post('/password', { token: location.hash.slice(1), password });
    } catch (error) {
      return this.#complain(error);
    }
    history.replaceState(null, '', location.pathname);
    this.replaceChildren(html`<section class="card stack" role="status"><h1>Saved</h1>
      <p>Sign in with it from now on.</p>
      <a class="button main" href="/patrol/">To the patrol</a> <a class="button" href="/desk/">To the desk</a></section>`);
  }

  #complain(error) {
    const place = this.querySelector('.errors');
    place.hidden = false;
    place.replaceChildren(errorList(error));
    this.querySelector('#password').focus();
  }
}

customElements.define('new-password', NewPassword);
