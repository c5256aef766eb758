import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byUrgency } from '../../static/desk/urgency.js';

const of = (kind, seer = null) => ({ kind, acknowledged_by: seer });

test('somebody who calls for help stands before every trouble of machines, and who is unseen before who is seen', () => {
  const alerts = [of('network-quiet'), of('push-trouble'), of('escalated'), of('unsafe'), of('sos', { name: 'Sam' }), of('check-in'), of('sos')];
  assert.deepEqual(byUrgency(alerts).map(({ kind, acknowledged_by: seer }) => kind + (seer ? ' seen' : '')),
    ['sos', 'check-in', 'unsafe', 'sos seen', 'escalated', 'push-trouble', 'network-quiet']);
});

test('alerts of one kind stay in their order', () => {
  const alerts = [{ id: 1, ...of('escalated') }, { id: 2, ...of('incident') }, { id: 3, ...of('escalated') }];
  assert.deepEqual(byUrgency(alerts).map(({ id }) => id), [1, 2, 3]);
});
