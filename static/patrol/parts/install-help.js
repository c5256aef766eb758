import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { install, installWay, noteSeen, wasSeen } from '../install.js';
import { icon } from './icons.js';

/** How the app is put on this phone's home screen. With `once` it is shown until it was seen, and can be put away. */
export class InstallHelp extends HTMLElement {
  #left = new AbortController();

  connectedCallback() {
    addEventListener('openpatrol-installable', () => this.#show(), { signal: this.#left.signal });
    this.addEventListener('click', ({ target }) => this.#do(target.closest('button')?.value));
    this.#show();
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  get #once() {
    return this.hasAttribute('once');
  }

  #show() {
    const way = installWay();
    this.hidden = this.#once && (wasSeen() || ['installed', 'other'].includes(way));
    this.replaceChildren(html`<div class="stack ${this.#once ? 'card' : ''}">
      ${this.#once && html`<h2>${say('install-title')}</h2>`}<p>${say('install-why')}</p>
      ${way === 'apple' && html`<ol class="stack"><li>${icon('share')} ${say('install-apple-share')}</li>
        <li>${icon('add')} ${say('install-apple-add')}</li><li>${say('install-apple-open')}</li></ol>`}
      ${way === 'android' && html`<p>${icon('dots')} ${say('install-android')}</p>`}
      ${way === 'other' && html`<p>${say('install-other')}</p>`}
      ${way === 'installed' && html`<p class="fine">${say('install-done')}</p>`}
      ${way === 'offered' && html`<button type="button" class="main" value="install">${say('install-now')}</button>`}
      ${this.#once && html`<button type="button" value="later">${say('install-later')}</button>`}</div>`);
  }

  async #do(step) {
    if (step === 'install') await install();
    if (step) noteSeen();
    if (step) this.#show();
  }
}

customElements.define('install-help', InstallHelp);
