/**
 * Keep one child of `container` for each item, in order. `draw(item)` makes the element; it is made anew only
 * when `mark(item)` (all that it shows, as text) has changed, so that focus and open menus stay where they are.
 */
export function keyed(container, items, { key, mark, draw }) {
  const known = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => kept(known, key(item), mark(item)) ?? fresh(draw(item), key(item), mark(item)));
  const focused = focusIn(container);
  wanted.forEach((child, index) => {
    if (container.children[index] !== child) container.insertBefore(child, container.children[index] ?? null);
  });
  while (container.children.length > wanted.length) container.lastElementChild.remove();
  focused?.();
}

function kept(known, key, mark) {
  const child = known.get(key);
  return child?.dataset.mark === mark ? child : null;
}

function fresh(child, key, mark) {
  child.dataset.key = key;
  child.dataset.mark = mark;
  return child;
}

/** A way to put the focus back, by the names of row and field, after rows were made anew or moved. */
function focusIn(container) {
  const field = container.contains(document.activeElement) ? document.activeElement : null;
  const row = field?.closest('[data-key]')?.dataset.key;
  const name = field?.dataset.focus;
  if (!field || !name) return null;
  return () => {
    if (document.activeElement === field && field.isConnected) return;
    container.querySelector(`[data-key="${CSS.escape(row)}"] [data-focus="${CSS.escape(name)}"]`)?.focus();
  };
}
