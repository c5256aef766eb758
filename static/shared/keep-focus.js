/**
 * Run `show`, which draws parts of `place` anew or hides them. Whoever stood on what has gone finds themselves at the
 * heading of what came in its place, and not at the top of the page.
 */
export function keepFocus(place, show) {
  const stood = document.activeElement;
  const part = [...place.children].find((each) => each.contains(stood));
  show();
  if (!part || isThere(stood) || (document.activeElement !== stood && place.contains(document.activeElement))) return;
  const parts = [part, ...place.children].filter((each) => each.isConnected && !each.hidden);
  const heading = parts.map((each) => each.querySelector('h1, h2')).find(Boolean);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function isThere(element) {
  return element.isConnected && !element.closest('[hidden]');
}
