/** What a supervisor does with the officer of a shift that is on, or about to be: asked for, sent, and shown again. */

import { get, newId, post, put, remove } from '../../../shared/api.js';
import { now } from '../../../shared/clock.js';
import { coalesce } from '../../../shared/coalesce.js';
import '../../parts/shifts/running-shift.js';

const NOTHING = { messages: [], signIns: [], lost: [], outcomes: [] };
const CONCERNS = ['message', 'person', 'phone', 'device'];

export class Running {
  #screen;
  #part;
  #shift = null;
  #told = NOTHING;

  /** `screen`: the one that shows the shift; `part`: its <running-shift>; `changed()` loads the shift anew. */
  constructor(screen, part, changed) {
    this.#screen = screen;
    this.#part = part;
    const reload = coalesce(() => this.#load());
    screen.onJournal(CONCERNS, ({ officer_id: officer }) => officer === this.#officer && reload());
    const on = (type, run) => part.addEventListener(type, ({ detail }) => run(detail));
    const step = async (run, done) => {
      const went = await screen.attempt(run, done);
      await Promise.all([changed(), this.#load()]);
      return went;
    };
    on('message-send', async ({ text }) => (await step(() => this.#write(text), 'Sent.')) && part.querySelector('officer-messages').sent());
    on('check-ins', ({ minutes }) => step(() => put(this.#path('check-ins'), { minutes }), 'Saved.'));
    on('shift-release', () => step(() => post(this.#path('release')), 'The shift is ended.'));
    on('phone-out', ({ id, lost }) => step(() => post(`/sign-ins/${id}/sign-out`, { lost }), lost ? 'Signed out as lost.' : 'Signed out.'));
    on('phone-found', ({ id }) => step(() => remove(`/lost-phones/${id}`), 'What it sends counts again.'));
    on('radio-shift', (said) => step(() => post(this.#path('radio'), asStep(said)), 'Recorded, by radio.'));
    on('radio-task', ({ task, ...said }) => step(() => this.#aboutTask(task, said), 'Recorded, by radio.'));
  }

  get #officer() {
    return this.#shift?.officer.id;
  }

  /** null: none that is on, or about to be. */
  show(shift) {
    const before = this.#officer;
    this.#shift = shift;
    this.#part.hidden = shift === null;
    if (!shift) return;
    if (shift.officer.id !== before) {
      this.#told = NOTHING;
      this.#load();
    }
    this.#draw();
  }

  #draw() {
    if (!this.#shift) return;
    const task = this.#screen.desk.tasks.find(({ assignment }) => assignment?.shift_id === this.#shift.id) ?? null;
    this.#part.show({ shift: this.#shift, task, told: this.#told });
  }

  #load() {
    const officer = this.#officer;
    if (!officer) return null;
    return this.#screen.attempt(async () => {
      const [messages, signIns, lost, outcomes] = await Promise.all([
        get(`/people/${officer}/messages`), get(`/people/${officer}/sign-ins`), get('/lost-phones'),
        this.#told.outcomes.length ? { items: this.#told.outcomes } : get('/outcomes'),
      ]);
      if (officer !== this.#officer) return;
      const theirs = lost.items.filter((each) => each.officer.id === officer);
      this.#told = { messages: messages.items, signIns: signIns.items, lost: theirs, outcomes: outcomes.items };
      this.#draw();
    });
  }

  #path(step) {
    return `/shifts/${this.#shift.id}/${step}`;
  }

  #write(text) {
    return post(`/people/${this.#officer}/messages`, { id: newId(), text });
  }

  #aboutTask(task, said) {
    return post(`/tasks/${task.id}/radio`, { ...asStep(said), officer_id: this.#officer, version: task.version });
  }
}

/** Said now, and recorded once, however often it is sent. */
function asStep(said) {
  return { id: newId(), recorded_at: new Date(now()).toISOString(), ...said };
}
