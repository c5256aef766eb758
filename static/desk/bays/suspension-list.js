import { get, patch, post, put, remove } from '../../shared/api.js';
import { now, zone } from '../../shared/clock.js';
import { html } from '../../shared/html.js';
import { keyed } from '../../shared/keyed.js';
import { wallClock } from '../../shared/words.js';
import { tellClash } from '../clash.js';
import { Page } from './page.js';
import { at, instantOf, spanWords } from './words.js';

const HOUR = 3_600_000;
const PAGE = 100;

/** Suspensions that hold or will, those that are over, a new one; and when each sign went up, with its photo. */
export class SuspensionList extends Page {
  #over = false;
  #items = [];
  #next = null;
  #typed = false;

  draw() {
    this.classList.add('stack');
    const start = Math.ceil(now() / HOUR) * HOUR;
    this.replaceChildren(html`<details class="card new"><summary>Suspend a bay</summary><form name="suspend" class="stack"><div class="errors" role="alert" hidden></div><div class="fields">
        <p class="tight"><label for="suspend-bay">Bay (its reference)</label><input id="suspend-bay" name="bay" required maxlength="100" autocomplete="off" list="suspend-known"><datalist id="suspend-known"></datalist></p>
        <p class="tight"><label for="suspend-from">From</label><input id="suspend-from" name="starts_at" type="datetime-local" required value="${wallClock(start, zone())}"></p>
        <p class="tight"><label for="suspend-to">Until</label><input id="suspend-to" name="ends_at" type="datetime-local" required value="${wallClock(start + 24 * HOUR, zone())}"></p>
        <p class="tight"><label for="suspend-why">Why (for officers)</label><input id="suspend-why" name="why" required maxlength="500" autocomplete="off"></p>
        <p class="tight broad"><label for="suspend-notice">What the sign says</label><textarea id="suspend-notice" name="notice" maxlength="2000" rows="2"></textarea></p>
        <p class="tight"><label for="suspend-up">The sign went up <span class="muted">(empty: not yet)</span></label><input id="suspend-up" name="sign_up_at" type="datetime-local"></p>
        <p class="tight"><label for="suspend-photo">A photo of the sign</label><input id="suspend-photo" name="photo" type="file" accept="image/*"></p></div>
        <p class="muted">A car that stood there before the sign went up raises no task by itself.</p>
        <button class="main">Suspend this bay</button></form></details>
      <div class="row spread"><h2 id="suspended-title">Hold now, or will</h2><button type="button" data-do="other" aria-pressed="false">Show those that are over</button></div>
      <p class="muted none" hidden>None.</p><ul class="stack items" aria-labelledby="suspended-title"></ul>
      <p><button type="button" data-do="more" hidden>Show more</button></p>`);
    this.onSubmit('suspend', (form, said) => this.#suspend(form, said));
    this.onSubmit('sign', (form, said) => this.#sign(form, said));
    this.onDo('cancel', (button) => this.#cancel(button));
    this.onDo('other', () => this.#turn());
    this.onDo('more', () => this.#more());
    this.$('#suspend-bay').addEventListener('input', ({ target }) => this.#suggest(target.value.trim()));
    this.$('.items').addEventListener('input', () => { this.#typed = true; });
    this.screen.onJournal(['suspension'], () => { if (this.isConnected && !this.#typed) this.load(); });
    this.$('.new').open = this.place.length > 0;
    if (this.place.length) this.#named(this.place[0]);
  }

  load() {
    this.#items = [];
    this.#next = null;
    return this.#more();
  }

  async #more() {
    const over = this.#over;
    await this.attempt(async () => {
      const page = await get('/suspensions', { over, limit: PAGE, cursor: this.#next });
      if (over !== this.#over) return;
      const known = new Set(page.items.map(({ id }) => id));
      this.#items = [...this.#items.filter(({ id }) => !known.has(id)), ...page.items];
      this.#next = page.next;
      this.#typed = false;
      this.#show();
    });
  }

  #show() {
    keyed(this.$('.items'), this.#items, { key: ({ id }) => id, mark: JSON.stringify, draw });
    this.$('.none').hidden = this.#items.length > 0;
    this.$('[data-do=more]').hidden = !this.#next;
  }

  #turn() {
    this.#over = !this.#over;
    this.$('#suspended-title').textContent = this.#over ? 'Over, or called off' : 'Hold now, or will';
    this.$('[data-do=other]').setAttribute('aria-pressed', String(this.#over));
    return this.load();
  }

  async #named(id) {
    await this.attempt(async () => { this.$('#suspend-bay').value = (await get(`/bays/${id}`)).reference; });
  }

  /** References that begin like what is typed, from the books. */
  async #suggest(text) {
    if (text.length < 2) return;
    const { items } = await get('/bays', { text, order: 'street', limit: 20 }).catch(() => ({ items: [] }));
    this.$('#suspend-known')?.replaceChildren(html`${items.map(({ reference, street }) => html`<option value="${reference}">${street}</option>`)}`);
  }

  async #suspend(form, { bay, starts_at: starts, ends_at: ends, why, notice, sign_up_at: up, photo }) {
    const done = await this.attempt(async () => {
      const bayId = await this.screen.bayCalled(bay);
      const made = await post('/suspensions', {
        bay_id: bayId, why, notice: notice.trim() || null, starts_at: instantOf(starts), ends_at: instantOf(ends), sign_up_at: instantOf(up),
      });
      if (photo.size) await sendPhoto(made.id, photo);
    }, `Bay ${bay} is suspended.`, form);
    if (!done) return;
    form.reset();
    this.$('.new').open = false;
    await this.load();
  }

  async #sign(form, { sign_up_at: up, photo }) {
    const { id } = form.dataset;
    const seen = this.#items.find((each) => each.id === id);
    const done = await this.attempt(async () => {
      if (photo.size) await sendPhoto(id, photo);
      await this.#change(form, seen, { sign_up_at: instantOf(up) });
    }, 'Noted. Cars that were there before raise no task by themselves.', form);
    if (done) await this.load();
  }

  #change(form, seen, changes) {
    const clash = {
      beside: form, what: 'this suspension', rows: (there) => rowsOf({ ...seen, ...changes }, there),
      load: async () => (await get('/suspensions', { bay_id: seen.bay.id, limit: PAGE })).items.find(({ id }) => id === seen.id),
      mine: (version) => this.attempt(() => this.#change(form, { ...seen, version }, changes), 'Noted.', form).then((done) => done && this.load()),
      theirs: () => this.load(),
    };
    return patch(`/suspensions/${seen.id}`, { ...changes, version: seen.version }).catch((error) => tellClash(error, clash));
  }

  async #cancel(button) {
    const { id } = button.dataset;
    const { bay, why, notice, starts_at: starts, ends_at: ends, sign_up_at: up } = this.#items.find((each) => each.id === id);
    if (!await this.attempt(() => remove(`/suspensions/${id}`))) return;
    const again = { bay_id: bay.id, why, notice, starts_at: starts, ends_at: ends, sign_up_at: up };
    this.screen.undo(`The suspension of bay ${bay.reference} is called off.`, async () => {
      if (await this.attempt(() => post('/suspensions', again), 'It holds again.') && this.isConnected) await this.load();
    });
    await this.load();
  }
}

function rowsOf(mine, theirs) {
  const row = (words, of) => [words, of(mine), of(theirs)];
  return [
    row('Holds', ({ starts_at: starts, ends_at: ends, cancelled_at: cancelled }) => (cancelled ? 'called off' : spanWords(starts, ends))),
    row('Why', ({ why }) => why), row('The sign says', ({ notice }) => notice ?? ''), row('The sign went up', ({ sign_up_at: up }) => (up ? at(up) : 'not yet')),
  ];
}

/** Upright, small enough, and nothing in it but the picture. */
async function sendPhoto(id, file) {
  const { photoOf } = await import('../../patrol/camera.js');
  const { bytes } = await photoOf(file);
  await put(`/suspensions/${id}/sign`, bytes);
}

function draw({ id, bay, starts_at: starts, ends_at: ends, why, notice, sign_up_at: up, sign_photo: photo, cancelled_at: cancelled }) {
  const over = cancelled || Date.parse(ends) <= now();
  return html`<li class="card stack"><div class="tight"><h3><a href="#bays/${bay.id}">${bay.street}, bay ${bay.reference}</a></h3>
      <p>${cancelled ? 'Called off: it was to hold' : 'Suspended'} ${spanWords(starts, ends)}</p><p class="muted">${why}</p>
      ${notice && html`<p class="as-written">The sign says: “${notice}”</p>`}
      <p class="${up || over ? '' : 'soon'}">${up ? `The sign went up ${at(up)}` : signWords(starts)}</p></div>
    ${photo && html`<a class="sign" href="/api/v1/suspensions/${id}/sign" target="_blank" rel="noopener"><img src="/api/v1/suspensions/${id}/sign?${photo}" alt="The sign at bay ${bay.reference}" loading="lazy"></a>`}
    ${!over && html`<details><summary>${up ? 'Correct when the sign went up' : 'The sign is up'}</summary><form name="sign" class="stack" data-id="${id}">
      <div class="errors" role="alert" hidden></div><div class="fields">
      <p class="tight"><label for="up-${id}">The sign went up</label><input id="up-${id}" name="sign_up_at" type="datetime-local" required value="${wallClock(up ?? now(), zone())}"></p>
      <p class="tight"><label for="photo-${id}">A photo of it</label><input id="photo-${id}" name="photo" type="file" accept="image/*"></p></div>
      <button class="main">Save</button></form></details>
    <p><button type="button" class="grave" data-do="cancel" data-id="${id}" data-focus="cancel">Call it off</button></p>`}</li>`.firstElementChild;
}

function signWords(starts) {
  return Date.parse(starts) <= now()
    ? 'Nobody has said when the sign went up: every car there raises a task.'
    : 'Its sign is not up yet, or nobody has said so.';
}

customElements.define('suspension-list', SuspensionList);
