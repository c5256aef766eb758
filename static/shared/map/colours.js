/** The page's colours, for what is drawn and not styled. */

const NAMES = ['paper', 'mist', 'ink', 'muted', 'edge', 'hairline', 'kerb', 'on-kerb', 'link', 'now', 'soon', 'fine'];

/** { paper, ink, … } as the page has them now: by day, by night, or in high contrast. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls `run` whenever they may have become others, until the signal is aborted. */
export function whenColoursChange(run, signal) {
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    matchMedia(query).addEventListener('change', run, { signal });
  }
  const chosen = new MutationObserver(run);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast', 'data-text'] });
  signal.addEventListener('abort', () => chosen.disconnect());
}
