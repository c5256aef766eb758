import { html } from '../../shared/html.js';
import { write } from '../../shared/write.js';
import { name } from '../zones/faults.js';

/**
 * Under the map: what a pointer does now, and the steps that need none. Its buttons' values are `middle`, `close`, `undo-step`,
 * `redo-step` and `remove`.
 */
export class ZoneBar extends HTMLElement {
  connectedCallback() {
    if (!this.firstChild) this.replaceChildren(html`<p class="row" hidden></p><p class="muted"></p>`);
  }

  /** `draft` or `line` (of a split), or null; `corner`: the chosen one. */
  show({ draft, line, corner }) {
    const [bar, hint] = this.children;
    write(hint, hintOf(draft, line));
    const buttons = draft || line ? buttonsOf(draft, corner) : [];
    const mark = JSON.stringify(buttons);
    if (bar.dataset.shown === mark) return;
    bar.dataset.shown = mark;
    bar.hidden = buttons.length === 0;
    const stood = bar.contains(document.activeElement) ? document.activeElement.value : null;
    bar.replaceChildren(html`${buttons.map(({ value, words, off }) => html`<button type="button" value="${value}" ${off && 'disabled'}>${words}</button>`)}`);
    if (stood) (bar.querySelector(`[value="${stood}"]:not([disabled])`) ?? bar.querySelector('button:not([disabled])'))?.focus();
  }
}

function hintOf(draft, line) {
  if (draft?.drawing) return 'Click the map at each corner, and the first one again to close the outline.';
  if (draft) return 'Drag a corner, or the small handle between two to make a new one. A cross is a bay in no zone.';
  return line ? 'Click outside the zone, and again on its other side.' : 'A cross is a bay in no zone.';
}

function buttonsOf(draft, corner) {
  if (!draft) return [{ value: 'middle', words: 'Point in the middle of the map' }];
  const { rings } = draft.zone;
  const drawing = [
    { value: 'middle', words: 'Corner in the middle of the map' },
    { value: 'close', words: 'Close the outline', off: rings[0].length < 3 },
  ];
  const isThere = corner && !draft.drawing && rings[corner.ring]?.[corner.at];
  return [
    ...(draft.drawing ? drawing : []),
    { value: 'undo-step', words: 'Undo', off: !draft.canUndo },
    { value: 'redo-step', words: 'Redo', off: !draft.canRedo },
    ...(isThere ? [{ value: 'remove', words: `Remove ${name(corner)}` }] : []),
  ];
}

customElements.define('zone-bar', ZoneBar);
