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
    on('sighting', (look) => this.#look(look));
    on('misread', ({ sighting }) => this.#misread(sighting));
    on('undoable', ({ words, undo }) => this.hand.undo.offer(words, undo));
    on('addendum', ({ sighting, text, draft }) => this.#record(work.addendum(this.task, sighting, text).then(() => draft.clear()), say('recorded')));
    on('preparation', () => this.#record(work.prepare(this.task), say('notice-now-begun')));
    on('come-back', () => this.#undoable(work.lookAgain(this.task), say('undo-come-back')));
    on('outcome', (said) => this.#close(said));
    on('papered', (said) => this.#papered(said));
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
      visiting && VISIT, !resting && !task && '#nothing');
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
  async #ended(kept, { id: task }) {
    const id = await kept;
    for (const name of OF_THE_END) this.hand.kept.draft(`${name} ${task}`).clear();
    return id;
  }

  async #undoable(kept, words, undo = (id) => this.hand.outbox.undo(id)) {
    const id = await kept;
    this.hand.undo.offer(words, () => undo(id));
    document.querySelector('main').focus();
    scrollTo(0, 0);
  }

  /** Before arrival it is a reason not to go, afterwards it is how the visit ended. */
  #unsafe() {
    if (this.task.state === 'arrived') return this.#close({ outcome: 'unsafe' });
    return this.#undoable(this.hand.work.decline(this.task, 'unsafe'), say('undo-unsafe'));
  }

  /** A look that is taken back is to be filled in again, as long as no other one was begun meanwhile. */
  async #look({ seen, photos }) {
    const { outbox, undo, work } = this.hand;
    const visit = this.querySelector(VISIT);
    const { draft } = visit;
    await work.sighting(this.task, seen, photos);
    visit.goOn();
    undo.offer(say('look-recorded'), async () => (await draft.load()).id === seen.id && outbox.undo(seen.id));
  }

  async #misread(sighting) {
    const { outbox, undo, work } = this.hand;
    const id = await work.misread(this.task, sighting);
    this.querySelector(VISIT).goOn();
    undo.offer(say('undo-misread'), () => outbox.undo(id));
  }

  /** What was recorded stands there by itself: the ear is told, and the eye goes to what comes next. */
  async #record(kept, words) {
    await kept;
    this.hand.announcer.textContent = words;
    this.querySelector(VISIT).goOn();
  }

  /** A notice was served on paper, and can't be taken back here; every other end can, for a moment. */
  async #close(said) {
    const { work } = this.hand;
    const { task } = this;
    const served = said.outcome === 'notice_served';
    const { look, words } = await this.#withLook(served ? say('recorded-closed') : endedWords(task, said, now()), { served });
    const closed = this.#ended(work.outcome(task, said, { undoFor: served ? 0 : UNDO_FOR, look }), task);
    if (!served) return this.#undoable(closed, words, (id) => this.#reopen(id, look));
    await closed;
    this.hand.notice.say(words);
    return document.querySelector('main').focus();
  }

  async #papered({ details }) {
    const { task } = this;
    const { look, words } = await this.#withLook(say('undo-papered'), { served: true });
    const kept = this.#ended(this.hand.work.papered(task, details, { undoFor: UNDO_FOR, look }), task);
    return this.#undoable(kept, words, (id) => this.#reopen(id, look));
  }

  /** What was filled in and not recorded goes along with the end as a look, and is said. */
  async #withLook(words, how) {
    const look = (await this.querySelector(VISIT).unrecorded?.(how)) ?? null;
    return { look, words: look ? `${words} ${say('look-before-end', { photos: look.photos.length })}` : words };
  }

  /** The look that went with the end is filled in again, too. */
  async #reopen(id, look) {
    const { outbox } = this.hand;
    const back = await outbox.undo(id);
    if (back && look) await outbox.undo(look.seen.id);
    return back;
  }
}

customElements.define('task-screen', TaskScreen);
export default TaskScreen;
