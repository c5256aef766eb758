import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import '../parts/briefing-card.js';
import '../parts/check-in-line.js';
import '../parts/check-in-setting.js';
import '../parts/duty-card.js';
import '../parts/log-card.js';
import { stateWords } from '../parts/shift-bar.js';
import '../parts/shift-card.js';
import { lackingIn, lastEnded, readingOf } from '../papers.js';
import { Screen } from './screen.js';

/** An officer's day: the briefing before it, what they are doing in it, the log after it. */
export class DayScreen extends Screen {
  #fetched = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>${say('day-title')}</h1><duty-card hidden></duty-card><shift-card data-place="day" hidden></shift-card>
      <briefing-card hidden></briefing-card><p data-unbriefed class="muted" hidden></p><log-card hidden></log-card>
      <check-in-line></check-in-line><check-in-setting></check-in-setting>
      <p><a class="button wide" href="#settings">${say('settings-title')}</a></p>`);
    for (const part of ['check-in-line', 'check-in-setting']) this.querySelector(part).hand = this.hand;
    const { work, papers, refresh } = this.hand;
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail));
    on('shift-start', () => work.startShift(this.#shift));
    on('shift-state', ({ state, minutes }) => this.#change(state, minutes));
    on('shift-end', () => this.#end());
    on('look-again', () => refresh());
    on('briefed', ({ draft, ...read }) => this.#say(() => work.briefed(this.#shift, read).then(() => draft.clear()), say('briefing-thanks')));
    on('log-sign', (signature) => this.#say(() => work.signLog(this.#ended, signature), say('recorded')));
    on('log-fetch', () => papers.fetchLog(this.#ended));
    papers.addEventListener('change', () => this.show(), { signal: this.left });
    papers.lookAgain(now());
    papers.fetchShifts();
    this.every(1000, () => this.querySelector('duty-card').tick());
    this.every(15_000, () => this.show());
  }

  show() {
    const { onShift } = this.hand.day;
    const [shift, ended] = [this.#shift, this.#ended];
    this.#part('duty-card', onShift, (card) => { card.shift = shift; });
    this.#part('shift-card', !onShift && !(ended && !shift), (card) => { card.shift = shift; });
    this.querySelector('check-in-setting').show();
    this.#showBriefing(shift);
    this.#showLog(ended);
  }

  get #shift() {
    const { shift } = this.hand.day;
    return shift?.ended_at ? null : shift;
  }

  /** The shift whose log is to be looked over: none while another is on. */
  get #ended() {
    const { day, papers } = this.hand;
    if (day.onShift) return null;
    return lastEnded([day.shift, day.ended, ...(papers.shifts.said?.items ?? [])]);
  }

  #showBriefing(shift) {
    const { papers, outbox, kept } = this.hand;
    const briefing = shift && papers.briefingOf(shift);
    this.#part('briefing-card', briefing, (card) => {
      card.show(briefing, readingOf(briefing, outbox.steps), kept.draft(`briefing ${shift.id}`));
    });
    this.#part('[data-unbriefed]', shift && !briefing, (line) => {
      line.textContent = say(papers.briefing.trouble ? 'briefing-unheard' : 'briefing-loading');
    });
  }

  #showLog(ended) {
    const { papers, outbox } = this.hand;
    this.#part('log-card', ended, (card) => {
      const lacking = lackingIn(outbox.steps);
      const signing = outbox.waiting.some(({ kind, about }) => kind === 'log-sign' && about.shift === ended.id);
      if (!lacking && !signing) this.#fetchOnce(ended);
      card.show({ shift: ended, log: papers.logOf(ended), lacking, signing, trouble: papers.log.trouble });
    });
  }

  /** The log is asked for when the server has all of it. */
  #fetchOnce(ended) {
    const mark = `${ended.id} ${ended.ended_at}`;
    if (mark === this.#fetched) return;
    this.#fetched = mark;
    this.hand.papers.fetchLog(ended);
  }

  #part(selector, shown, fill) {
    const part = this.querySelector(selector);
    part.hidden = !shown;
    if (shown) fill(part);
  }

  async #say(keep, words) {
    await keep();
    this.hand.notice.say(words);
  }

  async #change(state, minutes) {
    await this.hand.work.setState(this.#shift, state, minutes);
    this.hand.announcer.textContent = stateWords(state);
  }

  async #end() {
    const { work, day, undo, outbox } = this.hand;
    const words = say('undo-end', { tasks: day.task ? 1 : 0, observed: day.observations.length });
    const id = await work.endShift(this.#shift);
    undo.offer(words, () => outbox.undo(id));
  }
}

customElements.define('day-screen', DayScreen);
export default DayScreen;
