import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { clock, countdown } from '../../shared/words.js';
import { write } from '../../shared/write.js';

/** How long until the next look can help, large; silent for a screen reader, who is told when it changes. */
export class VisitClock extends HTMLElement {
  /** `told`: as `stageOf` tells it. Shown while there is something to wait for. */
  set told({ stage, due, own }) {
    const waits = stage === 'wait';
    this.hidden = !waits;
    if (!waits) return;
    if (!this.firstChild) this.replaceChildren(html`<p class="figure" aria-hidden="true"></p><p class="next"></p>`);
    write(this.querySelector('.figure'), countdown(due - now()));
    write(this.querySelector('.next'), say('look-next', { number: own + 1, at: clock(Math.ceil(due / 60_000) * 60_000, zone()) }));
  }
}

customElements.define('visit-clock', VisitClock);
