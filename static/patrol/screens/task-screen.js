import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { lawfulWords, overWords, placeWords } from '../../shared/task-words.js';
import '../parts/shift-card.js';
import { ShiftCard } from '../parts/shift-card.js';
import '../parts/task-card.js';
import '../parts/visit-steps.js';
import '../parts/walk-hint.js';
import { Screen } from './screen.js';

/** The one thing to do now. */
export class TaskScreen extends Screen {
  #announced = '';

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<shift-card hidden></shift-card><task-card hidden></task-card>
      <visit-steps hidden></visit-steps>
      <section id="nothing" class="card stack" hidden><h1>${say('nothing-title')}</h1><p>${say('nothing-words')}</p>
        <walk-hint hidden></walk-hint></section>`);
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail));
    const { work } = this.hand;
    on('shift-start', () => work.startShift(this.hand.day.shift));
    on('shift-state', ({ state }) => work.setState(this.hand.day.shift, state));
    on('look-again', () => this.hand.refresh());
    on('accept', ({ task }) => work.accept(task));
    on('arrive', ({ task }) => work.arrive(task));
    on('decline', ({ task, reason }) => this.#undoable(work.decline(task, reason), say('undo-declined')));
    on('unsafe', () => this.#unsafe());
    on('sighting', (seen) => this.#sight(seen));
    on('outcome', (said) => this.#close(said));
    this.every(1000, () => this.#tick());
  }

  /** The one that is open here. */
  get task() {
    return this.hand.day.task;
  }

  show() {
    const { day } = this.hand;
    const { shift, task } = day;
    const resting = ShiftCard.wanted(shift);
    this.#only(resting && !task && 'shift-card', task && 'task-card', task?.state === 'arrived' && 'visit-steps', !resting && !task && '#nothing');
    if (resting) this.querySelector('shift-card').shift = shift;
    if (task) this.#showTask(task);
    this.querySelector('walk-hint').walk = day.walk;
    this.#announce(task);
  }

  #only(...names) {
    for (const part of this.children) part.hidden = !names.some((name) => name && part.matches(name));
  }

  #showTask(task) {
    this.querySelector('task-card').task = task;
    if (task.state !== 'arrived') return;
    const visit = this.querySelector('visit-steps');
    visit.outcomes = this.#outcomesOf(task);
    visit.open(task, this.hand);
  }

  /** How a visit to this task may end; at a patrol, that nothing was found comes first. */
  #outcomesOf({ patrol, found }) {
    const cause = patrol ? 'patrol' : found ? 'found' : 'stay';
    const fitting = this.hand.day.outcomes.filter(({ causes }) => causes.includes(cause));
    return patrol ? fitting.sort((one, other) => one.causes.length - other.causes.length) : fitting;
  }

  #tick() {
    if (!this.task) return;
    this.querySelector('task-card').tick();
    this.#announce(this.task);
  }

  /** Read out what has changed, once; the clocks themselves stay silent. */
  #announce(task) {
    const lawful = task && lawfulWords(task, now(), zone());
    const mark = task ? `${task.id} ${task.state} ${lawful.kind}` : 'nothing';
    if (mark === this.#announced) return;
    this.#announced = mark;
    const words = task ? `${placeWords(task)}. ${overWords(task, now(), zone())}. ${lawful.words.split(' · ')[0]}.` : '';
    this.hand.announcer.textContent = words;
    document.title = task ? `${placeWords(task)} · OpenPatrol` : 'OpenPatrol';
  }

  async #undoable(kept, words) {
    const id = await kept;
    this.hand.undo.offer(words, () => this.hand.outbox.undo(id));
  }

  /** Before arrival it is a reason not to go, afterwards it is how the visit ended. */
  #unsafe() {
    const { work } = this.hand;
    const kept = this.task.state === 'arrived'
      ? work.outcome(this.task, { outcome: 'unsafe' }, { undoFor: 8_000 })
      : work.decline(this.task, 'unsafe');
    return this.#undoable(kept, say('undo-unsafe'));
  }

  async #sight(seen) {
    const { task } = this;
    await this.hand.work.sighting(task, seen);
    this.querySelector('visit-steps').sighted(task.id);
    this.hand.notice.say(say('recorded'));
  }

  async #close(said) {
    await this.hand.work.outcome(this.task, said);
    this.hand.notice.say(say('recorded-closed'));
    document.querySelector('main').focus();
  }
}

customElements.define('task-screen', TaskScreen);
export default TaskScreen;
