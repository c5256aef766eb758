import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsCsv } from '../../static/desk/bays/faults-file.js';

test('each fault has a line that opens in a spreadsheet and starts no formula', () => {
  const refused = [
    { index: 0, reference: 'B1', detail: 'hours: "never", ever' },
    { index: 4, reference: '=HYPERLINK("x")', detail: '-1 is no length' },
  ];
  assert.equal(faultsCsv(refused, 2, 'Line'), [
    '"Line","Reference","What is wrong"',
    '"2","B1","hours: ""never"", ever"',
    `"6","'=HYPERLINK(""x"")","'-1 is no length"`, '',
  ].join('\r\n'));
});
