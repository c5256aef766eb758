/** When a screen of the desk is drawn. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.HTMLElement = class {
  children = [];
  contains() { return false; }
};
globalThis.document = { activeElement: null };
const { Screen } = await import('../../static/desk/screens/screen.js');

class Counting extends Screen {
  shown = 0;
  show() { this.shown += 1; }
}

function opened() {
  const screen = new Counting();
  screen.desk = Object.assign(new EventTarget(), { live: new EventTarget() });
  screen.connectedCallback();
  return screen;
}

test('a screen is drawn once for an answer, however many entries of the journal led to it', () => {
  const screen = opened();
  const { desk } = screen;
  for (let entry = 0; entry < 50; entry += 1) desk.live.dispatchEvent(new CustomEvent('change', { detail: { subject: 'task' } }));
  assert.equal(screen.shown, 1);
  desk.dispatchEvent(new Event('change'));
  assert.equal(screen.shown, 2);
});

test('that the feed stands still is shown at once', () => {
  const screen = opened();
  screen.desk.live.dispatchEvent(new Event('state'));
  assert.equal(screen.shown, 2);
});

test('a screen that was left is not drawn any more', () => {
  const screen = opened();
  screen.disconnectedCallback();
  screen.desk.dispatchEvent(new Event('change'));
  assert.equal(screen.shown, 1);
});
