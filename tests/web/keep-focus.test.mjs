/** Where the focus goes when the button that was pressed is gone. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { keepFocus } from '../../static/shared/keep-focus.js';

beforeEach(() => { globalThis.document = { activeElement: null }; });
afterEach(() => { delete globalThis.document; });

/** A part of a page with a heading and a button. */
function makePart(name) {
  const part = { name, hidden: false, isConnected: true };
  part.heading = { name: `heading of ${name}`, isConnected: true, closest: () => (part.hidden ? part : null), focus: () => { document.activeElement = part.heading; } };
  part.button = { isConnected: true, closest: () => (part.hidden ? part : null) };
  part.contains = (each) => [part.heading, part.button].includes(each);
  part.querySelector = () => part.heading;
  return part;
}

function makeScreen(...parts) {
  return { children: parts, contains: (each) => parts.some((part) => part.contains(each)) };
}

const body = { name: 'body' };

test('who pressed a button that is drawn away stands at the heading of its card', () => {
  const [other, card] = [makePart('other'), makePart('card')];
  document.activeElement = card.button;
  keepFocus(makeScreen(other, card), () => {
    card.button.isConnected = false;
    document.activeElement = body;
  });
  assert.equal(document.activeElement.name, 'heading of card');
  assert.equal(card.heading.tabIndex, -1);
});

test('where the card itself has gone, at the heading of what came', () => {
  const [card, next] = [makePart('card'), makePart('next')];
  next.hidden = true;
  document.activeElement = card.button;
  keepFocus(makeScreen(card, next), () => { [card.hidden, next.hidden] = [true, false]; });
  assert.equal(document.activeElement.name, 'heading of next');
});

test('who stands elsewhere, or was sent somewhere already, is left there', () => {
  const [card, next] = [makePart('card'), makePart('next')];
  const screen = makeScreen(card, next);
  document.activeElement = body;
  keepFocus(screen, () => { card.hidden = true; });
  assert.equal(document.activeElement, body);
  card.hidden = false;
  document.activeElement = card.button;
  keepFocus(screen, () => {});
  assert.equal(document.activeElement, card.button);
  keepFocus(screen, () => {
    card.button.isConnected = false;
    document.activeElement = next.button;
  });
  assert.equal(document.activeElement, next.button);
});
