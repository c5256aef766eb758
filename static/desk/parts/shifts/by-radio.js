import { html } from '../../../shared/html.js';
import { placeWords } from '../../../shared/task-words.js';

const STATES = { available: 'On patrol', break: 'On a break', with_public: 'With someone', observing: 'Observing', incident: 'Something has happened' };
const DECLINED = { too_far: 'Too far', busy: 'Busy', break_due: 'A break is due', unsafe: 'Unsafe there', other: 'Another reason' };
const RIGHTS = { permit: 'Permit', payment: 'Payment', badge: 'Badge' };
const BY_OFFICER = ['notice_served']; // its evidence is the officer's own record

/**
 * What an officer says by radio, for whose phone is dead. Emits `radio-shift` {step, state} and `radio-task` {task, step,
 * reason, outcome, details}.
 */
export class ByRadio extends HTMLElement {
  #drawn = '';
  #task = null;
  #outcomes = [];

  connectedCallback() {
    this.addEventListener('submit', (event) => this.#submit(event));
    this.addEventListener('change', ({ target }) => target.name === 'outcome' && this.#showNeeds(target.value));
  }

  /** Drawn anew only when something else can be said: what is being chosen stays. */
  show({ shift, task, outcomes }) {
    this.#task = task;
    this.#outcomes = outcomes.filter(({ value, causes, needs }) => !BY_OFFICER.includes(value)
      && causes.includes(causeOf(task)) && needs.every((need) => need in NEEDS));
    const drawn = JSON.stringify([shift.id, shift.state, task?.id, task?.state, this.#outcomes.length]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.replaceChildren(html`<div class="stack"><p class="muted small">It is recorded for them, as said by radio, with your name.</p>
      ${shift.started_at ? onShift(shift) : begin()}${task && html`<h4>${placeWords(task)}</h4>${STEPS[task.state]?.(this.#outcomes)}`}</div>`);
  }

  #showNeeds(value) {
    const { needs } = this.#outcomes.find((each) => each.value === value) ?? { needs: [] };
    this.querySelector('.needs').replaceChildren(html`${needs.map((need) => NEEDS[need]?.())}`);
  }

  #submit(event) {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(event.target));
    const [about, step] = event.target.name.split(' ');
    const detail = about === 'shift' ? { step, ...said } : { task: this.#task, step, ...asTold(said) };
    this.dispatchEvent(new CustomEvent(`radio-${about}`, { detail, bubbles: true }));
  }
}

function causeOf(task) {
  if (task?.patrol) return 'patrol';
  return task?.found ? 'found' : 'stay';
}

/** What must be said with an outcome stands in its `details`. */
function asTold({ reason, outcome, minutes, ...details }) {
  if (!outcome) return { ...(reason && { reason }) };
  return { outcome, details: { ...details, ...(minutes && { minutes: Number(minutes) }) } };
}

function begin() {
  return html`<form name="shift start"><button>They start their shift</button></form>`;
}

function onShift({ state }) {
  const others = Object.entries(STATES).filter(([value]) => value !== state);
  return html`<form name="shift state" class="stack">${choice('state', 'They are now', others)}<button>Record</button></form>
    <form name="shift end"><button>They finish their shift</button></form>`;
}

function accept() {
  return html`<form name="task accept"><button>They are going</button></form>${decline()}`;
}

function decline() {
  return html`<form name="task decline" class="stack">${choice('reason', 'They can’t go', Object.entries(DECLINED))}<button>Record</button></form>`;
}

function ending(outcomes) {
  const choices = [['', 'Choose'], ...outcomes.map(({ value, words }) => [value, words])];
  return html`<form name="task outcome" class="stack">${choice('outcome', 'How it ended', choices)}
    <div class="needs stack"></div><button>Record</button></form>`;
}

const STEPS = {
  offered: accept,
  accepted: (outcomes) => html`<form name="task arrive"><button>They are there</button></form>${decline()}${ending(outcomes)}`,
  arrived: ending,
};

const NEEDS = {
  which: () => choice('which', 'What they saw', Object.entries(RIGHTS)),
  minutes: () => html`<label class="tight"><span>Look again in, minutes</span><input name="minutes" type="number" min="1" max="120" value="10" required></label>`,
  reference: () => html`<label class="tight"><span>Reference of the incident</span><input name="reference" maxlength="100" required autocomplete="off"></label>`,
};

function choice(name, words, options) {
  return html`<label class="tight"><span>${words}</span><select name="${name}" required>${options.map(([value, said]) => html`<option
    value="${value}">${said}</option>`)}</select></label>`;
}

customElements.define('by-radio', ByRadio);
