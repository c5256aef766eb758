/** The wall screen: it is hung up once, given its key, and left to itself. */

import { useKey } from '../shared/api.js';
import { now, zone } from '../shared/clock.js';
import '../shared/connection-line.js';
import { html } from '../shared/html.js';
import { clock, when } from '../shared/words.js';
import { write } from '../shared/write.js';
import { keepAwake } from './awake.js';
import { Board } from './board.js';
import { takeKey } from './key.js';
import { mayReload } from './night.js';
import './parts/board-alarms.js';
import './parts/board-figures.js';
import './parts/board-map.js';
import './parts/hot-spots.js';

const SECOND = 1_000;
const TRY_AGAIN = 300_000; // ms; who was let in once may be again

const $ = (selector) => document.querySelector(selector);
const board = new Board();
const openedAt = Date.now();
let loaded = null;
let retry = null;

board.addEventListener('change', show);
board.addEventListener('closed', ({ detail }) => closed(detail));
addEventListener('hashchange', open);
setInterval(tick, SECOND);
keepAwake();
open();

function open() {
  clearTimeout(retry);
  const key = takeKey();
  if (!key) return say('This screen has no key yet', `An administrator makes one on the desk, under Keys, and gets an address to open here.`);
  useKey(key);
  return board.start();
}

/** Revoked, or of another kind: nothing of what was shown stays. */
function closed({ status }) {
  board.live.stop();
  if (status === 403) say('This key is not for a wall screen', 'Make one for a wall screen on the desk, under Keys.');
  else say('This screen’s key opens nothing any more', 'It was revoked. An administrator makes another on the desk, under Keys, and gets an address to open here.');
  clearTimeout(retry);
  retry = setTimeout(open, TRY_AGAIN);
}

function say(title, words) {
  $('#board').hidden = true;
  $('connection-line').hidden = true;
  $('#closed').hidden = false;
  $('#closed').replaceChildren(html`<h2>${title}</h2><p>${words}</p>`);
}

function show() {
  $('connection-line').state = board.live.state;
  if (!board.said) return;
  $('#closed').hidden = true;
  $('#board').hidden = false;
  $('connection-line').hidden = false;
  write($('#authority'), board.said.authority.name);
  for (const part of ['board-figures', 'board-alarms', 'hot-spots', 'board-map']) $(part).show(board);
  tick();
  atNight();
}

/** The clock on the wall; and where what is shown is old, as of when it is. */
function tick() {
  if (!board.said) return;
  const words = board.fresh ? clock(now(), zone()) : `As of ${when(board.said.at, now(), zone())}`;
  write($('#clock'), words);
  $('#clock').className = board.fresh ? '' : 'now';
}

/** The server has just answered: whoever asks it for the page now will get it. */
async function atNight() {
  const { version } = board.said;
  loaded ??= version;
  if (!board.fresh || !mayReload({ version, loaded, openedAt, now: now(), zone: zone() })) return;
  const page = await fetch(location.pathname, { cache: 'no-store' }).catch(() => null);
  if (page?.ok) location.reload();
}
