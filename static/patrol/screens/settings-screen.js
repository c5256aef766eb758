import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import '../parts/position-line.js';
import '../parts/push-setting.js';
import { Screen } from './screen.js';

/** This phone: its messages, its position, and who has it. */
export class SettingsScreen extends Screen {
  draw() {
    this.replaceChildren(html`<section class="card stack"><h1>${say('settings-title')}</h1>
      <position-line></position-line><push-setting></push-setting>
      <button type="button" id="sign-out">${say('sign-out')}</button></section>`);
    this.querySelector('#sign-out').addEventListener('click', () => {
      this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true }));
    });
  }

  show() {
    this.querySelector('position-line').state = this.hand.positions.state;
    if (this.hand.day.me) this.querySelector('push-setting').pushKey = this.hand.day.me.push_key;
  }
}

customElements.define('settings-screen', SettingsScreen);
export default SettingsScreen;
