/** A newer version of the app: offered, taken up, and the same for each window that is open. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
const ASK_AGAIN = 15_000;
let loaded;
let workers;
let page = 0;

beforeEach(() => {
  mock.timers.enable({ apis: ['setInterval'] });
  loaded = 0;
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.location = { reload: () => { loaded += 1; } };
});

afterEach(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.location;
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else delete globalThis.navigator;
});

/** A window with a worker, or without one yet, and what it is offered. */
async function open({ controller = {}, waiting = null } = {}) {
  const registration = Object.assign(new EventTarget(), { waiting });
  workers = Object.assign(new EventTarget(), { controller, register: async () => registration });
  Object.defineProperty(globalThis, 'navigator', { value: { serviceWorker: workers }, configurable: true });
  const { keepShell } = await import(`../../static/patrol/shell.js?page=${page += 1}`);
  const phone = { busy: false, offered: null, registration };
  await keepShell({ offer: (takeOver) => { phone.offered = takeOver; } }, () => phone.busy);
  return phone;
}

const taken = () => workers.dispatchEvent(new Event('controllerchange'));

test('a window in which nothing was tapped is loaded anew, too, but not in the middle of a visit', async () => {
  const phone = await open();
  phone.busy = true;
  taken();
  mock.timers.tick(ASK_AGAIN);
  assert.equal(loaded, 0);
  phone.busy = false;
  mock.timers.tick(ASK_AGAIN);
  assert.equal(loaded, 1);
  mock.timers.tick(ASK_AGAIN);
  assert.equal(loaded, 1);
});

test('the first worker of all loads nothing anew', async () => {
  await open({ controller: null });
  taken();
  assert.equal(loaded, 0);
  taken();
  assert.equal(loaded, 1);
});

test('who takes it up has it at once, also where another window was faster', async () => {
  const told = [];
  const phone = await open({ waiting: { postMessage: (words) => told.push(words) } });
  phone.offered();
  assert.deepEqual([told, loaded], [['take-over'], 0]);
  phone.busy = true;
  taken();
  assert.equal(loaded, 1);
  phone.registration.waiting = null;
  phone.offered();
  assert.equal(loaded, 2);
});

test('a newer version is offered once its officer is not in the middle of something', async () => {
  const phone = await open();
  phone.busy = true;
  phone.registration.waiting = {};
  const installing = Object.assign(new EventTarget(), { state: 'installed' });
  phone.registration.installing = installing;
  phone.registration.dispatchEvent(new Event('updatefound'));
  installing.dispatchEvent(new Event('statechange'));
  assert.equal(phone.offered, null);
  phone.busy = false;
  mock.timers.tick(ASK_AGAIN);
  assert.ok(phone.offered);
});
