import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { quoted } from '../../shared/quoted.js';
import { say } from '../../shared/say.js';
import { span, when } from '../../shared/words.js';
import { hexOf } from '../../shared/bytes.js';
import { leavePhone } from './shift-card.js';

/**
 * The log of a shift that has ended, to look over and to sign. `show({ shift, log, lacking, signing, trouble })`: the log
 * as the server has it (null: not heard yet), how many steps it still lacks, whether a signature waits to be sent.
 * Emits `log-sign` {sha256, name}, `log-fetch`, and `sign-out` once it is signed.
 */
export class LogCard extends HTMLElement {
  #mark = null;
  #log = null;

  connectedCallback() {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#sign(new FormData(event.target).get('name').trim());
    });
    this.addEventListener('click', ({ target }) => target.closest('button[type=button]') && this.#tell(target.closest('button').value));
  }

  show({ shift, log, lacking, signing, trouble }) {
    const mark = JSON.stringify([shift.id, shift.ended_at, log?.sha256, log?.signed_at, lacking, signing, trouble?.detail]);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#log = log;
    this.replaceChildren(html`<section class="card stack" aria-labelledby="log"><div class="tight"><h2 id="log">${say('log-title')}</h2>
      <p>${say('log-shift', { from: when(shift.started_at, now(), zone()), span: span(Date.parse(shift.ended_at) - Date.parse(shift.started_at)) })}</p></div>
      ${body({ log, lacking, signing, trouble })}</section>`);
  }

  /** What is signed is what is seen: the sum is made of the text that stands here. */
  async #sign(name) {
    const field = this.querySelector('input');
    field.setAttribute('aria-invalid', String(!name));
    this.querySelector('[data-error]').hidden = Boolean(name);
    if (!name) return field.focus();
    const bytes = new TextEncoder().encode(this.#log.document);
    return this.#tell('log-sign', { sha256: hexOf(await crypto.subtle.digest('SHA-256', bytes)), name });
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function body({ log, lacking, signing, trouble }) {
  if (log?.signed_at) return html`<p class="fine" role="status">${say('log-signed', { at: when(log.signed_at, now(), zone()) })}</p>${leavePhone()}${text(log)}`;
  if (signing) return html`<p role="status">${say('log-signing')}</p>${leavePhone()}${log && text(log)}`;
  if (lacking) return html`<p role="status">${say('log-lacks', { steps: lacking })}</p><p><a class="button wide" href="#outbox">${say('log-to-outbox')}</a></p>`;
  if (!log) return missing(trouble);
  return html`${numbers(log.counts)}${text(log)}<form class="stack" novalidate>
    <p>${say('log-sign-words')}</p>
    <div class="tight"><label for="log-name">${say('log-name')}</label>
      <p id="log-error" class="now" data-error hidden>${say('log-name-missing')}</p>
      <input id="log-name" name="name" maxlength="100" autocomplete="name" aria-describedby="log-error"></div>
    <button class="main wide">${say('log-sign')}</button></form>`;
}

function missing(trouble) {
  return html`<p role="status">${trouble ? html`${say('log-unheard')} ${quoted(trouble.detail)}` : say('log-loading')}</p>
    <button type="button" class="wide" value="log-fetch" ${trouble ? '' : 'hidden'}>${say('try-again')}</button>`;
}

const COUNTS = ['attended', 'notices', 'called_off', 'raised'];

/** The shift in a few numbers; the log below tells each. */
function numbers(counts) {
  if (!counts) return null;
  const row = (name, value) => html`<div><dt>${say(`log-count-${name.replace('_', '-')}`)}</dt><dd>${value}</dd></div>`;
  const { breaks, break_minutes: minutes } = counts;
  return html`<dl class="numbers">${COUNTS.map((name) => row(name, counts[name]))}
    ${row('breaks', breaks ? say('log-breaks', { breaks, span: span(minutes * 60_000) }) : 0)}</dl>`;
}

function text({ document: words }) {
  return html`<pre lang="en" tabindex="0" role="region" aria-label="${say('log-title')}" class="log">${words}</pre>`;
}

customElements.define('log-card', LogCard);
