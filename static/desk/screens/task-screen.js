import { get, post, remove } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { coalesce } from '../../shared/coalesce.js';
import { html } from '../../shared/html.js';
import { shape } from '../../shared/shapes.js';
import { carState, placeWords, workWords } from '../../shared/task-words.js';
import '../../shared/undo-bar.js';
import { when } from '../../shared/words.js';
import '../parts/case-hold.js';
import '../parts/shifts/kept-list.js';
import '../parts/stay-clock.js';
import '../parts/stay-readings.js';
import '../parts/story-lines.js';
import { actOnTasks } from '../parts/task-acts.js';
import '../parts/task-facts.js';
import '../parts/task-looks.js';
import '../parts/task-steps.js';
import { journalLines } from '../story/journal.js';
import { messageLines } from '../story/messages.js';
import { offerLines } from '../story/offers.js';
import { outcomeLines } from '../story/outcome.js';
import { rightsLines } from '../story/rights.js';
import { Screen } from './screen.js';

const TICK = 5_000;
const LINES = { rights: rightsLines, offers: offerLines };
const LONG_LINES = { messages: messageLines, outcomes: outcomeLines, journal: journalLines };

/** The whole story of a task, from the first reading to the outcome: "#task/<id>". */
export class TaskScreen extends Screen {
  #story = null;
  #reload = coalesce(() => this.#load());

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<div class="row spread"><div class="tight"><h1>A task</h1><p class="car"></p></div>
        <p class="row"><a class="button" data-live>Show it live</a> <a class="button" data-pack download>Evidence pack</a></p></div>
      <div class="tale stack" hidden><stay-clock class="card stack"></stay-clock>
        <div class="halves">
          <div class="stack"><section class="card stack" aria-labelledby="what"><h2 id="what">What it is about</h2><task-facts></task-facts><task-steps></task-steps></section>
            ${lines('rights', 'Permits and payments')}${lines('offers', 'Who was asked, and why')}${lines('messages', 'Messages and receipts')}
            <stay-readings class="card"></stay-readings></div>
          <div class="stack">${lines('outcomes', 'How it ended')}<task-looks class="card stack"></task-looks>
            <section class="card stack left" aria-labelledby="left" hidden><h2 id="left">Left with you</h2><kept-list></kept-list></section>
            ${lines('journal', 'What has happened')}<case-hold class="card stack"></case-hold></div></div></div>
      <undo-bar></undo-bar>`);
    actOnTasks(this);
    this.addEventListener('task-give', ({ detail: { id, shift } }) => this.attempt(() => this.desk.give(id, shift), 'The officer is asked to go.'));
    this.addEventListener('kept-step', ({ detail }) => this.#step(detail));
    this.addEventListener('case-hold', ({ detail }) => this.#hold(detail.reason));
    this.addEventListener('case-lift', ({ detail }) => this.#lift(detail.reason));
    this.addEventListener('readings-more', () => this.attempt(() => this.querySelector('stay-readings').load()));
    this.desk.live.addEventListener('change', ({ detail }) => this.#heard(detail), { signal: this.left });
    this.every(TICK, () => this.show());
    this.moved();
  }

  /** The address names another task. */
  moved() {
    this.#story = null;
    this.querySelector('.tale').hidden = true;
    this.querySelector('[data-live]').href = `#live/${this.#id}`;
    this.querySelector('[data-pack]').href = `/api/v1/tasks/${this.#id}/evidence`;
    return this.#load();
  }

  show() {
    const story = this.#story;
    if (!story) return;
    const { outcomes, shifts } = this.desk;
    const car = carState(story.task, now());
    this.querySelector('h1').textContent = placeWords(story.task);
    this.querySelector('.car').replaceChildren(html`<span class="${car.tone}">${shape(car.shape)} ${car.word}</span> · ${workWords(story.task, outcomes)}`);
    this.querySelector('.tale').hidden = false;
    this.querySelector('stay-clock').show(story, { outcomes });
    this.querySelector('task-facts').show(story.task);
    this.querySelector('task-steps').show({ task: story.task, shifts });
    this.querySelector('task-looks').show(story);
    this.querySelector('case-hold').show({ hold: story.hold, on });
    this.querySelector('stay-readings').show({ task: this.#id, readings: story.readings, on });
    this.#showKept(story.kept);
    for (const [name, linesOf] of Object.entries(LINES)) this.querySelector(`[data-of=${name}]`).show(linesOf(story, on));
    for (const [name, linesOf] of Object.entries(LONG_LINES)) this.querySelector(`[data-of=${name}]`).show(linesOf(story, { on, outcomes, now: now() }));
  }

  get #id() {
    return this.place[0] ?? '';
  }

  #showKept(records) {
    this.querySelector('.left').hidden = records.length === 0;
    this.querySelector('kept-list').show({ records });
  }

  #load() {
    const id = this.#id;
    return this.attempt(async () => {
      const story = await get(`/tasks/${encodeURIComponent(id)}/story`);
      if (this.left.aborted || id !== this.#id) return;
      this.#story = story;
      this.show();
    });
  }

  /** Something was recorded of this task or of its stay, or of a message to somebody: that has no task. */
  #heard({ subject, subject_id: id, facts }) {
    if ([this.#id, this.#story?.stay?.id].includes(id) || facts?.task_id === this.#id || subject === 'message') this.#reload();
  }

  async #hold(reason) {
    if (await this.attempt(() => post(`/tasks/${this.#id}/hold`, { reason }), 'Nothing of this case is erased.')) await this.#load();
  }

  async #lift(reason) {
    if (!await this.attempt(() => remove(`/tasks/${this.#id}/hold`))) return;
    await this.#load();
    this.querySelector('undo-bar').offer('The hold is lifted.', () => this.#hold(reason));
  }

  async #step({ id, step }) {
    const done = step === 'take-up' ? 'It is left with you again.' : null;
    if (!await this.attempt(() => post(`/kept-records/${id}/${step}`), done)) return;
    await this.#load();
    if (step === 'put-away') this.querySelector('undo-bar').offer('It is put away.', () => this.#step({ id, step: 'take-up' }));
  }
}

function lines(name, heading) {
  return html`<story-lines class="card stack" data-of="${name}" data-heading="${heading}"></story-lines>`;
}

function on(time) {
  return when(time, now(), zone());
}

customElements.define('task-screen', TaskScreen);
export default TaskScreen;
