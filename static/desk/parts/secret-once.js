import { html } from '../../shared/html.js';

/** A secret that is shown this once: `show({ title, words, value })`. It is gone when it is put away. */
export class SecretOnce extends HTMLElement {
  connectedCallback() {
    this.hidden = true;
    this.addEventListener('click', ({ target }) => {
      if (target.closest('.copy')) this.#copy();
      if (target.closest('.away')) this.#putAway();
    });
  }

  show({ title, words, value }) {
    this.hidden = false;
    this.replaceChildren(html`<section class="card stack" aria-labelledby="secret-title"><h2 id="secret-title" tabindex="-1">${title}</h2>
      <p>${words} It is shown this once.</p>
      <p class="tight"><label for="secret">${title}</label><input id="secret" readonly value="${value}"></p>
      <p class="row"><button type="button" class="copy main">Copy</button><button type="button" class="away">I have it</button>
        <span role="status"></span></p></section>`);
    this.querySelector('h2').focus();
  }

  async #copy() {
    const field = this.querySelector('input');
    field.select();
    const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    this.querySelector('[role=status]').textContent = done ? 'Copied.' : 'Press Ctrl and C to copy it.';
  }

  #putAway() {
    this.replaceChildren();
    this.hidden = true;
  }
}

customElements.define('secret-once', SecretOnce);
