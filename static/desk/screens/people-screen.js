import { get, getAll, patch, post } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { age, when } from '../../shared/words.js';
import { tellClash } from '../clash.js';
import { acceptForm, refuseForm } from '../parts/refused-form.js';
import '../parts/secret-once.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

const ROLES = { officer: 'Officer', supervisor: 'Supervisor', administrator: 'Administrator' };

/** Who may sign in ("#people/<id>": one of them, with their sign-ins). */
export class PeopleScreen extends Screen {
  #people = [];
  #signIns = [];
  #asked = 0;
  #seen = null; // whose account is shown, as it was when it was drawn
  #typed = false;

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>People</h1><settings-nav></settings-nav><secret-once></secret-once>
      <details class="card new" hidden><summary>Add somebody</summary><form class="stack" name="add" novalidate>
        <div class="errors" role="alert" tabindex="-1" hidden></div>
        <p class="tight"><label for="new-name">Name</label><input id="new-name" name="name" autocomplete="off"></p>
        <p class="tight"><label for="new-email">E-mail</label><input id="new-email" name="email" type="email" autocomplete="off"></p>
        <p class="tight"><label for="new-role">Role</label><select id="new-role" name="role">${roles('officer')}</select></p>
        <button class="main">Add, and make a link for a password</button></form></details>
      <section class="card stack chosen" aria-live="polite" hidden></section>
      <div class="wide"><table><caption class="unseen">Everybody who has an account</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">Account</th></tr></thead>
        <tbody></tbody></table></div>`);
    this.addEventListener('submit', (event) => this.#submit(event));
    this.querySelector('.chosen').addEventListener('input', () => { this.#typed = true; });
    this.addEventListener('click', ({ target }) => this.#click(target.closest('button[data-step]')));
    this.onJournal(['person', 'phone'], () => this.#load());
    this.#load();
  }

  show() {
    const { role } = this.desk.me.person;
    this.querySelector('settings-nav').show(role);
    this.querySelector('.new').hidden = !this.#mayChange;
  }

  moved() {
    return this.#load();
  }

  get #mayChange() {
    return this.desk.me.person.role === 'administrator';
  }

  get #chosen() {
    return this.#people.find(({ id }) => id === this.place[0]) ?? null;
  }

  /** Supervisors look after officers, administrators after everybody. */
  #maySignOut({ role }) {
    return this.#mayChange || role === 'officer';
  }

  /** Of several that are under way the last one asked counts. */
  async #load() {
    const asked = (this.#asked += 1);
    await this.attempt(async () => {
      const people = await getAll('/people');
      if (asked !== this.#asked) return;
      this.#people = people.sort((one, other) => Boolean(one.disabled_at) - Boolean(other.disabled_at) || one.name.localeCompare(other.name));
      const chosen = this.#chosen;
      this.#signIns = chosen && this.#maySignOut(chosen) ? (await get(`/people/${chosen.id}/sign-ins`)).items : [];
    });
    this.#list();
    this.#drawChosen();
  }

  #list() {
    const rows = this.#people.map(({ id, name, email, role, disabled_at: gone }) => ({
      id, name, email, role: ROLES[role], state: gone ? `Closed ${when(gone, now(), zone())}` : 'Open', chosen: id === this.place[0],
    }));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw: drawRow });
  }

  #drawChosen() {
    const person = this.#chosen;
    const card = this.querySelector('.chosen');
    const mark = JSON.stringify([person, this.#signIns.map(({ id }) => id)]);
    if (card.dataset.mark === mark || (this.#typed && person?.id === this.#seen?.id)) return;
    card.dataset.mark = mark;
    [this.#seen, this.#typed] = [person, false];
    card.hidden = person === null;
    if (person) card.replaceChildren(html`<h2>${person.name}</h2>
      ${this.#mayChange ? changeForm(person) : html`<p class="muted">Only administrators change accounts.</p>`}
      ${this.#maySignOut(person) && signInList(this.#signIns)}
      <p><a href="#audit/person/${person.id}">What they changed</a> · <a href="#people">Close this</a></p>`);
  }

  #submit(event) {
    event.preventDefault();
    return event.target.getAttribute('name') === 'add' ? this.#add(event.target) : this.#change(event.target);
  }

  async #add(form) {
    acceptForm(form);
    const body = Object.fromEntries(new FormData(form));
    let person = null;
    const done = await this.attempt(async () => { person = await post('/people', body); }, null, (error) => refuseForm(form, error));
    if (!done) return;
    form.reset();
    form.closest('details').open = false;
    await this.#load();
    await this.#makeLink(person);
  }

  async #change(form) {
    const person = this.#seen;
    await this.#save(form, person, Object.fromEntries(new FormData(form)), person.version);
  }

  async #save(form, { id, name, role, disabled_at: gone }, body, version) {
    acceptForm(form);
    const clash = {
      beside: form, what: 'this account', load: async () => (await getAll('/people')).find((each) => each.id === id),
      rows: (there) => rowsOf({ name, role, disabled_at: gone, ...body }, there),
      mine: (newer) => this.#save(form, { id, name, role, disabled_at: gone }, body, newer), theirs: () => this.#anew(),
    };
    const sent = () => patch(`/people/${id}`, { ...body, version }).catch((error) => tellClash(error, clash));
    if (await this.attempt(sent, 'Saved.', (error) => refuseForm(form, error))) await this.#anew();
  }

  /** What was typed is sent, or given up. */
  #anew() {
    this.#typed = false;
    this.querySelector('.chosen').dataset.mark = '';
    return this.#load();
  }

  #click(button) {
    if (!button) return null;
    const { step, id } = button.dataset;
    const person = this.#chosen;
    if (step === 'link') return this.#makeLink(person);
    if (step === 'sign-out') return this.#then(() => post(`/sign-ins/${id}/sign-out`, { lost: false }), 'Signed out.');
    if (step === 'lost') return this.#then(() => post(`/sign-ins/${id}/sign-out`, { lost: true }), 'Signed out: what that phone still sends is kept apart until it was found.');
    const disabled = step === 'close';
    return this.#then(() => patch(`/people/${person.id}`, { disabled }), disabled ? 'The account is closed, and signed out everywhere.' : 'The account is open again.');
  }

  async #makeLink(person) {
    let link = null;
    if (!(await this.attempt(async () => { link = await post('/reset-links', { person_id: person.id }); }))) return;
    this.querySelector('secret-once').show({
      title: `Link for ${person.name}`,
      words: `With it they choose a password, once, until ${when(link.expires_at, now(), zone())}. Give it to nobody else.`,
      value: link.url,
    });
  }

  async #then(run, done) {
    if (await this.attempt(run, done)) await this.#load();
  }
}

function rowsOf(mine, theirs) {
  const row = (words, of) => [words, of(mine), of(theirs)];
  return [row('Name', ({ name }) => name), row('Role', ({ role }) => ROLES[role]), row('Account', ({ disabled_at: gone }) => (gone ? 'closed' : 'open'))];
}

function roles(chosen) {
  return Object.entries(ROLES).map(([name, words]) => html`<option value="${name}" ${name === chosen && 'selected'}>${words}</option>`);
}

function drawRow({ id, name, email, role, state, chosen }) {
  return html`<tr class="${chosen ? 'chosen' : ''}"><th scope="row"><a href="#people/${id}" data-focus="open">${name}</a></th>
    <td>${email}</td><td>${role}</td><td>${state}</td></tr>`.firstElementChild;
}

function changeForm({ name, role, disabled_at: gone }) {
  return html`<form class="stack" name="change" novalidate><div class="errors" role="alert" tabindex="-1" hidden></div>
      <p class="tight"><label for="their-name">Name</label><input id="their-name" name="name" value="${name}"></p>
      <p class="tight"><label for="their-role">Role</label><select id="their-role" name="role">${roles(role)}</select></p>
      <p class="row"><button class="main">Save</button>
        ${!gone && html`<button type="button" data-step="link">Make a link for a new password</button>`}
        ${gone ? html`<button type="button" data-step="open">Open the account again</button>`
    : html`<button type="button" class="grave" data-step="close">Close the account</button>`}</p></form>`;
}

function signInList(signIns) {
  if (!signIns.length) return html`<h3>Sign-ins</h3><p class="muted">Not signed in anywhere.</p>`;
  return html`<h3>Sign-ins</h3><ul class="plain-list">${signIns.map(({ id, device, last_seen_at: seen, lost, current }) => html`<li class="row spread">
    <span>${device.slice(0, 80)}, ${current ? 'here' : `last seen ${age(seen, now())}`}${lost ? ', reported lost' : ''}</span>
    ${!current && html`<span class="row"><button type="button" data-step="sign-out" data-id="${id}">Sign out</button>
      <button type="button" data-step="lost" data-id="${id}">It is lost: sign out</button></span>`}</li>`)}</ul>`;
}

customElements.define('people-screen', PeopleScreen);
export default PeopleScreen;
