import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { whileSeen } from '../../shared/while-seen.js';
import { countdown, when } from '../../shared/words.js';
import { contact, sosWords, telephone, textMessage } from '../sos/contact.js';

const REACHED = ['sent', 'seen'];
const ENDED = ['none', 'taken-back', 'over'];

/** What has become of a call for help, and the other ways to get it. Emits `call` when help is wanted once more. */
export class SosScreen extends HTMLElement {
  #call = null;
  #name = () => '';
  #closed = null;

  connectedCallback() {
    this.replaceChildren(html`<dialog aria-labelledby="sos-title"><div class="stack">
      <h1 id="sos-title" tabindex="-1">${say('sos-title')}</h1>
      <div class="state" role="alert"></div><p class="where"></p>
      <div class="ways stack"></div>
      <div class="back stack"><button type="button" value="take-back">${say('sos-take-back')}</button>
        <p class="countdown"></p></div>
      <button type="button" value="close"></button>
      <button type="button" class="grave" value="again" hidden>${say('sos-call-again')}</button>
      <details><summary class="bare">${say('sos-limits-title')}</summary><p>${say('sos-limits')}</p></details>
    </div></dialog>`);
    this.addEventListener('click', ({ target }) => this.#do(target.closest('button')?.value));
    this.querySelector('dialog').addEventListener('close', () => this.#closed.abort());
  }

  show(call, name) {
    this.#call = call;
    this.#name = name;
    call.addEventListener('change', () => this.#show());
  }

  open() {
    const dialog = this.querySelector('dialog');
    this.#show();
    if (dialog.open) return;
    dialog.showModal();
    this.querySelector('h1').focus();
    this.#closed = new AbortController();
    whileSeen(1000, () => this.#tick(), this.#closed.signal);
  }

  #do(step) {
    if (step === 'take-back') this.#call.takeBack();
    if (step === 'again') this.dispatchEvent(new Event('call'));
    if (step === 'close') this.querySelector('dialog').close();
  }

  #show() {
    const { state, said, place } = this.#call;
    this.#put('.state', stateOf(state, said));
    this.#put('.where', placeOf(place, ENDED.includes(state)));
    this.#put('.ways', this.#ways(state));
    this.querySelector('.back').hidden = state === 'taking-back' || ENDED.includes(state);
    this.querySelector('[value=again]').hidden = !['taken-back', 'taking-back', 'over'].includes(state);
    this.querySelector('[value=close]').textContent = say(this.#call.open ? 'sos-leave' : 'sos-close');
    this.#tick();
  }

  #tick() {
    if (!this.#call.open) return;
    const left = this.#call.takeBackLeft;
    const words = left && this.#call.state !== 'seen' ? say('sos-take-back-within', { countdown: countdown(left) }) : say('sos-take-back-late');
    this.querySelector('.countdown').textContent = words;
  }

  /** Only what is new: what is said again is read out again. */
  #put(place, { mark, parts }) {
    const element = this.querySelector(place);
    if (element.dataset.mark === mark) return;
    element.dataset.mark = mark;
    element.replaceChildren(parts);
  }

  #ways(state) {
    if (ENDED.includes(state)) return { mark: 'none', parts: '' };
    const { phone, sms } = contact();
    const words = sosWords({ name: this.#name(), at: this.#call.at, place: this.#call.place });
    const first = !REACHED.includes(state);
    return { mark: `${first} ${phone} ${sms} ${words}`, parts: html`
      ${phone && html`<a class="button ${first ? 'main' : ''}" href="${telephone(phone)}">${say('sos-phone', { number: phone })}</a>`}
      ${sms && html`<a class="button" href="${textMessage(sms, words)}">${say('sos-sms', { number: sms })}</a>`}
      <a class="button ${first && !phone ? 'main' : ''}" href="${telephone(say('sos-emergency-number'))}">
        ${say('sos-emergency', { number: say('sos-emergency-number') })}</a>
      ${!phone && !sms && html`<p>${say('sos-no-numbers')}</p>`}` };
  }
}

function stateOf(state, said) {
  const at = (time) => when(time, now(), zone());
  const lines = {
    none: [],
    sending: ['soon', say('sos-sending')],
    unreached: ['now', say('sos-unreached')],
    'signed-out': ['now', say('sos-signed-out')],
    sent: ['', said && say('sos-sent', { at: at(said.raised_at) }), said && say('sos-sent-wait')],
    seen: ['fine', said && say('sos-seen', { at: at(said.acknowledged_at ?? now()) })],
    'taking-back': ['soon', say('sos-taking-back')],
    'taken-back': ['', say(said && !said.resolved_at ? 'sos-taken-back-late' : 'sos-taken-back')],
    over: ['', say('sos-over')],
  };
  const [look, ...words] = lines[state];
  return { mark: `${state} ${words.join(' ')}`, parts: html`${words.map((each, index) => html`<p class="${index ? '' : look}">${each}</p>`)}` };
}

function placeOf(place, ended) {
  const metres = place && Math.max(Math.round(place.accuracy_m), 1);
  const words = ended ? '' : place ? say('sos-with-place', { metres }) : say('sos-without-place');
  return { mark: words, parts: html`${words}` };
}

customElements.define('sos-screen', SosScreen);
