import { ApiError, get, patch, post, remove } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import '../../shared/undo-bar.js';
import { workWords } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';
import { tellClash } from '../clash.js';
import '../parts/patrol-form.js';
import '../parts/patrol-list.js';
import { Screen } from './screen.js';

const PAUSED = 'Paused at the desk';

/** Work that no sensor asks for: somebody is sent once, or again and again; and streets that nobody has seen for long. */
export class PatrolsScreen extends Screen {
  #edited = null;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Patrols</h1>
      <div class="columns"><section class="card stack" aria-labelledby="once"><h2 id="once">Send somebody, once</h2>
          <patrol-form data-kind="once"></patrol-form></section>
        <section class="stack" aria-labelledby="asked"><h2 id="asked">What is asked for</h2><patrol-list></patrol-list>
          <section class="card stack rounds" aria-live="polite" hidden></section></section>
        <section class="card stack" aria-labelledby="standing"><h2 id="standing" tabindex="-1">A standing patrol</h2>
          <patrol-form data-kind="standing"></patrol-form></section></div><undo-bar></undo-bar>`);
    this.addEventListener('patrol', ({ target, detail: { body } }) => this.#save(target, body));
    this.addEventListener('patrol-step', ({ detail: { id, step } }) => this.#step(step, this.desk.patrols.find((each) => each.id === id)));
    this.#loadCodes();
  }

  show() {
    const { patrols, coverage } = this.desk;
    this.querySelector('patrol-list').show({ patrols, coverage });
  }

  async #loadCodes() {
    await this.attempt(async () => {
      const { items } = await get('/contraventions');
      for (const form of this.querySelectorAll('patrol-form')) form.codes = items;
    });
  }

  async #save(form, body, version = this.#edited?.version) {
    const edited = form.dataset.kind === 'once' ? null : this.#edited;
    const sent = () => (edited ? this.#change(form, edited, body, version) : post('/patrols', body));
    const done = await this.attempt(() => sent().then(() => this.desk.load()), form.dataset.kind === 'once' ? 'Somebody will be sent.' : 'The patrol is saved.', (error) => form.refuse(error));
    if (!done) return;
    form.clear();
    if (edited) this.#edit(null);
  }

  #change(form, edited, body, version) {
    const path = `/patrols/${edited.id}`;
    const clash = {
      beside: form, what: 'this patrol', load: () => get(path), rows: (there) => rowsOf(body, there),
      mine: (newer) => this.#save(form, body, newer), theirs: async () => this.#edit(await get(path)),
    };
    return patch(path, { ...body, version }).catch((error) => tellClash(error, clash));
  }

  #step(step, patrol) {
    if (step === 'edit') return this.#edit(patrol);
    if (step === 'rounds') return this.#rounds(patrol);
    if (step === 'retire') return this.#retire(patrol);
    const pause = step === 'pause';
    return this.#then(() => patch(`/patrols/${patrol.id}`, { paused_why: pause ? PAUSED : null }), pause ? 'Paused: nobody is sent.' : 'Back in use.');
  }

  async #retire({ id, name }) {
    if (!(await this.#then(() => remove(`/patrols/${id}`)))) return;
    this.querySelector('undo-bar').offer(`${name} is asked for no more.`, () => this.#then(() => post(`/patrols/${id}/restore`), 'It is asked for again.'));
  }

  #then(run, done) {
    return this.attempt(() => run().then(() => this.desk.load()), done);
  }

  #edit(patrol) {
    this.#edited = patrol;
    const title = this.querySelector('#standing');
    title.textContent = patrol ? `Change “${patrol.name}”` : 'A standing patrol';
    if (!patrol) return;
    this.querySelector('[data-kind=standing]').clear(patrol);
    title.focus();
  }

  async #rounds({ id, name }) {
    const place = this.querySelector('.rounds');
    place.hidden = false;
    try {
      const { items } = await get(`/patrols/${id}/rounds`);
      place.replaceChildren(html`<h3>${name}: what came of it</h3>${items.length === 0 && html`<p class="muted">It was not asked for yet.</p>`}
        <ul>${items.map((round) => html`<li>${roundWords(round, this.desk.outcomes)}</li>`)}</ul>`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      place.replaceChildren(html`<p class="now">${error.message}</p>`);
    }
  }
}

/** A version of a patrol as it is sent, beside the one that is there. */
function rowsOf(mine, theirs) {
  const row = (words, name) => [words, mine[name], theirs[name]];
  return [
    row('Name', 'name'), row('When', 'hours'), row('What to do there', 'instructions'), row('Code', 'code'), row('Minutes', 'minutes'), row('Priority', 'priority'),
  ];
}

function roundWords(round, outcomes) {
  const came = round.officer ? `, ${round.officer.name}` : '';
  return `${when(round.window_from, now(), zone())}: ${round.outcome ? outcomes.get(round.outcome) : round.ended_why ?? workWords(round, outcomes)}${came}`;
}

customElements.define('patrols-screen', PatrolsScreen);
export default PatrolsScreen;
