import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { CHOICES, choose, setting } from '../settings.js';

/** One setting of the phone, by its `name`: its choices side by side. It takes effect with the tap. */
export class ChoiceSetting extends HTMLElement {
  connectedCallback() {
    const name = this.getAttribute('name');
    const chosen = setting(name);
    this.replaceChildren(html`<fieldset><legend>${say(`set-${name}`)}</legend><div class="chips">${CHOICES[name].map((value) => html`
      <label class="chip"><input type="radio" name="${name}" value="${value}"><span>${say(`set-${name}-${value}`)}</span></label>`)}
    </div></fieldset>`);
    this.querySelector(`[value="${chosen}"]`).checked = true;
    this.addEventListener('change', ({ target }) => choose(name, target.value));
  }
}

customElements.define('choice-setting', ChoiceSetting);
