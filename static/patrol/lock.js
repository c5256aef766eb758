/** A phone that was put away for a while asks for its officer's PIN, where they have one. */

import { setting } from './settings.js';

const MINUTE = 60_000;

/** `session()`: of whoever has it open, or nothing. `lock` is run when the phone was away for as long as is set. */
export function lockWhenAway(session, lock) {
  let awaySince = null;
  let timer = null;
  const minutes = () => Number(setting('lock')); // "never" is no number, and no time is longer than that
  const lockIfPin = async () => (await session()?.hasPin()) && lock();
  const away = () => {
    awaySince = Date.now();
    if (minutes()) timer = setTimeout(lockIfPin, minutes() * MINUTE);
  };
  const back = () => {
    clearTimeout(timer);
    if (awaySince !== null && Date.now() - awaySince >= minutes() * MINUTE) lockIfPin();
    awaySince = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? away() : back()));
}
