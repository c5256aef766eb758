import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { lawfulWords, overWords, placeWords } from '../../shared/task-words.js';
import { UNDO_FOR } from '../../shared/undo.js';
import { endedWords } from '../endings.js';
import '../parts/shift-card.js';
import { ShiftCard } from '../parts/shift-card.js';
import '../parts/task-card.js';
import '../parts/task-switch.js';
import '../parts/walk-hint.js';
import { Screen } from './screen.js';

const VISIT = 'visit-steps'; // what one does at the car: asked for as soon as there is a task, needed on arrival
const OF_THE_END = ['outcome', 'notice']; // what is typed about how a visit ended
const WAY = 'way-map'; // comes after all that is needed

/** The one thing to do now; of several in hand, the one that the address names ("#task/<id>"). */
export class TaskScreen extends Screen {
  #announced = '';
  #visit = null;
  #way = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<task-switch hidden></task-switch><shift-card hidden></shift-card><task-card hidden></task-card>
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
    on('sighting', ({ seen, photos }) => this.#record(work.sighting(this.task, seen, photos), say('look-recorded')));
    on('addendum', ({ sighting, text, draft }) => this.#record(work.addendum(this.task, sighting, text).then(() => draft.clear()), say('recorded')));
    on('preparation', () => this.#record(work.prepare(this.task), say('notice-now-begun')));
    on('come-back', () => this.#undoable(work.lookAgain(this.task), say('undo-come-back')));
    on('outcome', (said) => this.#close(said));
    on('papered', ({ details }) => this.#undoable(this.#ended(work.papered(this.task, details, { undoFor: UNDO_FOR })), say('undo-papered')));
    this.every(1000, () => this.#tick());
  }

  /** The one that is open here. */
  get task() {
    const { tasks, task, observations } = this.hand.day;
    const [, id] = location.hash.slice(1).split('/');
    return tasks.find((each) => each.id === id) ?? task ?? observations[0] ?? null;
  }

  show() {
    const { day } = this.hand;
    const { task } = this;
    const resting = ShiftCard.wanted(day.shift);
    const visiting = task?.state === 'arrived';
    this.#only(resting && !task && 'shift-card', day.tasks.length > 1 && 'task-switch', task && 'task-card',
      visiting && 'visit-steps', !resting && !task && '#nothing');
    if (resting) this.querySelector('shift-card').shift = day.latestShift;
    if (task) this.#showTask(task, visiting);
    this.querySelector('walk-hint').walk = day.walk;
    this.#announce(task);
  }

  #only(...names) {
    for (const part of this.children) part.hidden = !names.some((name) => name && part.matches(name));
  }

  #showTask(task, visiting) {
    const card = this.querySelector('task-card');
    card.place = this.hand.positions.place();
    card.then = this.hand.day.then;
    card.doing = this.hand.day.shift?.state;
    card.task = task;
    if (!customElements.get(VISIT)) this.#fetchVisit();
    else if (visiting) this.querySelector(VISIT).open(task, this.hand);
    this.#showWay(task);
    this.#showSwitch(task);
  }

  /** Drawn as soon as there is something to draw; where it can't be had, the words do. */
  #showWay(task) {
    const map = this.querySelector(WAY);
    const { places, positions } = this.hand;
    if (!map || !(positions.latest || places.known)) return;
    if (customElements.get(WAY)) map.show({ task, me: positions.latest, places });
    else this.#way ??= import('../parts/way-map.js').then(() => this.left.aborted || this.show(), () => {});
  }

  #fetchVisit() {
    this.#visit ??= import('../parts/visit-steps.js').then(() => this.left.aborted || this.show(), () => {
      this.#visit = null;
      this.hand.notice.say(say('screen-not-kept'), { urgent: true });
    });
  }

  #showSwitch(task) {
    const { day } = this.hand;
    this.querySelector('task-switch').show(day.tasks, task, { looksAt: (each) => day.looksAt(each), officer: day.me.person.id });
  }

  #tick() {
    const { task } = this;
    if (!task) return;
    this.querySelector('task-card').tick();
    if (task.state === 'arrived') this.querySelector(VISIT).tick?.();
    this.#showWay(task);
    this.#showSwitch(task);
    this.#announce(task);
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

  /** What was typed about the end is no draft any more, once that is kept. */
  async #ended(kept, { id: task } = this.task) {
    const id = await kept;
    for (const name of OF_THE_END) this.hand.kept.draft(`${name} ${task}`).clear();
    return id;
  }

  async #undoable(kept, words) {
    const id = await kept;
    this.hand.undo.offer(words, () => this.hand.outbox.undo(id));
    document.querySelector('main').focus();
    scrollTo(0, 0);
  }

  /** Before arrival it is a reason not to go, afterwards it is how the visit ended. */
  #unsafe() {
    const { work } = this.hand;
    const kept = this.task.state === 'arrived'
      ? this.#ended(work.outcome(this.task, { outcome: 'unsafe' }, { undoFor: UNDO_FOR }))
      : work.decline(this.task, 'unsafe');
    return this.#undoable(kept, say('undo-unsafe'));
  }

  /** What was recorded stands there by itself: the ear is told, and the eye goes to what comes next. */
  async #record(kept, words) {
    await kept;
    this.hand.announcer.textContent = words;
    this.querySelector('visit-steps').goOn();
  }

  /** A notice was served on paper, and can't be taken back here; every other end can, for a moment. */
  async #close(said) {
    const { work } = this.hand;
    const { task } = this;
    if (said.outcome !== 'notice_served') {
      return this.#undoable(this.#ended(work.outcome(task, said, { undoFor: UNDO_FOR })), endedWords(task, said, now()));
    }
    await this.#ended(work.outcome(task, said));
    this.hand.notice.say(say('recorded-closed'));
    return document.querySelector('main').focus();
  }
}

customElements.define('task-screen', TaskScreen);
export default TaskScreen;
