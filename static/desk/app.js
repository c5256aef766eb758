/** The supervisor's page: which pieces are shown, and what happens when they say something. */

import { ApiError, post } from '../shared/api.js';
import { coalesce } from '../shared/coalesce.js';
import '../shared/connection-line.js';
import { html } from '../shared/html.js';
import { Live } from '../shared/live.js';
import '../shared/notice-line.js';
import { shape } from '../shared/shapes.js';
import '../shared/sign-in.js';
import { placeWords } from '../shared/task-words.js';
import { whileSeen } from '../shared/while-seen.js';
import { alarmWords } from './alert-list.js';
import './ended-table.js';
import './officer-list.js';
import './patrol-list.js';
import './shift-form.js';
import { Desk } from './store.js';
import './task-story.js';
import './task-table.js';

const TICK = 5_000;
const CONCERNS = ['task', 'assignment', 'shift', 'sighting', 'outcome', 'photo', 'alert', 'freeze'];

const $ = (selector) => document.querySelector(selector);
const shown = {
  opening: $('#opening'), trouble: $('#trouble'), signIn: $('sign-in-form'), desk: $('#desk'),
  connection: $('connection-line'), who: $('#who'), alarms: $('#alarms'),
};
const notice = $('notice-line');
const desk = new Desk();
const live = new Live({ poll: () => guarded(() => desk.load()) });
const refresh = coalesce(() => guarded(() => desk.load()).catch(failed));
const refreshWork = coalesce(() => guarded(() => desk.loadWork()).catch(failed), 300);

desk.addEventListener('change', show);
live.addEventListener('hello', refresh);
live.addEventListener('reload', refresh);
live.addEventListener('change', ({ detail }) => changed(detail.subject));
live.addEventListener('signed-out', signedOut);
live.addEventListener('state', ({ detail }) => { shown.connection.state = detail; });

document.addEventListener('signed-in', open);
document.addEventListener('task-select', ({ detail }) => { location.hash = `task=${detail.id}`; });
document.addEventListener('shift-plan', ({ detail }) => plan(detail));
document.addEventListener('shift-zones', ({ detail: { id, zones } }) => {
  attempt(() => desk.assignZones(id, zones), 'Zones saved.');
});
document.addEventListener('task-give', ({ detail: { id, shift } }) => {
  attempt(() => desk.give(id, shift), 'The officer is asked to go.');
});
document.addEventListener('task-withdraw', ({ detail: { id, why } }) => {
  attempt(() => desk.withdraw(id, why), 'Called off.');
});
document.addEventListener('task-reopen', ({ detail: { id } }) => {
  attempt(() => desk.reopen(id), 'It waits for an officer again.');
});
document.addEventListener('alert-step', ({ detail: { id, step } }) => {
  attempt(() => desk.alertStep(id, step), step === 'resolve' ? 'Dealt with.' : 'Noted: you are on it.');
});
document.addEventListener('place-release', ({ detail: { id } }) => {
  attempt(() => desk.release(id), 'Officers may be sent there again.');
});
$('#sign-out').addEventListener('click', signOut);
window.addEventListener('hashchange', chooseFromAddress);
whileSeen(TICK, tick, new AbortController().signal);
open();

function changed(subject) {
  if (subject === 'patrol') refresh();
  else if (CONCERNS.includes(subject)) refreshWork();
}

async function open() {
  try {
    await guarded(() => desk.load());
    if (!desk.allowed) return;
    await chooseFromAddress();
    live.start();
  } catch (error) {
    failed(error);
  }
}

/** Run it; whoever is not signed in any more comes to the sign-in form. */
async function guarded(run) {
  try {
    await run();
  } catch (error) {
    if (error.status !== 401) throw error;
    signedOut();
  }
}

function chooseFromAddress() {
  const id = new URLSearchParams(location.hash.slice(1)).get('task');
  return attempt(() => desk.choose(id));
}

/** Nothing could be loaded: say so where there is nothing else to see. */
function failed(error) {
  if (!(error instanceof ApiError)) throw error;
  if (desk.me) return;
  only('trouble');
  shown.trouble.replaceChildren(html`<h1>Can’t open the desk</h1><p>${error.message}</p>
    <button type="button" class="main">Try again</button>`);
  shown.trouble.querySelector('button').addEventListener('click', open, { once: true });
}

function signedOut() {
  live.stop();
  desk.forget();
}

async function signOut() {
  if (await attempt(() => post('/sign-out'))) signedOut();
}

function show() {
  if (!desk.me) return only('signIn');
  $('#authority').textContent = desk.me.authority.name;
  $('#name').textContent = desk.me.person.name;
  if (!desk.allowed) return showStranger();
  only('desk', 'connection', 'who', 'alarms');
  const { tasks, shifts, zones, officers, outcomes, ended, story, looks, chosen, alerts, patrols, coverage } = desk;
  $('officer-list').show({ shifts, tasks, zones });
  $('shift-form').show({ officers, zones });
  $('patrol-list').show({ patrols, coverage });
  $('task-table').show({ tasks, chosen: chosen?.id });
  $('ended-table').show({ tasks: ended, outcomes, chosen: chosen?.id });
  $('task-story').show({ task: chosen, entries: story, looks, shifts, names: desk.names(), outcomes });
  $('alert-list').show({ alerts });
  showAlarms(tasks.filter(({ state }) => state === 'escalated'), alarmWords(alerts));
}

function unsafeWords(tasks) {
  if (!tasks.length) return '';
  return `Unsafe, says an officer: ${tasks.map(placeWords).join('; ')}. Nobody is sent there until you say so.`;
}

function untakenWords(tasks) {
  if (!tasks.length) return '';
  return tasks.length === 1
    ? 'One task needs you: no officer took it.'
    : `${tasks.length} tasks need you: no officer took them.`;
}

function showAlarms(tasks, alarms) {
  const words = [alarms, unsafeWords(tasks.filter(({ unsafe }) => unsafe)), untakenWords(tasks.filter(({ unsafe }) => !unsafe))]
    .filter(Boolean).join(' ');
  if (shown.alarms.dataset.words === words) return;
  shown.alarms.dataset.words = words;
  shown.alarms.replaceChildren(words === '' ? '' : html`<p class="notice now row">${shape('alarm')} ${words}
    ${tasks.length > 0 && html`<a href="#task=${tasks[0].id}">Show the first</a>`}</p>`);
}

function showStranger() {
  only('trouble', 'who');
  shown.trouble.replaceChildren(html`<h1>This page is for supervisors</h1>
    <p>You are signed in as ${desk.me.person.name}.</p><a class="button main" href="/patrol/">Go to your patrol</a>`);
}

function only(...names) {
  for (const [name, element] of Object.entries(shown)) element.hidden = !names.includes(name);
}

function tick() {
  if (shown.desk.hidden) return;
  for (const name of ['alert-list', 'officer-list', 'task-table', 'task-story']) $(name).tick();
}

/** Do it and say so, or say what stood in the way. True when it was done. */
async function attempt(run, done = null, refused = null) {
  try {
    await run();
    if (done) notice.say(done);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) signedOut();
    else if (error.status === 422 && refused) refused(error);
    else notice.say(error.message, { urgent: true });
    if (error.status === 409) refreshWork();
    return false;
  }
}

async function plan(shift) {
  const form = $('shift-form');
  if (await attempt(() => desk.planShift(shift), 'The shift is planned.', (error) => form.refuse(error))) form.clear();
}
