/** Unsent work that is handed on: that it was not is never mistaken for a change of mind. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { share } from '../../static/patrol/share.js';

const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

afterEach(() => {
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else delete globalThis.navigator;
});

/** A phone whose sheet of apps ends like this. */
function sharing(end) {
  Object.defineProperty(globalThis, 'navigator', { value: { share: end }, configurable: true });
  return share({ name: 'openpatrol.json' });
}

const raises = (name) => async () => { throw new DOMException('', name); };

test('a sheet that its officer closed is one thing, a phone that would not share another', async () => {
  assert.equal(await sharing(async () => {}), 'shared');
  assert.equal(await sharing(raises('AbortError')), 'closed');
  for (const name of ['NotAllowedError', 'DataError', 'InvalidStateError']) assert.equal(await sharing(raises(name)), 'failed', name);
});
