/** Messages come in the language of the page: the server is told of it where it knows none, or was out of reach. */

import { patch } from '../shared/api.js';
import { ENGLISH, language } from '../shared/say.js';
import { chosenLanguage, isLanguageUntold, keepLanguageUntold } from './settings.js';

/** What the server is to be told; undefined where it knows. `untold`: chosen here while there was no network. */
export function toTell(me, { untold, chosen, spoken }) {
  const wanted = untold ? chosen : me.language ?? (spoken === ENGLISH ? null : spoken);
  return wanted === me.language ? undefined : wanted;
}

/** Their officer has chosen this one, or null for the phone's. Never raises. */
export async function sayLanguage(wanted) {
  keepLanguageUntold(true);
  try {
    await patch('/me', { language: wanted });
    keepLanguageUntold(false);
  } catch {
    // It is told when the server is heard again.
  }
}

/** Once the server is heard. */
export function tellLanguage({ day, stopped }) {
  const told = async () => {
    const here = { untold: isLanguageUntold(), chosen: chosenLanguage(), spoken: language() };
    const wanted = toTell(day.me, here);
    if (wanted !== undefined) await sayLanguage(wanted);
    else keepLanguageUntold(false);
  };
  day.addEventListener('heard', told, { signal: stopped, once: true });
}
