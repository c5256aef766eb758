/** Small drawings that stand beside a word, never alone. */

import { html } from '../../shared/html.js';

const ICONS = {
  task: 'M5 4H19V21H5ZM9 2H15V6H9ZM8 13 11 16 16 10',
  map: 'M9 4 3 6V20L9 18 15 20 21 18V4L15 6ZM9 4V18M15 6V20',
  found: 'M12 5C6 5 2 12 2 12S6 19 12 19 22 12 22 12 18 5 12 5ZM12 9A3 3 0 1 1 12 15 3 3 0 1 1 12 9',
  flag: 'M5 22V3M5 4C9 1 13 7 19 4V14C13 17 9 11 5 14',
  share: 'M12 15V2M8 6 12 2 16 6M7 10H5V22H19V10H17',
  add: 'M4 4H20V20H4ZM12 8V16M8 12H16',
  dots: 'M12 5V5.01M12 12V12.01M12 19V19.01',
  outbox: 'M4 13V20H20V13M12 15V3M7 8 12 3 17 8',
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" fill="none"
    stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" /></svg>`;
}
