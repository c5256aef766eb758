/** A page that is printed: by day, with all tables open and its pictures as wide as the paper. */

/** While `screen` is printed, until the signal is aborted. */
export function onPaper(screen, signal) {
  const root = document.documentElement;
  let closed = [];
  let theme;
  addEventListener('beforeprint', () => {
    theme = root.dataset.theme;
    root.dataset.theme = 'light';
    closed = [...screen.querySelectorAll('details:not([open])')];
    for (const each of closed) each.open = true;
    for (const picture of screen.querySelectorAll('report-picture')) picture.redraw();
  }, { signal });
  addEventListener('afterprint', () => {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const each of closed) each.open = false;
    for (const picture of screen.querySelectorAll('report-picture')) picture.redraw();
  }, { signal });
}
