/** The phone: whose it is just now, and what they see of it. */

import { ApiError, get, speakFor } from '../shared/api.js';
import '../shared/connection-line.js';
import { coalesce } from '../shared/coalesce.js';
import { say } from '../shared/say.js';
import { skipTo } from '../shared/skip.js';
import { listenForTouch } from '../shared/tones.js';
import { whileSeen } from '../shared/while-seen.js';
import { askWork } from './day.js';
import { Door } from './door.js';
import { Hand } from './hand.js';
import './parts/lost-line.js';
import './parts/needs-line.js';
import './parts/shift-bar.js';
import './parts/tab-bar.js';
import './parts/update-line.js';
import { Screens } from './screens.js';
import { takeLeave } from './leaving.js';
import { lockWhenAway } from './lock.js';
import { forgetMessages } from './push.js';
import { Session } from './session.js';
import { speaksAnother, takeEffect, takeUpSettings } from './settings.js';
import { Sos } from './sos/sos.js';
import { accompany, welcome } from './welcome.js';
import { openStorage } from './opening.js';
import { keepShell } from './shell.js';
import { whose } from './whose.js';
import '../shared/notice-line.js';
import '../shared/undo-bar.js';

const TELL_AGAIN = 30_000; // ms; a sign-in that has ended here is not to last at the server
const $ = (selector) => document.querySelector(selector);
document.querySelectorAll('[data-say]').forEach((element) => { element.textContent = say(element.dataset.say); });
skipTo($('main'));
speakFor(whose()?.id ?? null);
const sos = new Sos({ button: $('sos-button'), screen: $('sos-screen'), left: $('left-call') }); // whatever else can't be had
const session = new Session(await openStorage($('main'), () => close()));
const door = new Door($('main'), session);
const screens = new Screens({ main: $('main'), tabs: $('tab-bar'), bar: $('shift-bar'), connection: $('connection-line'), needs: $('needs-line'), lost: $('lost-line') });
const news = { notice: $('notice-line'), undo: $('undo-bar'), announcer: $('#announcer') };
let hand = null;

document.addEventListener('signed-in', ({ detail: me }) => signedIn(me));
document.addEventListener('unlocked', ({ detail: own }) => takeUp(own));
document.addEventListener('sign-out', () => leave());
document.addEventListener('lock', () => lock());
document.addEventListener('sign-in-instead', () => door.ask(null, open));
document.addEventListener('shut', () => tellEnd());
document.addEventListener('pin-instead', () => open());
lockWhenAway(() => hand && session, lock);
session.onTakenOver(() => lock());
listenForTouch();
keepShell($('update-line'), () => hand?.busy ?? false);
addEventListener('online', tellEnd);
whileSeen(TELL_AGAIN, tellEnd, new AbortController().signal);
open();

/** Whoever had the phone last goes on, with or without a network; else somebody signs in. */
async function open() {
  if (session.isShut) {
    tellEnd();
    await session.forget();
    return door.ask(null, open);
  }
  const state = await session.state();
  if (state === 'locked') return door.askPin();
  const own = state === 'open' ? await session.resume() : null;
  return own ? takeUp(own) : knock();
}

/** A sign-in may still hold that this phone has no key of. */
function knock() {
  return enter(get('/me'));
}

function signedIn(me) {
  session.reopen();
  sos.takenUpBy(me.person.id);
  return enter(me);
}

/** Whoever it is (`asked` may still be on its way), with their key and their work, which are asked for at once. */
async function enter(asked) {
  const key = session.askKey();
  key.catch(() => {}); // matters only to an officer, and is told below
  const work = askWork().catch(() => ({})); // the day asks again by itself
  try {
    const me = await asked;
    if (me.person.role !== 'officer') return door.sendToDesk(me);
    const own = await session.begin(me.person, await key);
    return await takeUp(own, { me, ...(await work) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return door.ask(error, open);
  }
}

/** `said`: what the server has said of their day already. */
async function takeUp(own, said = null) {
  takeUpSettings();
  if (speaksAnother()) return location.reload();
  hand?.stop();
  const mine = new Hand(own, { ...news, session });
  hand = mine;
  hand.addEventListener('signed-out', () => signedOut());
  await hand.start(said);
  if (hand !== mine) return null;
  sos.attend(hand);
  if (hand.day.me?.phone_pin && !(await session.hasPin())) await door.choosePin();
  return hand === mine && show();
}

function show() {
  accompany(hand, $('check-in-line'), $('desk-message'));
  welcome(hand, $('#first-steps'));
  screens.open(hand);
}

/** The sign-in has ended, here or elsewhere: what is unsent stays, sealed. */
const signedOut = coalesce(async () => {
  const unsent = hand?.outbox.steps.length ?? 0;
  const own = hand?.own;
  close();
  await session.forget(own);
  await partFrom(unsent, new ApiError({ status: 401 }));
}, 0);

/** At the officer's word. */
function leave() {
  const leaving = hand;
  const unsent = () => leaving.outbox.steps.length;
  hide();
  return takeLeave(leaving, { session, door, stay: open, left: () => partFrom(unsent()) });
}

async function partFrom(unsent, error = null) {
  takeEffect();
  await forgetMessages().catch(reportError);
  return door.ask(error, open, unsent);
}

/** A call for help that has reached nobody needs the sign-in: it goes first. */
function tellEnd() {
  if (!sos.calling) session.tellEnd();
}

function lock() {
  close();
  return open();
}

function close() {
  hand?.stop();
  hide();
}

/** Nothing of whoever had the phone stays to be seen or to be read out. */
function hide() {
  hand = null;
  $('#first-steps').replaceChildren();
  news.notice.clear();
  news.undo.clear();
  news.announcer.textContent = '';
  document.title = 'OpenPatrol';
  screens.close();
}
