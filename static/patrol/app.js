/** The officer's page: which pieces are shown, and what happens when they say something. */

import { ApiError, post } from '../shared/api.js';
import { now, zone } from '../shared/clock.js';
import { coalesce } from '../shared/coalesce.js';
import '../shared/connection-line.js';
import { html } from '../shared/html.js';
import { Live } from '../shared/live.js';
import '../shared/notice-line.js';
import '../shared/sign-in.js';
import { lawfulWords, overWords, placeWords } from '../shared/task-words.js';
import '../shared/undo-bar.js';
import { Day } from './day.js';
import { forgetDrafts } from './draft.js';
import './position-line.js';
import { Positions } from './positions.js';
import { forgetDevice } from './push.js';
import './push-setting.js';
import './shift-bar.js';
import { ShiftCard } from './shift-card.js';
import './task-card.js';
import './visit-steps.js';
import './walk-hint.js';

const IDLE_LOOK = 120_000; // while there is nothing to do, streets that are due are asked for anew
const $ = (selector) => document.querySelector(selector);
const shown = {
  bar: $('shift-bar'), connection: $('connection-line'), opening: $('#opening'), trouble: $('#trouble'),
  signIn: $('sign-in-form'), shift: $('shift-card'), task: $('task-card'), visit: $('visit-steps'),
  nothing: $('#nothing'), settings: $('#settings'),
};
const notice = $('notice-line');
const undo = $('undo-bar');
const day = new Day();
const positions = new Positions();
const live = new Live({ poll: load });
const refresh = coalesce(() => load().catch(failed));
let announced = '';

day.addEventListener('change', show);
live.addEventListener('hello', refresh);
live.addEventListener('reload', refresh);
live.addEventListener('change', refresh);
live.addEventListener('signed-out', signedOut);
live.addEventListener('state', ({ detail }) => { shown.connection.state = detail; });
positions.addEventListener('state', ({ detail }) => { $('position-line').state = detail; });
positions.addEventListener('arrived', ({ detail }) => day.take({ task: detail }));

document.addEventListener('signed-in', ({ detail }) => begin(detail));
document.addEventListener('shift-start', () => attempt(() => day.startShift()));
document.addEventListener('shift-state', ({ detail }) => attempt(() => day.setState(detail.state)));
document.addEventListener('shift-end', endShift);
document.addEventListener('look-again', refresh);
document.addEventListener('accept', ({ detail }) => step(() => day.accept(detail.task)));
document.addEventListener('arrive', ({ detail }) => step(() => day.arrive(detail.task)));
document.addEventListener('decline', ({ detail }) => decline(detail.task, detail.reason, 'It goes to the next officer.'));
document.addEventListener('unsafe', unsafe);
document.addEventListener('sighting', ({ detail }) => sighting(detail));
document.addEventListener('outcome', ({ detail }) => close(detail));
$('#sign-out').addEventListener('click', signOut);
navigator.serviceWorker?.register('/sw.js').catch(() => {});
navigator.serviceWorker?.addEventListener('message', ({ data }) => data?.open !== undefined && refresh());
setInterval(tick, 1000);
setInterval(() => (day.idle && !document.hidden ? refresh() : null), IDLE_LOOK);
open();

async function open() {
  try {
    await load();
    if (day.me) live.start();
  } catch (error) {
    failed(error);
  }
}

function begin(me) {
  day.take({ me });
  refresh();
  live.start();
}

async function load() {
  try {
    await day.load();
  } catch (error) {
    if (error.status !== 401) throw error;
    signedOut();
  }
}

/** Nothing could be loaded: say so where there is nothing else to see, and go on trying. */
function failed(error) {
  if (!(error instanceof ApiError)) throw error;
  if (day.me) return;
  only('trouble');
  shown.trouble.replaceChildren(html`<h1>Can’t open the page</h1><p>${error.message}</p>
    <button type="button" class="main">Try again</button>`);
  shown.trouble.querySelector('button').addEventListener('click', open, { once: true });
}

function signedOut() {
  live.stop();
  day.forget();
}

function show() {
  positions.wanted = day.positionsWanted;
  positions.bay = day.task?.bay ?? null;
  if (!day.me) return only('signIn');
  $('push-setting').pushKey = day.me.push_key;
  if (day.me.person.role !== 'officer') return showStranger();
  const { shift, task } = day;
  const resting = ShiftCard.wanted(shift);
  only(
    'connection', 'settings', day.onShift && 'bar', resting && !task && 'shift', task && 'task',
    task?.state === 'arrived' && 'visit', !resting && !task && 'nothing',
  );
  if (day.onShift) shown.bar.shift = shift;
  if (resting) shown.shift.shift = shift;
  if (task) showTask(task);
  $('walk-hint').walk = day.walk;
  announce(task);
}

function showTask(task) {
  shown.task.task = task;
  if (task.state !== 'arrived') return;
  shown.visit.outcomes = outcomesOf(task);
  shown.visit.task = task;
}

/** How a visit to this task may end; at a patrol, that nothing was found comes first. */
function outcomesOf({ patrol }) {
  const cause = patrol ? 'patrol' : 'stay';
  const fitting = day.outcomes.filter(({ causes }) => causes.includes(cause));
  return patrol ? fitting.sort((one, other) => one.causes.length - other.causes.length) : fitting;
}

function showStranger() {
  only('trouble');
  shown.trouble.replaceChildren(html`<h1>This page is for officers</h1>
    <p>You are signed in as ${day.me.person.name}.</p><a class="button main" href="/desk/">Go to the desk</a>`);
}

function only(...names) {
  for (const [name, element] of Object.entries(shown)) element.hidden = !names.includes(name);
}

/** Read out what has changed, once; the clocks themselves stay silent. */
function announce(task) {
  const words = task
    ? `${placeWords(task)}. ${overWords(task, now(), zone())}. ${lawfulWords(task, now(), zone()).words.split(' · ')[0]}.`
    : '';
  const mark = task ? `${task.id} ${task.state} ${lawfulWords(task, now(), zone()).kind}` : 'nothing';
  if (mark === announced) return;
  announced = mark;
  $('#announcer').textContent = words;
  document.title = task ? `${placeWords(task)} · OpenPatrol` : 'OpenPatrol';
}

function tick() {
  if (document.hidden || !day.task || shown.task.hidden) return;
  shown.task.tick();
  announce(day.task);
}

/** Do it; say what stood in the way. True when it was done. */
async function attempt(run, refused = null) {
  try {
    await run();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) signedOut();
    else if (error.status === 409) stale(error);
    else if (error.status === 422 && refused) refused(error);
    else notice.say(error.message, { urgent: true });
    return false;
  }
}

/** Something changed under the officer: say it, and show it as it is. */
function stale(error) {
  notice.say(error.message, { urgent: true });
  if (error.task) day.take({ task: error.task });
  refresh();
}

async function step(run) {
  shown.task.busy = true;
  await attempt(run);
  shown.task.busy = false;
}

function decline(task, reason, words) {
  shown.task.busy = true;
  undo.offer(words, () => step(() => day.decline(task, reason)), () => { shown.task.busy = false; });
}

/** Before arrival it is a reason not to go, afterwards it is how the visit ended. */
function unsafe() {
  const words = 'Unsafe: your supervisor is told, and nobody is sent there.';
  if (day.task.state !== 'arrived') return decline(day.task, 'unsafe', words);
  undo.offer(words, () => close({ outcome: 'unsafe', details: {} }));
}

async function sighting(seen) {
  const { task } = day;
  const refused = (error) => shown.visit.refuse('sighting', error);
  if (await attempt(() => day.sight(task, { ...seen, ...positions.place() }), refused)) {
    shown.visit.sighted(task.id);
    notice.say('Recorded.');
  }
}

async function close(said) {
  const refused = (error) => shown.visit.refuse('outcome', error);
  if (await attempt(() => day.close(day.task, { ...said, ...positions.place() }), refused)) {
    notice.say('Recorded and closed.');
    $('#main').focus();
  }
}

function endShift() {
  const words = day.task ? 'Finishing your shift. Your task goes to someone else.' : 'Finishing your shift.';
  undo.offer(words, () => attempt(() => day.endShift()));
}

async function signOut() {
  undo.settle();
  await forgetDevice();
  if (!(await attempt(() => post('/sign-out')))) return;
  forgetDrafts();
  live.stop();
  location.replace(location.pathname);
}
