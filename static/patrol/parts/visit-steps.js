import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { canComeBack, stageOf, standing } from '../looks.js';
import { PHOTO } from '../store/order.js';
import { unrecorded } from '../unrecorded.js';
import './looks-list.js';
import './notice-step.js';
import './outcome-form.js';
import './sighting-form.js';
import './visit-clock.js';

/**
 * What there is to do at the car, one thing after the other: look, wait, begin a notice, say how it ended. Passes on
 * `sighting`, `misread`, `addendum`, `undoable`, `preparation`, `come-back`, `papered`, `outcome`, `unsafe`.
 */
export class VisitSteps extends HTMLElement {
  #id = null;
  #looked = null;
  #task = null;
  #hand = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.replaceChildren(html`
      <section class="card stack" aria-labelledby="visit-look">
        <h2 id="visit-look" tabindex="-1"></h2>
        <visit-clock></visit-clock>
        <looks-list></looks-list>
        <button type="button" value="come-back">${say('come-back')}</button>
        <details class="look"><summary class="button">${say('look-another')}</summary></details>
        <sighting-form></sighting-form>
      </section>
      <section class="card stack notice-part" aria-labelledby="visit-notice">
        <h2 id="visit-notice" tabindex="-1">${say('notice-title')}</h2><notice-step></notice-step></section>
      <section class="card stack" aria-labelledby="visit-end">
        <h2 id="visit-end">${say('end-title')}</h2>
        <outcome-form></outcome-form>
        <p class="another small muted" hidden><a>${say('another-contravention')}</a> ${say('another-beside')}</p>
      </section>`);
    this.querySelector('[value=come-back]').addEventListener('click', () => this.#tell('come-back'));
    this.querySelector('.look').addEventListener('toggle', () => this.tick());
  }

  /** Turn to a task in this officer's hand; again whenever anything of it has changed. */
  open(task, hand) {
    [this.#task, this.#hand] = [task, hand];
    const looks = this.#looks;
    if (task.id !== this.#id || markOf(looks) !== this.#looked) this.#begin(task, looks);
    this.#showLooks(looks);
    const begun = Boolean(task.assignment?.preparation_began_at);
    this.querySelector('outcome-form').show(hand.day.outcomesOf(task), { looked: looks.length > 0, begun });
    this.#offerAnother(task);
    this.tick();
  }

  /** Who was sent by a sensor may see something else: that is raised beside it. */
  #offerAnother({ found, patrol, bay }) {
    this.querySelector('.another').hidden = Boolean(found || patrol || bay.spot);
    this.querySelector('.another a').href = `#found/new/${bay.id}`;
  }

  /** To what comes next, after something was recorded. */
  goOn() {
    const notice = this.querySelector('.notice-part .lacking').hidden;
    this.querySelector(notice ? '#visit-notice' : '#visit-look').focus();
  }

  /** What was filled in and not recorded, as a look { seen, photos }; null where there is nothing. See unrecorded.js. */
  async unrecorded(how) {
    await this.querySelector('sighting-form').settled();
    return unrecorded(await this.draft.load(), this.#looks, how);
  }

  /** Where the look at this car is kept while it is filled in, and until the next one is begun. */
  get draft() {
    return this.#hand.kept.draft(`sighting ${this.#task.id}`);
  }

  tick() {
    if (!this.#task) return;
    const [task, looks] = [this.#task, this.#looks];
    const told = stageOf(task, looks, this.#officer, now());
    const plate = lastRead(looks)?.plate ?? null;
    this.querySelector('visit-clock').told = told;
    this.querySelector('notice-step').show(task, told, plate, this.#hand.kept.draft(`notice ${task.id}`));
    this.querySelector('#visit-look').textContent = titleOf(told);
    this.#arrange(task, told);
  }

  /** One thing is open at a time: another look only where it is due, or asked for. */
  #arrange(task, told) {
    const due = told.stage === 'look';
    const more = this.querySelector('.look');
    more.hidden = due;
    this.querySelector('sighting-form').hidden = !due && !more.open;
    this.querySelector('[value=come-back]').hidden = !canComeBack(task, told);
    this.querySelector('.notice-part').hidden = told.own === 0 && told.stage !== 'serve';
  }

  get #looks() {
    return this.#hand.day.looksAt(this.#task);
  }

  get #officer() {
    return this.#hand.day.me.person.id;
  }

  #begin(task, looks) {
    const { kept, photos, positions } = this.#hand;
    if (task.id !== this.#id) this.querySelector('outcome-form').begin(kept.draft(`outcome ${task.id}`));
    [this.#id, this.#looked] = [task.id, markOf(looks)];
    const form = this.querySelector('sighting-form');
    const [draft, recorded] = [this.draft, new Set(looks.map(({ id }) => id))];
    if (form.holds(draft, recorded)) return;
    this.querySelector('.look').open = false;
    form.begin({ task, draft, before: lastRead(looks), recorded, store: photos, place: () => positions.place() });
  }

  #showLooks(looks) {
    const list = this.querySelector('looks-list');
    list.kept = this.#hand.kept;
    list.correctable = true;
    list.show(looks, (id) => this.#photosWaiting(id));
  }

  #photosWaiting(look) {
    return this.#hand.outbox.steps.filter(({ kind, about }) => kind === PHOTO && about.sighting === look).length;
  }

  #tell(type) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

/** The look that read the plate last, and read it right. */
function lastRead(looks) {
  return standing(looks).findLast((look) => look.plate) ?? null;
}

/** Which looks there are, and which of them count. */
function markOf(looks) {
  return looks.map(({ id, misread_at: misread }) => `${id} ${Boolean(misread)}`).join();
}

function titleOf({ stage, own }) {
  if (stage === 'look') return own ? say('look-title-next', { number: own + 1 }) : say('look-title');
  return say(stage === 'wait' ? 'look-title-wait' : 'look-title-done');
}

customElements.define('visit-steps', VisitSteps);
