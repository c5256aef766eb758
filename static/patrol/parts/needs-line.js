import { html } from '../../shared/html.js';
import { say } from '../../shared/say.js';
import { shape } from '../../shared/shapes.js';
import { whatWords, whereWords } from '../step-words.js';

/** Above every screen but the outbox: a step that its officer has to decide about. Set `show`. */
export class NeedsLine extends HTMLElement {
  #mark = null;

  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  /** `steps` that need the officer; `task` in hand, whose own come first; `outcomes`: value → words. */
  show({ steps, task, outcomes }) {
    const step = steps.find((each) => task && each.task === task.id) ?? steps[0];
    const mark = step ? `${step.id} ${steps.length}` : '';
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.replaceChildren(step ? html`<a class="notice soon" href="#outbox">${shape('alarm')} <span>${wordsOf(step, steps, outcomes)}</span></a>` : '');
  }
}

function wordsOf(step, steps, outcomes) {
  const what = whatWords(step, outcomes);
  const where = whereWords(step);
  const first = where ? say('needs-at', { what, where }) : say('needs', { what });
  return steps.length > 1 ? `${first} ${say('needs-more', { steps: steps.length - 1 })}` : first;
}

customElements.define('needs-line', NeedsLine);
