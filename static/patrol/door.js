/** Before the phone is somebody's: signing in, a PIN, or why the page can't open. */

import { html } from '../shared/html.js';
import { say } from '../shared/say.js';
import '../shared/sign-in.js';
import './parts/pin-form.js';

export class Door {
  #main;
  #session;

  constructor(main, session) {
    this.#main = main;
    this.#session = session;
  }

  /** Sign in; `unsent` steps of whoever just left wait here. Where the server is away, `again` tries anew. */
  async ask(error, again, unsent = 0) {
    if (error && error.status !== 401) return this.#trouble(error, again);
    const ofOthers = await this.#session.ofOthers();
    this.#show(html`<sign-in-form device="patrol"></sign-in-form>
      ${ofOthers > 0 && html`<p class="notice" role="status">${say(unsent ? 'door-unsent' : 'door-unsent-others', { steps: ofOthers })}</p>`}`);
  }

  askPin() {
    this.#show(html`<pin-form></pin-form>`);
    const form = this.#main.querySelector('pin-form');
    form.session = this.#session;
  }

  sendToDesk({ person }) {
    this.#show(html`<section class="card stack"><h1>${say('door-not-officer')}</h1>
      <p>${say('door-signed-in-as', { name: person.name })}</p>
      <a class="button main" href="/desk/">${say('door-to-desk')}</a></section>`);
  }

  #trouble(error, again) {
    this.#show(html`<section class="card stack"><h1>${say('door-trouble')}</h1><p>${error.message}</p>
      <button type="button" class="main">${say('try-again')}</button></section>`);
    this.#main.querySelector('button').addEventListener('click', again, { once: true });
  }

  #show(content) {
    this.#main.replaceChildren(content);
  }
}
