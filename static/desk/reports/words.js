/** Figures as people say them. */

import { now } from '../../shared/clock.js';
import { date, span } from '../../shared/words.js';

const MINUTE = 60_000;

/** "4.1%", "33%"; a dash for a share of nothing. */
export function percent(share) {
  if (share === null) return '–';
  const hundredths = share * 100;
  return `${hundredths > 0 && hundredths < 10 ? hundredths.toFixed(1) : Math.round(hundredths)}%`;
}

/** "1,693" */
export function amount(number) {
  return number.toLocaleString('en-GB');
}

/** "1 overstay", "2 overstays", "no overstays". */
export function counted(number, one, many = `${one}s`) {
  if (number === 0) return `no ${many}`;
  return `${amount(number)} ${number === 1 ? one : many}`;
}

/** "7 min", "1 h 20 min"; begun minutes count as whole ones, so that it never says less than it was. */
export function minutes(number) {
  return number <= 0 ? '0 min' : span(Math.ceil(number) * MINUTE);
}

/** "Mon 1 Jun", with the year where it is another one. */
export function day(written) {
  return date(`${written}T12:00:00Z`, now(), 'UTC');
}

/** "12:00 to 13:00" of the hour 12. */
export function hour(number) {
  return `${String(number).padStart(2, '0')}:00 to ${String(number + 1).padStart(2, '0')}:00`;
}

/** "up to 5 min", "5 to 10 min", "over 60 min", by the bands' upper edges. */
export function bandWords(bands) {
  return bands.map(({ up_to_minutes: edge }, index) => {
    const before = bands[index - 1]?.up_to_minutes;
    if (edge === null) return `over ${before} min`;
    return before === undefined ? `up to ${edge} min` : `${before} to ${edge} min`;
  });
}

/** Words broken into lines of about so many letters, as a picture's labels stand on several. */
export function lines(words, most = 16) {
  return words.split(' ').reduce((found, word) => {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < most) return [...found.slice(0, -1), `${last} ${word}`];
    return [...found, word];
  }, []);
}
