import { now } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { hintWords, walkWords } from '../../shared/task-words.js';

/** A street that nobody has seen for long: a hint while there is nothing urgent, and nothing to answer. */
export class WalkHint extends HTMLElement {
  /** As GET /suggestion tells it; null hides it. */
  set walk(walk) {
    this.hidden = !walk;
    this.replaceChildren(walk ? html`<p>${hintWords(walk, now())}</p><p class="muted">${walkWords(walk)}</p>` : '');
  }
}

customElements.define('walk-hint', WalkHint);
