import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksBritish, misreadings, normalPlate, spaced, written } from '../../static/patrol/plates.js';

/** Types the text sign by sign at the end, as a thumb does. */
function typed(text) {
  return [...text].reduce((shown, sign) => written(shown + sign, shown.length + 1).value, '');
}

test('plates are written as they stand on the car', () => {
  assert.equal(spaced('AB12CDE'), 'AB12 CDE');
  assert.equal(spaced('A123BCD'), 'A123 BCD');
  assert.equal(spaced('JIZ1234'), 'JIZ 1234');
  assert.equal(spaced('101D234'), '101 D234');
  assert.equal(spaced('MUAB1234'), 'MUAB1234');
});

test('while one is typed it becomes upper case and spaced, and the caret stays behind the same sign', () => {
  assert.equal(typed('ab12cde'), 'AB12 CDE');
  assert.deepEqual(written('ab12cde', 7), { value: 'AB12 CDE', caret: 8 });
  assert.deepEqual(written('AB2 CDE', 2), { value: 'AB2 CDE', caret: 2 });
  assert.deepEqual(written('AB12CDE', 3), { value: 'AB12 CDE', caret: 3 });
  assert.deepEqual(written('ab12cde', 5), { value: 'AB12 CDE', caret: 6 });
  assert.deepEqual(written('AB12 CDE', 4), { value: 'AB12 CDE', caret: 4 });
});

test('whatever is typed stays: spaces at the end, foreign plates, signs that are none', () => {
  assert.equal(typed('ab12 cde'), 'AB12 CDE');
  assert.equal(typed('m-ü ab 1234'), 'M-Ü AB 1234');
  assert.equal(typed('жж 12'), 'ЖЖ 12');
  assert.deepEqual(written('ß', 1), { value: 'SS', caret: 2 });
});

test('the caret is never behind another sign than before, wherever one types', () => {
  const signs = (text) => text.replace(/[ ]/g, '');
  for (const text of ['ab12cde', 'a1', 'A123BCD', 'abc 123d', '12ab', 'q1abc', '1abc234', 'AB12 CDE', 'ab12 c']) {
    for (let caret = 0; caret <= text.length; caret += 1) {
      const after = written(text, caret);
      assert.equal(signs(after.value.slice(0, after.caret)), signs(text.slice(0, caret)).toUpperCase(), `${text} at ${caret}`);
    }
  }
});

test('a plate that no British one looks like may be misread: what it could be is offered, the likeliest first', () => {
  assert.deepEqual(misreadings('AB12CDE'), []);
  assert.deepEqual(misreadings('ABI2CDE'), ['AB12CDE']);
  assert.deepEqual(misreadings('AB1OCDE'), ['AB10CDE']);
  assert.deepEqual(misreadings('ABIOCDE'), ['AB10CDE']);
  assert.deepEqual(misreadings('WXRT44444'), []);
});

test('a text that is no plate is none', () => {
  assert.equal(normalPlate(' ab12-cde '), 'AB12CDE');
  assert.equal(normalPlate('A'), null);
  assert.equal(looksBritish('AB123CDE'), false);
});
