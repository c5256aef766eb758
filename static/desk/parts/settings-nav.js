import { html } from '../../shared/html.js';

const PAGES = [
  ['settings', 'Policy'],
  ['hours', 'Restrictions and hours'],
  ['rights', 'Permits and payments'],
  ['people', 'People'],
  ['keys', 'Keys', ['administrator']],
  ['audit', 'Audit log'],
];

/** The pages of the settings. `show(role)`: those that this role may see. */
export class SettingsNav extends HTMLElement {
  show(role) {
    if (this.dataset.role === role) return;
    this.dataset.role = role;
    const here = location.hash.slice(1).split('/')[0];
    const pages = PAGES.filter(([, , roles]) => !roles || roles.includes(role));
    this.replaceChildren(html`<nav aria-label="Settings"><ul>${pages.map(([name, words]) => html`<li><a href="#${name}">${words}</a></li>`)}</ul></nav>`);
    this.querySelector(`a[href="#${here}"]`)?.setAttribute('aria-current', 'page');
  }
}

customElements.define('settings-nav', SettingsNav);
