/** The supervisor's page: who is signed in, which screen is shown, and what stands above all of them. */

import { ApiError, post } from '../shared/api.js';
import '../shared/connection-line.js';
import { html } from '../shared/html.js';
import '../shared/notice-line.js';
import '../shared/sign-in.js';
import { skipTo } from '../shared/skip.js';
import { listenForTouch } from '../shared/tones.js';
import { whileSeen } from '../shared/while-seen.js';
import { takeAway } from './alarm-push.js';
import './parts/alarm-bell.js';
import './parts/desk-alarms.js';
import { Screens } from './screens.js';
import { Desk } from './store.js';

const TICK = 5_000;
const WATCH = 20_000;
const OVER = ['alert.acknowledged', 'alert.resolved', 'alert.cleared', 'alert.taken-back'];

const $ = (selector) => document.querySelector(selector);
const shown = {
  opening: $('#opening'), trouble: $('#trouble'), signIn: $('sign-in-form'), desk: $('main'), pages: $('#pages'),
  connection: $('connection-line'), who: $('#who'), alarms: $('desk-alarms'), foot: $('footer'),
};
const desk = new Desk($('notice-line'));
const screens = new Screens({ main: shown.desk, nav: shown.pages, desk });

skipTo(shown.desk);
listenForTouch();
desk.addEventListener('change', show);
desk.addEventListener('signed-out', signedOut);
desk.live.addEventListener('state', ({ detail }) => { shown.connection.state = detail; });
desk.live.addEventListener('change', ({ detail: { kind, subject_id: id } }) => OVER.includes(kind) && takeAway(id));
document.addEventListener('signed-in', open);
document.addEventListener('bell-failed', ({ detail: { error } }) => desk.attempt(() => Promise.reject(error)));
shown.alarms.addEventListener('alert-step', ({ detail: { id, step } }) => {
  desk.attempt(() => desk.alertStep(id, step), step === 'resolve' ? 'Dealt with.' : 'Noted: you are on it.');
});
shown.alarms.addEventListener('place-release', ({ detail: { id } }) => {
  desk.attempt(() => desk.release(id), 'Officers may be sent there again.');
});
$('#sign-out').addEventListener('click', signOut);
whileSeen(TICK, () => shown.alarms.tick(), new AbortController().signal);
whileSeen(WATCH, () => watch(), new AbortController().signal);
open();

async function open() {
  try {
    await desk.begin();
  } catch (error) {
    return failed(error);
  }
  return desk.allowed ? Promise.all([screens.open(), watch()]) : null;
}

/** Where the server does not answer, the line about the connection says so. */
async function watch() {
  if (desk.allowed) await desk.loadWatch().catch(() => {});
}

/** Nothing could be loaded: say so where there is nothing else to see. */
function failed(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return signedOut();
  only('trouble');
  shown.trouble.replaceChildren(html`<h1>Can’t open the desk</h1><p>${error.message}</p>
    <button type="button" class="main">Try again</button>`);
  return shown.trouble.querySelector('button').addEventListener('click', open, { once: true });
}

async function signOut() {
  if (await desk.attempt(() => post('/sign-out'))) signedOut();
}

function signedOut() {
  desk.forget();
  screens.close();
}

function show() {
  if (!desk.me) return only('signIn');
  $('#authority').textContent = desk.me.authority.name;
  $('#name').textContent = desk.me.person.name;
  if (!desk.allowed) return showStranger();
  only('desk', 'pages', 'connection', 'who', 'alarms', 'foot');
  $('alarm-bell').show(desk.me);
  return shown.alarms.show(desk);
}

function showStranger() {
  only('trouble', 'who');
  shown.trouble.replaceChildren(html`<h1>This page is for supervisors</h1>
    <p>You are signed in as ${desk.me.person.name}.</p><a class="button main" href="/patrol/">Go to your patrol</a>`);
}

function only(...names) {
  for (const [name, element] of Object.entries(shown)) element.hidden = !names.includes(name);
}
