import { getAll, post } from '../../../shared/api.js';
import { coalesce } from '../../../shared/coalesce.js';
import { html } from '../../../shared/html.js';
import '../../../shared/undo-bar.js';
import '../../parts/shifts/kept-list.js';
import { Screen } from '../screen.js';

/** "Left with you": what officers recorded and could not be taken, what can be done about it, and that it was done. */
export class KeptPage extends Screen {
  #records = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h2 tabindex="-1">Left with you</h2>
      <p>What officers recorded, and what could not be taken because it came too late or did not fit. Nothing of it is lost;
        it is kept as long as your council keeps visits.</p>
      <p><label class="choice"><input type="checkbox" name="put-away"> Show also what was dealt with</label></p>
      <p class="none muted" hidden>Nothing is left with you. What phones could not hand in will stand here.</p>
      <kept-list></kept-list><undo-bar></undo-bar>`);
    const reload = coalesce(() => this.#load());
    this.onJournal(['record', 'photo'], reload);
    this.querySelector('[name=put-away]').addEventListener('change', reload);
    this.addEventListener('kept-step', ({ detail }) => this.#step(detail));
    this.#load();
  }

  #load() {
    return this.attempt(async () => {
      this.#records = await getAll('/kept-records', { put_away: this.querySelector('[name=put-away]').checked });
      this.show();
    });
  }

  show() {
    if (!this.#records) return;
    this.querySelector('.none').hidden = this.#records.length > 0;
    this.querySelector('kept-list').show({ records: this.#records, linked: true });
  }

  async #step({ id, step }) {
    const done = step === 'take-up' ? 'It is left with you again.' : null;
    if (!await this.attempt(() => post(`/kept-records/${id}/${step}`), done)) return;
    await this.#load();
    if (step === 'put-away') this.querySelector('undo-bar').offer('It is put away.', () => this.#step({ id, step: 'take-up' }));
    if (!this.contains(document.activeElement)) this.querySelector('h2').focus();
  }
}

customElements.define('kept-page', KeptPage);
export default KeptPage;
