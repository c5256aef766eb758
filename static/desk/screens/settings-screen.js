import { get, patch } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { capital, plain } from '../../shared/task-words.js';
import { when } from '../../shared/words.js';
import { acceptForm } from '../parts/refused-form.js';
import '../parts/settings-nav.js';
import { differences, withValues } from '../settings/policy-diff.js';
import { LABELS } from '../settings/policy-fields.js';
import '../settings/policy-form.js';
import { Screen } from './screen.js';

const LATELY = 5;

/** The council's policy: what it says, what is about to change in it, and the way back. */
export class SettingsScreen extends Screen {
  #saved = { policy: {}, policy_tag: '' };
  #past = [];

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Enforcement policy</h1><settings-nav></settings-nav>
      <p class="muted">How this council enforces. A change holds from the moment it is saved, and is kept in the audit log.</p>
      <div class="stale notice now" role="alert" hidden><p></p><button type="button" data-step="theirs">Load theirs and keep what I changed</button></div>
      <div class="row samples" hidden></div>
      <policy-form></policy-form>
      <section class="card stack changes" aria-label="What you have changed" hidden><h2>What changes</h2><ul></ul>
        <p class="row"><button type="button" class="main" data-step="save">Save these changes</button>
          <button type="button" data-step="forget">Forget them</button></p></section>
      <section class="stack past" hidden><h2>Changed before</h2><ul class="plain-list"></ul></section>`);
    this.addEventListener('input', () => this.#compare());
    this.addEventListener('change', () => this.#compare());
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button[data-step]')));
    this.#open();
  }

  show() {
    this.querySelector('settings-nav').show(this.desk.me.person.role);
  }

  get #form() {
    return this.querySelector('policy-form');
  }

  get #mayChange() {
    return this.desk.me.person.role === 'administrator';
  }

  get #changes() {
    return differences(this.#saved.policy, this.#form.policy);
  }

  #open() {
    return this.attempt(async () => {
      const [form, authority] = await Promise.all([get('/policy-form'), get('/authority')]);
      this.#saved = authority;
      this.#form.open(form, this.#mayChange);
      this.#fill(authority.policy);
      this.#offerSamples(form.samples);
      await this.#loadPast();
    });
  }

  /** A policy from the start of its life has no member that it does not need: those are no changes of anybody's. */
  #fill(policy) {
    this.#form.policy = policy;
    if (policy === this.#saved.policy) this.#saved = { ...this.#saved, policy: this.#form.policy };
    this.#compare();
  }

  #offerSamples(samples) {
    const place = this.querySelector('.samples');
    place.hidden = !this.#mayChange;
    place.replaceChildren(html`<span>Start from a sample:</span> ${samples.map(({ name }) => html`<button type="button" data-step="sample" data-name="${name}">${capital(plain(name))}</button>`)}`);
    this.samples = new Map(samples.map((sample) => [sample.name, sample]));
  }

  async #loadPast() {
    const { items } = await get('/audit', { kind: 'authority.changed', limit: 50 });
    this.#past = items.filter(({ facts }) => Object.keys(facts.policy ?? {}).length).slice(0, LATELY);
    this.querySelector('.past').hidden = this.#past.length === 0;
    this.querySelector('.past ul').replaceChildren(html`${this.#past.map(({ at, who, facts }, index) => html`<li class="row spread">
      <span>${when(at, now(), zone())}, ${who ?? 'somebody'}: ${Object.entries(facts.policy).map(([pointer, [was, is]]) => changeWords([pointer.slice(1), was, is])).join('; ')}</span>
      ${this.#mayChange && html`<button type="button" data-step="back" data-index="${String(index)}">Put back what was before</button>`}</li>`)}`);
  }

  #compare() {
    if (!this.#form.firstChild) return;
    const changes = this.#changes;
    this.querySelector('.changes').hidden = changes.length === 0;
    this.querySelector('.changes ul').replaceChildren(html`${changes.map((change) => html`<li>${changeWords(change)}</li>`)}`);
  }

  #click(button) {
    const steps = {
      save: () => this.#save(),
      forget: () => this.#fill(this.#saved.policy),
      sample: () => this.#fill(this.samples.get(button.dataset.name)),
      back: () => this.#putBack(this.#past[Number(button.dataset.index)]),
      theirs: () => this.#takeTheirs(),
    };
    return steps[button?.dataset.step]?.();
  }

  async #save() {
    acceptForm(this.#form.querySelector('form'));
    const body = { policy: this.#form.policy, policy_tag: this.#saved.policy_tag };
    const done = await this.attempt(() => this.#send(body), 'The policy is saved.', (error) => this.#form.refuse(error));
    if (done) await this.attempt(() => this.#loadPast());
  }

  async #send(body) {
    try {
      this.#saved = await patch('/authority', body);
    } catch (error) {
      if (error.status === 409) this.#tellStale(error.message);
      throw error;
    }
    this.querySelector('.stale').hidden = true;
    this.#fill(this.#saved.policy);
  }

  /** Somebody else was first: nothing of theirs is overwritten, nothing of what was typed is lost. */
  #tellStale(words) {
    this.querySelector('.stale').hidden = false;
    this.querySelector('.stale p').textContent = words;
  }

  #takeTheirs() {
    const mine = this.#changes.map(([place, , after]) => [place, after]);
    return this.attempt(async () => {
      this.#saved = await get('/authority');
      this.#fill(this.#saved.policy);
      this.#fill(withValues(this.#saved.policy, mine));
      this.querySelector('.stale').hidden = true;
      await this.#loadPast();
    });
  }

  #putBack({ facts }) {
    this.#fill(withValues(this.#form.policy, Object.entries(facts.policy).map(([pointer, [before]]) => [pointer.slice(1), before])));
    this.querySelector('.changes').scrollIntoView({ block: 'nearest' });
  }
}

/** "Grace: 10 → 12" */
function changeWords([place, before, after]) {
  return `${LABELS.get(place) ?? capital(plain(place.replaceAll('/', ', ')))}: ${valueWords(before, after)}`;
}

function valueWords(before, after) {
  if (Array.isArray(before) || Array.isArray(after)) return listWords(before ?? [], after ?? []);
  return `${oneWord(before)} → ${oneWord(after)}`;
}

/** What came and went in a list. */
function listWords(before, after) {
  const [was, is] = [before.map(itemWords), after.map(itemWords)];
  const gone = was.filter((item) => !is.includes(item)).map((item) => `without ${item}`);
  const come = is.filter((item) => !was.includes(item)).map((item) => `with ${item}`);
  return [...gone, ...come].join(', ') || 'in another order';
}

function itemWords(item) {
  if (typeof item !== 'object') return String(item);
  return `code ${item.code}${item.suffix ?? ''} (${item.minutes} min, ${item.sightings} ${item.sightings === 1 ? 'sighting' : 'sightings'}, ${plain(item.start_rule ?? 'none')})`;
}

function oneWord(value) {
  if (value === null) return 'none';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

customElements.define('settings-screen', SettingsScreen);
export default SettingsScreen;
