/** What is offered where the server did not take a step. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.HTMLElement = class {};
globalThis.customElements = { define: () => {} };
const { mayHelp } = await import('../../static/patrol/parts/refused-step.js');

test('what can only be refused once more is not offered to be sent again', () => {
  const refused = (kind, problem = {}) => mayHelp({ kind, problem }, 'olu');
  assert.equal(refused('briefing'), true);
  assert.equal(refused('log-sign'), false, 'it names the log that was seen, and that has changed');
  assert.equal(refused('photo', { type: 'https://openpatrol.org/problems/bad-photo' }), false);
  assert.equal(refused('arrive', { task: { state: 'accepted', officer: { id: 'olu' } } }), true);
  assert.equal(refused('arrive', { task: { state: 'accepted', officer: { id: 'ada' } } }), false);
  assert.equal(refused('arrive', { task: { state: 'closed', officer: { id: 'olu' } } }), false);
});
