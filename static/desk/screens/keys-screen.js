import { getAll, post, remove } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { age, when } from '../../shared/words.js';
import { SCOPES, WALL } from '../parts/key-words.js';
import { acceptForm, refuseForm } from '../parts/refused-form.js';
import '../parts/secret-once.js';
import '../parts/settings-nav.js';
import { Screen } from './screen.js';

/** The keys of machines and wall screens: what each opens, and when it was last used. */
export class KeysScreen extends Screen {
  #keys = [];

  draw() {
    this.classList.add('stack');
    this.replaceChildren(html`<h1>Keys</h1><settings-nav></settings-nav><secret-once></secret-once>
      <p class="muted">A key lets a machine in without a person. Give each machine its own, so that one can be revoked without the others.</p>
      <details class="card"><summary>Make a key</summary><form class="stack" novalidate>
        <div class="errors" role="alert" tabindex="-1" hidden></div>
        <p class="tight"><label for="key-name">Who or what uses it</label><input id="key-name" name="name" autocomplete="off"></p>
        <fieldset><legend>What it opens</legend>${Object.entries(SCOPES).map(([scope, words]) => html`<label class="choice"><input type="checkbox"
          name="scopes" value="${scope}"> <span>${words} <span class="muted">${scope}</span></span></label>`)}</fieldset>
        <button class="main">Make it</button></form></details>
      <p class="none muted" hidden>There are no keys yet. Make one for each sensor network and wall screen.</p>
      <div class="wide"><table hidden><caption class="unseen">Keys, those that open something first</caption>
        <thead><tr><th scope="col">Who or what</th><th scope="col">Ends in</th><th scope="col">Opens</th><th scope="col">Made</th>
          <th scope="col">Last used</th><th scope="col">State</th></tr></thead><tbody></tbody></table></div>`);
    this.addEventListener('submit', (event) => this.#make(event));
    this.addEventListener('click', ({ target }) => this.#revoke(target.closest('button[data-id]')));
    this.onJournal(['key'], () => this.#load());
    this.#load();
  }

  show() {
    this.querySelector('settings-nav').show(this.desk.me.person.role);
  }

  async #load() {
    await this.attempt(async () => { this.#keys = await getAll('/keys'); });
    const rows = this.#keys.map(told).sort((one, other) => Boolean(one.revoked) - Boolean(other.revoked));
    keyed(this.querySelector('tbody'), rows, { key: ({ id }) => id, mark: JSON.stringify, draw: drawRow });
    this.querySelector('table').hidden = rows.length === 0;
    this.querySelector('.none').hidden = rows.length > 0;
  }

  async #make(event) {
    event.preventDefault();
    const form = event.target;
    acceptForm(form);
    const said = new FormData(form);
    const scopes = said.getAll('scopes');
    if (!scopes.length) return refuseForm(form, { message: 'Say what the key opens: tick one or more.', errors: [] });
    let made = null;
    const done = await this.attempt(async () => { made = await post('/keys', { name: said.get('name'), scopes }); }, null, (error) => refuseForm(form, error));
    if (!done) return null;
    form.reset();
    form.closest('details').open = false;
    await this.#load();
    return this.querySelector('secret-once').show(scopes.includes(WALL) ? forAWall(made) : forAMachine(made));
  }

  async #revoke(button) {
    if (button && await this.attempt(() => remove(`/keys/${button.dataset.id}`), 'Revoked: it opens nothing any more.')) await this.#load();
  }
}

function forAMachine({ name, key }) {
  return { title: `Key for ${name}`, words: 'The machine sends it as a bearer token.', value: key };
}

/** Behind the "#", where no server and no log ever sees it. */
function forAWall({ name, key }) {
  return { title: `Address for ${name}`, words: 'Open it once on the wall screen, which keeps it. Whoever has it can see the board.', value: `${location.origin}/board/#${key}` };
}

function told({ id, name, hint, scopes, created_at: made, last_used_at: used, revoked_at: revoked }) {
  return {
    id, name, hint, scopes: scopes.map((scope) => SCOPES[scope] ?? scope), made: when(made, now(), zone()),
    used: used ? age(used, now()) : 'never', revoked: revoked && when(revoked, now(), zone()),
  };
}

function drawRow({ id, name, hint, scopes, made, used, revoked }) {
  return html`<tr class="${revoked ? 'muted' : ''}"><th scope="row">${name}</th><td>…${hint}</td>
    <td>${scopes.map((words) => html`<span class="line">${words}</span>`)}</td><td>${made}</td><td>${used}</td>
    <td>${revoked ? `Revoked ${revoked}` : html`<details><summary data-focus="revoke">Revoke</summary>
      <p>Whatever uses it is let in no more, at once. That can’t be undone.</p>
      <button type="button" class="grave" data-id="${id}">Revoke it</button></details>`}</td></tr>`.firstElementChild;
}

customElements.define('keys-screen', KeysScreen);
export default KeysScreen;
