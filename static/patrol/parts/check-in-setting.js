import { put } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';

const MINUTES = [60, 45, 30, 20, 15, 10, 5];

/** How often a sign of life is asked for; an officer may ask for it, and for more of it. Set `hand`. */
export class CheckInSetting extends HTMLElement {
  #hand;
  #mark;

  connectedCallback() {
    this.addEventListener('change', ({ target }) => this.#ask(Number(target.value)));
  }

  set hand(hand) {
    this.#hand = hand;
    this.show();
  }

  show() {
    const { shift, onShift } = this.#hand.day;
    const present = shift?.check_in_minutes ?? null;
    this.hidden = !onShift;
    if (this.hidden || this.#mark === present) return;
    this.#mark = present;
    const more = MINUTES.filter((minutes) => present === null || minutes < present);
    this.replaceChildren(html`<p class="tight"><label for="check-ins">${say('check-ins')}</label>
      <select id="check-ins" aria-describedby="check-ins-rule"><option value="">${present ? say('check-ins-every', { minutes: present }) : say('check-ins-none')}</option>
      ${more.map((minutes) => html`<option value="${minutes}">${say('check-ins-every', { minutes })}</option>`)}</select></p>
      <p id="check-ins-rule" class="muted" role="status">${say('check-ins-rule')}</p>`);
  }

  async #ask(minutes) {
    if (!minutes) return;
    try {
      this.#hand.day.takeShift(await put(`/shifts/${this.#hand.day.shift.id}/check-ins`, { minutes }));
      this.#mark = undefined;
      this.show();
    } catch (error) {
      if (error.status === undefined) throw error;
      this.querySelector('[role=status]').textContent = error.passing ? say('check-ins-needs-network') : error.message;
    }
  }
}

customElements.define('check-in-setting', CheckInSetting);
