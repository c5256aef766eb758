/** Keeps the screen on while a countdown runs, for who has chosen that. */

import { now } from '../shared/clock.js';
import { whileSeen } from '../shared/while-seen.js';
import { setting } from './settings.js';

/** Does something count down that its officer waits for? */
export function countsDown({ tasks, shift, onShift }, time) {
  if (!onShift || shift.state === 'break') return false;
  return tasks.some(({ state, lawful_from: from }) => state === 'arrived' && from && Date.parse(from) > time);
}

/** From now on, until the hand is put away. The browser itself lets go when the page is hidden. */
export function stayAwake(hand) {
  let lock = null;
  let asking = false;
  const wanted = () => setting('awake') === 'on' && !hand.stopped.aborted && !document.hidden && countsDown(hand.day, now());
  const ask = async () => {
    asking = true;
    lock = await navigator.wakeLock?.request('screen').catch(() => null);
    asking = false;
    lock?.addEventListener('release', () => { lock = null; });
    if (!wanted()) follow();
  };
  const follow = () => {
    if (wanted()) return lock || asking || ask();
    lock?.release();
    lock = null;
    return null;
  };
  hand.day.addEventListener('change', follow, { signal: hand.stopped });
  document.addEventListener('visibilitychange', follow, { signal: hand.stopped });
  addEventListener('openpatrol-settings', follow, { signal: hand.stopped });
  whileSeen(10_000, follow, hand.stopped);
  hand.stopped.addEventListener('abort', follow);
  follow();
}
