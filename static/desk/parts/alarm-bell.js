import { html } from '../../shared/html.js';
import { alarmPush, makeSure, turnOff, turnOn } from '../alarm-push.js';

const WORDS = { off: 'Alert me on this computer when the desk is closed', on: 'Alerts are on here: turn off' };

/** Whether alarms are shown on this computer while nobody looks at the desk. Emits `bell-failed` {error}. */
export class AlarmBell extends HTMLElement {
  #person = null;
  #busy = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`<button type="button" hidden></button><span class="muted small" hidden>This browser’s settings block alerts</span>`);
    this.querySelector('button').addEventListener('click', () => this.#turn());
  }

  /** Whose desk it is: what was turned on for another person is not theirs. */
  show({ person }) {
    if (this.#person === person.id) return;
    this.#person = person.id;
    this.#draw();
    this.#attempt(() => makeSure(person.id));
  }

  #turn() {
    const on = alarmPush(this.#person) === 'on';
    return this.#attempt(() => (on ? turnOff() : turnOn(this.#person)));
  }

  async #attempt(run) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await run();
    } catch (error) {
      this.dispatchEvent(new CustomEvent('bell-failed', { detail: { error }, bubbles: true }));
    } finally {
      this.#busy = false;
      this.#draw();
    }
  }

  #draw() {
    const state = alarmPush(this.#person);
    const button = this.querySelector('button');
    button.hidden = !(state in WORDS);
    button.textContent = WORDS[state] ?? '';
    this.querySelector('span').hidden = state !== 'blocked';
  }
}

customElements.define('alarm-bell', AlarmBell);
