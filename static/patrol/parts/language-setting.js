import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { sayLanguage } from '../language.js';
import { chooseLanguage, chosenLanguage, languages } from '../settings.js';

/** Which language the page, and the messages to its officer, speak. The page is loaded anew; what was typed stays. */
export class LanguageSetting extends HTMLElement {
  connectedCallback() {
    this.hidden = languages().length < 2;
    const chosen = chosenLanguage() ?? '';
    this.replaceChildren(html`<p class="tight"><label for="language">${say('set-language')}</label>
      <select id="language"><option value="">${say('set-language-phone')}</option>
      ${languages().map((each) => html`<option value="${each}" lang="${each}">${nameOf(each)}</option>`)}</select></p>`);
    this.querySelector('select').value = chosen;
    this.addEventListener('change', ({ target }) => this.#choose(target.value || null));
  }

  async #choose(language) {
    chooseLanguage(language);
    await sayLanguage(language);
    location.reload();
  }
}

/** "Cymraeg": each language in its own words. */
function nameOf(language) {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

customElements.define('language-setting', LanguageSetting);
