import assert from 'node:assert/strict';
import { test } from 'node:test';

/** As much of a page as the list touches. */
globalThis.HTMLElement = class {
  dataset = {};
  drawn = 0;
  replaceChildren() { this.drawn += 1; }
};
globalThis.customElements = { define: (name, element) => { customElements[name] = element; } };
globalThis.document = {
  createElement: () => ({}),
  importNode: () => ({ nodeType: 11, querySelectorAll: () => [] }),
};
await import('../../static/desk/parts/patrol-list.js');
const { Desk } = await import('../../static/desk/store.js');

const PATROL = { id: '1', name: 'School run', minutes: 20, paused_why: 'Road works',
  place: { street: 'Judd Street', reference: 'the gate', spot: true } };
const coverage = { days: null, items: [] };

function drawnAfter(change) {
  const list = new customElements['patrol-list']();
  list.show({ patrols: [PATROL], coverage });
  list.show({ patrols: [{ ...PATROL, ...change }], coverage });
  return list.drawn;
}

test('a patrol that is renamed or moved is shown so at once', () => {
  assert.equal(drawnAfter({}), 1);
  assert.equal(drawnAfter({ name: 'Market' }), 2);
  assert.equal(drawnAfter({ place: { ...PATROL.place, street: 'Elm Road' } }), 2);
});

test('who signs out leaves no patrols behind', () => {
  const desk = Object.assign(new Desk(), { patrols: [PATROL], coverage: { days: 7, items: [{ name: 'Elm Road' }] } });
  desk.forget();
  assert.deepEqual([desk.patrols, desk.coverage], [[], coverage]);
});
