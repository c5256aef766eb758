/** A shape for each state, so that none is told by colour alone. A word always stands beside it. */

import { html } from './html.js';

const DIAMOND = 'M12 2 22 12 12 22 2 12Z';

const SHAPES = {
  free: () => html`<svg><circle cx="12" cy="12" r="6" fill="none" stroke="currentColor" stroke-width="3" /></svg>`,
  occupied: () => html`<svg><circle cx="12" cy="12" r="7" fill="currentColor" /></svg>`,
  over: () => html`<svg><path d="${DIAMOND}" fill="none" stroke="currentColor" stroke-width="2.5" /><path
    d="M12 2V22L2 12Z" fill="currentColor" /></svg>`,
  lawful: () => html`<svg><path d="${DIAMOND}" fill="currentColor" /></svg>`,
  'may-have-left': () => html`<svg><path d="${DIAMOND}" fill="none" stroke="currentColor" stroke-width="2.5"
    stroke-dasharray="4 3" /></svg>`,
  unknown: () => html`<svg><circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2" /><path
    d="M9 9.5a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17v.5" fill="none" stroke="currentColor" stroke-width="2.5"
    stroke-linecap="round" /></svg>`,
  suspended: () => html`<svg><path d="M3 3H21V21H3ZM3 3 21 21M21 3 3 21" fill="none" stroke="currentColor"
    stroke-width="2" /></svg>`,
  officer: () => html`<svg><circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2" /><path
    d="M12 5 17 17 12 14 7 17Z" fill="currentColor" /></svg>`,
  done: () => html`<svg><path d="M4 13 10 19 20 6" fill="none" stroke="currentColor" stroke-width="3" /></svg>`,
  ended: () => html`<svg><circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" /><path
    d="M6 18 18 6" stroke="currentColor" stroke-width="2" /></svg>`,
  rest: () => html`<svg><path d="M8 5V19M16 5V19" stroke="currentColor" stroke-width="4" /></svg>`,
  alarm: () => html`<svg><path d="M12 2 23 21H1ZM12 9V15M12 17.5V19" fill="none" stroke="currentColor"
    stroke-width="2.5" /></svg>`,
};

/** A fragment with the small drawing of this name. */
export function shape(name) {
  const fragment = SHAPES[name]();
  const svg = fragment.firstChild;
  svg.setAttribute('class', 'shape');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  return fragment;
}
