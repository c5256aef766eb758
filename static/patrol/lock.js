/** A phone that was put away for a while asks for its officer's PIN, where they have one. */

import { setting } from './settings.js';

const MINUTE = 60_000;

/** `session()`: of whoever has it open, or nothing. `lock` is run when the phone was away for as long as is set. */
export function lockWhenAway(session, lock) {
  let away = null; // since when, by both clocks of the phone: one can be set, the other rests while the phone sleeps
  let timer = null;
  const minutes = () => Number(setting('lock')); // "never" is no number, and no time is longer than that
  const lockIfPin = async () => (await session()?.hasPin()) && lock();
  const leave = () => {
    away = { wall: Date.now(), steady: performance.now() };
    if (minutes()) timer = setTimeout(lockIfPin, minutes() * MINUTE);
  };
  const back = () => {
    clearTimeout(timer);
    const gone = away && Math.max(Date.now() - away.wall, performance.now() - away.steady);
    if (away && gone >= minutes() * MINUTE) lockIfPin();
    away = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : back()));
}
