import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import '../parts/choice-setting.js';
import '../parts/install-help.js';
import '../parts/language-setting.js';
import '../parts/pin-setting.js';
import '../parts/position-line.js';
import '../parts/push-setting.js';
import '../parts/storage-line.js';
import { night } from '../settings.js';
import { SIGNALS, signal } from '../signals.js';
import { Screen } from './screen.js';

/** This phone in its officer's own way, and who has it. */
export class SettingsScreen extends Screen {
  draw() {
    this.replaceChildren(html`<h1>${say('settings-title')}</h1>
      ${group('looks', html`<choice-setting name="text"></choice-setting><choice-setting name="theme"></choice-setting>
        <p class="muted" id="night"></p><choice-setting name="contrast"></choice-setting>
        <choice-setting name="motion"></choice-setting><language-setting></language-setting>`)}
      ${group('signals', html`<push-setting></push-setting><position-line></position-line>
        <choice-setting name="vibration"></choice-setting><choice-setting name="sound"></choice-setting>
        <p>${say('set-try')}</p><div class="pair">${Object.keys(SIGNALS).map((name) => html`
          <button type="button" value="${name}">${say(`signal-${name}`)}</button>`)}</div>
        <choice-setting name="awake"></choice-setting><p class="muted">${say('set-awake-hint')}</p>`)}
      ${group('safety', html`<choice-setting name="sos"></choice-setting><p>${say('sos-limits')}</p>`)}
      ${group('lock', html`<pin-setting></pin-setting><choice-setting name="lock"></choice-setting>
        <p class="muted">${say('pin-limits')}</p><p>${say('lost-phone')}</p>`)}
      ${group('install', html`<install-help></install-help>`)}
      ${group('app', html`<storage-line></storage-line>`)}
      <section class="card stack"><p class="muted" id="unsent"></p>
        <button type="button" id="sign-out">${say('sign-out')}</button></section>`);
    this.querySelector('pin-setting').session = this.hand.session;
    this.querySelector('#sign-out').addEventListener('click', () => this.#signOut());
    this.addEventListener('click', ({ target }) => target.closest('button')?.value in SIGNALS && signal(target.closest('button').value));
    addEventListener('openpatrol-settings', () => this.show(), { signal: this.left });
  }

  show() {
    const { positions, day, outbox } = this.hand;
    this.querySelector('position-line').state = positions.state;
    if (day.me) this.querySelector('push-setting').pushKey = day.me.push_key;
    this.querySelector('#night').textContent = nightWords();
    this.querySelector('#unsent').textContent = say('sign-out-unsent', { steps: outbox.steps.length });
  }

  #signOut() {
    this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true }));
  }
}

function group(name, parts) {
  return html`<details class="card group" name="settings"><summary class="bare"><h2>${say(`set-group-${name}`)}</h2></summary>
    <div class="stack">${parts}</div></details>`;
}

function nightWords() {
  const known = night();
  return known ? say('set-night', { from: wallTime(known.from), to: wallTime(known.to) }) : say('set-night-unknown');
}

/** "16:05", of minutes of the day */
function wallTime(minutes) {
  return [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0')).join(':');
}

customElements.define('settings-screen', SettingsScreen);
export default SettingsScreen;
