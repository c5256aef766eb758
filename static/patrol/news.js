/** New work while the page is open: said, felt and heard; the badge and the messages on the phone follow. */

import { html } from '../shared/html.js';
import { say } from '../shared/say.js';
import { placeWords } from '../shared/task-words.js';
import { messagesShown } from './messages.js';
import { nameOf } from './screens.js';
import { signal } from './signals.js';

const QUIET = ['observing', 'serving', 'with_public', 'incident', 'break'];
const YOUNG = 10_000; // a message that has just come may be of work that the page has not loaded yet

/** The offer to tell of, or null: each once, and none to somebody who is not to be disturbed. */
export function newOffer({ task, shift, onShift }, told) {
  if (!onShift || QUIET.includes(shift.state) || task?.state !== 'offered') return null;
  const key = `${task.id} ${task.assignment?.offered_at ?? ''}`;
  return told.has(key) ? null : { key, task };
}

/** The messages whose work is over: [{ close() }]. */
export function outdated(notifications, tasks, now) {
  const open = new Set(tasks.map(({ id }) => id));
  return notifications.filter(({ data }) => data?.task && !open.has(data.task) && now - (data.shown ?? 0) > YOUNG);
}

/** From now on, until the hand is put away. */
export function tellNews(hand, signal_ = signal) {
  const told = new Set();
  const first = newOffer(hand.day, told);
  if (first) told.add(first.key);
  const look = () => {
    const offer = newOffer(hand.day, told);
    if (offer) {
      told.add(offer.key);
      signal_('offer');
      if (!isOnScreen(offer.task)) hand.notice.say(html`${say('offer-new', { place: placeWords(offer.task) })} <a href="#task">${say('offer-show')}</a>`);
    }
    setBadge(hand.day.tasks.length);
    if (!document.hidden) closeOutdated(hand.day.tasks);
  };
  hand.day.addEventListener('change', look, { signal: hand.stopped });
  hand.stopped.addEventListener('abort', () => setBadge(0));
  look();
}

/** The card itself tells of it: nothing is to lie over it. A screen that is about to go, while the next is fetched, tells nobody. */
function isOnScreen({ id }) {
  return nameOf(location.hash) === 'task' && document.querySelector('task-screen')?.task?.id === id;
}

function setBadge(count) {
  const set = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  set?.catch(() => {});
}

async function closeOutdated(tasks) {
  outdated(await messagesShown(), tasks, Date.now()).forEach((each) => each.close());
}
