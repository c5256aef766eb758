import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { clock, when } from '../../shared/words.js';
import { asIncident } from '../endings.js';
import '../parts/outbox-summary.js';
import '../parts/refused-step.js';
import { stepLine } from '../parts/step-line.js';
import { bytesToGo, sizeWords, stateOf, waitingBehind, whatWords, whenWords, whereWords } from '../step-words.js';
import { share } from '../share.js';
import { exported } from '../store/export.js';
import { mayBeCleared } from '../storage.js';
import { isPhoto, WAITING } from '../store/order.js';
import { Screen } from './screen.js';

const DAY = 86_400_000;
const SHOWN = 100; // lines of a group; the rest is counted

/** What needs the officer, what waits, and what was sent. */
export class OutboxScreen extends Screen {
  #drawing = 0;
  #sent = [];
  #sentSeen = -1;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<section class="card stack"><h1>${say('outbox-title')}</h1><outbox-summary></outbox-summary></section>
      <section id="needs" class="stack" hidden><h2></h2><div class="stack"></div></section>
      <section id="waits" class="card stack" hidden><h2>${say('outbox-waits')}</h2><ol class="steps" role="list"></ol><p class="more muted" hidden></p></section>
      <section id="taken-along" class="card stack" hidden><h2>${say('export-title')}</h2><p class="muted"></p>
        <div class="pair"><button type="button" value="download">${say('export-download')}</button>
        <button type="button" value="share" hidden>${say('export-share')}</button></div></section>
      <section id="sent" class="card stack"><h2>${say('outbox-sent')}</h2><ol class="steps" role="list"></ol><p class="more muted" hidden></p></section>
      <p class="storage muted"></p>`);
    this.querySelector('[value=share]').hidden = !canShare();
    this.#listen();
    this.#tellStorage();
    this.every(1000, () => this.hand.outbox.waiting.length && this.show());
  }

  /** Many changes at once are drawn once. */
  show() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => this.isConnected && this.#showAll());
  }

  #listen() {
    const { outbox } = this.hand;
    outbox.addEventListener('progress', () => this.show(), { signal: this.left });
    outbox.addEventListener('sent', () => { this.#sentSeen = -1; }, { signal: this.left });
    const on = (type, run) => this.addEventListener(type, ({ detail }) => run(detail ?? {}));
    on('send-now', () => this.#sendNow());
    on('send-again', ({ id, version }) => outbox.sendAgain(id, version).then(() => this.hand.send()));
    on('correct', ({ id, said }) => outbox.correct(id, said).then(() => this.hand.send()));
    on('let-go', ({ id }) => this.#away(id, () => outbox.letGo(id)));
    on('leave', ({ id }) => this.#away(id, () => outbox.leave(id)));
    on('leave-all', ({ id }) => this.#away(id, () => outbox.leave(id, { all: true })));
    on('papered', ({ id }) => this.#papered(id));
    on('sign-anew', ({ id }) => this.#away(id, () => outbox.letGo(id)).then(() => { location.hash = 'day'; }));
    on('anew', ({ id }) => this.#away(id, () => outbox.sayAnew(id)).then(() => { location.hash = 'task'; }));
    this.querySelector('#taken-along').addEventListener('click', ({ target }) => this.#export(target.closest('button')?.value));
  }

  #showAll() {
    const { outbox, inTouch, heardAt } = this.hand;
    this.querySelector('outbox-summary').show({ outbox, heardAt, live: inTouch, zone: zone(), mayClear: mayBeCleared() });
    this.#showRefused();
    this.#showWaiting();
    this.#showExport();
    this.#showSent();
  }

  #showRefused() {
    const { outbox, day, kept } = this.hand;
    const { steps, needingYou } = outbox;
    const outcomes = this.#outcomes();
    this.#group('#needs', needingYou.length);
    this.querySelector('#needs h2').textContent = say('outbox-needs', { steps: needingYou.length });
    keyed(this.querySelector('#needs div'), needingYou, {
      key: ({ id }) => id,
      mark: (step) => `${step.mark} ${waitingBehind(step, steps).length}`,
      draw: (step) => {
        const card = document.createElement('refused-step');
        const behind = waitingBehind(step, steps).length;
        card.show(step, { behind, me: day.me?.person.id, now: now(), zone: zone(), outcomes, draft: kept.draft(`refused ${step.id}`) });
        return card;
      },
    });
  }

  #showWaiting() {
    const { outbox, inTouch } = this.hand;
    const { steps } = outbox;
    const waiting = steps.filter(({ state }) => state === WAITING);
    const facts = { zone: zone(), live: inTouch, phoneNow: Date.now(), outcomes: this.#outcomes() };
    this.#lines('#waits', waiting, (step) => ({
      what: whatWords(step, facts.outcomes),
      where: whereWords(step),
      at: whenWords(step, now(), zone()),
      how: stateOf(step, steps, facts),
      step,
      received: outbox.received(step.id),
    }));
  }

  async #showSent() {
    if (this.#sentSeen === this.hand.outbox.steps.length) return;
    this.#sentSeen = this.hand.outbox.steps.length;
    this.#sent = await this.hand.sent.since(now() - DAY);
    const today = this.#sent.filter(({ at }) => isToday(at));
    this.#lines('#sent', today, (step) => ({
      what: whatWords(step, this.#outcomes()),
      where: whereWords(step),
      at: whenWords({ at: step.at, body: { recorded_at: step.recorded_at } }, now(), zone()),
      how: say('step-arrived', { at: clock(step.at, zone()) }),
    }));
  }

  #lines(name, steps, facts) {
    this.#group(name, steps.length);
    const lines = steps.slice(0, SHOWN).map((step) => ({ id: step.id, ...facts(step) }));
    keyed(this.querySelector(`${name} ol`), lines, {
      key: ({ id }) => id,
      mark: ({ step, ...words }) => JSON.stringify(words),
      draw: (line) => stepLine(line).firstElementChild,
    });
    const more = this.querySelector(`${name} .more`);
    more.hidden = steps.length <= SHOWN;
    more.textContent = say('outbox-more', { steps: steps.length - SHOWN });
  }

  #group(name, count) {
    this.querySelector(name).hidden = count === 0;
  }

  #outcomes() {
    return new Map(this.hand.day.outcomes.map(({ value, words }) => [value, words]));
  }

  async #sendNow() {
    const summary = this.querySelector('outbox-summary');
    summary.busy = true;
    const done = await this.hand.send();
    summary.busy = false;
    this.hand.notice.say(say(done ? 'outbox-sent-now' : 'outbox-not-now'));
  }

  /** One tap, and for a moment the way back. */
  async #away(id, become) {
    const { outbox, undo } = this.hand;
    const kept = outbox.steps.find((step) => step.id === id)?.problem?.kept;
    await become();
    this.hand.send();
    undo.offer(say(kept ? 'undo-left' : 'undo-dropped'), () => outbox.restore(id));
    document.querySelector('main').focus();
  }

  async #papered(id) {
    const { outbox, notice } = this.hand;
    const { body } = outbox.steps.find((step) => step.id === id);
    await outbox.instead(id, asIncident(body.details));
    this.hand.send();
    notice.say(say('undo-papered'));
    document.querySelector('main').focus();
  }

  #showExport() {
    const { steps } = this.hand.outbox;
    this.#group('#taken-along', steps.length);
    const photos = steps.filter(isPhoto).length;
    const size = sizeWords(bytesToGo(steps));
    this.querySelector('#taken-along p').textContent = say('export-words', { steps: steps.length - photos, photos, size });
  }

  async #export(how) {
    if (!how) return;
    const { outbox, photos, day } = this.hand;
    const text = await exported(outbox.steps, photos, day.me?.person.name, now());
    const name = `openpatrol-${new Date(now()).toISOString().slice(0, 16).replace(/[:T]/g, '-')}.json`;
    const file = new File([text], name, { type: 'application/json' });
    if (how === 'share') await this.#share(file);
    else download(file);
  }

  /** Packing may have taken too long for the phone: the other way does not ask. */
  async #share(file) {
    if ((await share(file)) !== 'failed') return;
    this.hand.notice.say(say('export-not-shared'), { urgent: true });
    this.querySelector('[value=download]').focus();
  }

  async #tellStorage() {
    const found = await navigator.storage?.estimate?.().catch(() => null);
    if (!found?.quota) return;
    this.querySelector('.storage').textContent = say('outbox-storage', { used: sizeWords(found.usage), quota: sizeWords(found.quota) });
  }
}

function isToday(at) {
  return when(at, now(), zone()) === clock(at, zone());
}

function canShare() {
  const file = new File(['{}'], 'openpatrol.json', { type: 'application/json' });
  return Boolean(navigator.canShare?.({ files: [file] }));
}

function download(file) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

customElements.define('outbox-screen', OutboxScreen);
export default OutboxScreen;
