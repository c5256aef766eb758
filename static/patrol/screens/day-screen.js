import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import '../parts/shift-card.js';
import { Screen } from './screen.js';

const STATES = ['available', 'break', 'with_public', 'incident'];

/** How the shift stands, and what can be changed. */
export class DayScreen extends Screen {
  draw() {
    this.replaceChildren(html`<section class="card stack"><h1>${say('day-title')}</h1><div class="menu stack"></div></section>
      <p><a class="button" href="#settings">${say('settings-title')}</a></p>`);
    this.addEventListener('click', (event) => this.#choose(event.target.closest('button')));
  }

  show() {
    const { shift, onShift } = this.hand.day;
    this.querySelector('.menu').replaceChildren(onShift
      ? html`${STATES.filter((state) => state !== shift.state).map((state) => html`<button type="button" value="${state}">
          ${say(`shift-to-${state.replace('_', '-')}`)}</button>`)}
        <button type="button" class="grave" value="end">${say('shift-end')}</button>`
      : html`<p>${say('shift-not-on')}</p>`);
  }

  async #choose(button) {
    if (!button) return;
    const { work, day, undo, outbox } = this.hand;
    if (button.value !== 'end') await work.setState(day.shift, button.value);
    else {
      const words = say(day.task ? 'undo-end-with-task' : 'undo-end');
      const id = await work.endShift(day.shift);
      undo.offer(words, () => outbox.undo(id));
    }
    location.hash = 'task';
  }
}

customElements.define('day-screen', DayScreen);
export default DayScreen;
