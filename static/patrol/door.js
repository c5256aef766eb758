/** Before the phone is somebody's: signing in, a PIN, or why the page can't open. */

import { html } from '../shared/html.js';
import { quoted } from '../shared/quoted.js';
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
    const [all, pin] = await Promise.all([this.#session.ofOthers(), this.#session.hasPin()]);
    this.#show(html`${unsent > 0 && waiting('door-unsent', unsent)}<sign-in-form device="patrol"></sign-in-form>
      ${pin && html`<p><button type="button" class="back">${say('pin-back', { name: this.#session.last.name })}</button></p>`}
      ${all > unsent && waiting('door-unsent-others', all - unsent)}`);
    this.#main.querySelector('.back')?.addEventListener('click', () => tell(this.#main, 'pin-instead'));
  }

  askPin() {
    this.#show(html`<pin-form></pin-form>`);
    const form = this.#main.querySelector('pin-form');
    form.session = this.#session;
  }

  /** The council wants a PIN: resolves when there is one, or when its officer goes on because none can be set just now. */
  async choosePin() {
    if (!(await import('./parts/pin-setting.js').catch(() => null))) return;
    this.#show(html`<section class="card stack"><h1>${say('pin-wanted')}</h1><p>${say('pin-wanted-words')}</p>
      <pin-setting></pin-setting><button type="button" value="later" hidden>${say('pin-later')}</button></section>`);
    const [setting, later] = ['pin-setting', '[value=later]'].map((each) => this.#main.querySelector(each));
    setting.session = this.#session;
    setting.addEventListener('pin-unheard', () => { later.hidden = false; });
    await new Promise((resolve) => {
      setting.addEventListener('pin-kept', resolve);
      later.addEventListener('click', resolve);
    });
  }

  /** Signing out takes a while on a weak line. */
  leaving() {
    this.#show(html`<section class="card stack"><h1>${say('sign-out-going')}</h1><p role="status">${say('sign-out-going-words')}</p></section>`);
  }

  /** The server can't be told of a sign-out: what would follow, and what to do instead. */
  unheard({ hasPin, stay, leave }) {
    this.#show(html`<section class="card stack" role="alert"><h1>${say('sign-out-unheard')}</h1><p>${say('sign-out-unheard-words')}</p>
      <p>${say(hasPin ? 'sign-out-unheard-pin' : 'sign-out-unheard-no-pin')}</p>
      <button type="button" class="main" value="stay">${say(hasPin ? 'pin-lock-now' : 'sign-out-stay')}</button>
      <button type="button" class="grave wide" value="leave">${say('sign-out-anyway')}</button></section>`);
    const on = (value, run) => this.#main.querySelector(`[value=${value}]`).addEventListener('click', run, { once: true });
    on('stay', stay);
    on('leave', leave);
    this.#main.querySelector('[value=stay]').focus();
  }

  sendToDesk({ person }) {
    this.#show(html`<section class="card stack"><h1>${say('door-not-officer')}</h1>
      <p>${say('door-signed-in-as', { name: person.name })}</p>
      <a class="button main" href="/desk/">${say('door-to-desk')}</a></section>`);
  }

  #trouble(error, again) {
    this.#show(html`<section class="card stack"><h1>${say('door-trouble')}</h1><p>${quoted(error.message)}</p>
      <button type="button" class="main">${say('try-again')}</button></section>`);
    this.#main.querySelector('button').addEventListener('click', again, { once: true });
  }

  #show(content) {
    this.#main.replaceChildren(content);
  }
}

function waiting(name, steps) {
  return html`<p class="notice" role="status">${say(name, { steps })}</p>`;
}

function tell(element, type) {
  element.dispatchEvent(new CustomEvent(type, { bubbles: true }));
}
