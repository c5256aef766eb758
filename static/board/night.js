/** When a screen that hangs there for weeks may load itself anew: at night, and only if there is a reason. */

import { wallClock } from '../shared/words.js';

const HOURS = ['03', '04'];
const DAY = 20 * 3_600_000; // ms; a page that has been open for so long starts the next one afresh

/** `version`: of the page as the server has it now, `loaded` as it was when this page was loaded; times in milliseconds. */
export function mayReload({ version, loaded, openedAt, now, zone }) {
  const night = HOURS.includes(wallClock(now, zone).slice(11, 13));
  return night && (version !== loaded || now - openedAt > DAY);
}
