import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { say } from '../../shared/say.js';
import { placeWords } from '../../shared/task-words.js';
import { write } from '../../shared/write.js';
import { nextWords } from '../next-words.js';

/** All that is in hand, when that is more than one thing: each with its countdown, the chosen one marked. */
export class TaskSwitch extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'navigation');
    this.setAttribute('aria-label', say('switch'));
    if (!this.firstChild) this.replaceChildren(html`<ul></ul>`);
  }

  /** `looksAt(task)`: as the day tells them; `officer`: whose they are. */
  show(tasks, chosen, { looksAt, officer }) {
    this.hidden = tasks.length < 2;
    if (this.hidden) return;
    const rows = tasks.map((task) => ({ task, words: nextWords(task, looksAt(task), officer, now(), zone()) }));
    keyed(this.querySelector('ul'), rows, {
      key: ({ task }) => task.id,
      mark: ({ task }) => `${placeWords(task)} ${task.id === chosen?.id}`,
      draw: ({ task }) => draw(task, task.id === chosen?.id),
    });
    this.querySelectorAll('li span').forEach((place, index) => write(place, rows[index].words));
  }
}

function draw(task, chosen) {
  const item = html`<li><a href="#task/${task.id}" data-focus="go"><strong>${placeWords(task)}</strong>
    <span></span></a></li>`.firstElementChild;
  if (chosen) item.firstElementChild.setAttribute('aria-current', 'true');
  return item;
}

customElements.define('task-switch', TaskSwitch);
