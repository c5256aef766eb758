import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compassTo, seenFrom, smallView } from '../../static/patrol/map/small-view.js';

const BAY = { lon: -0.1276, lat: 51.5 };
const SHEET = { width: 320, height: 140 };
const at = (east, north) => ({ lon: BAY.lon + east / (111_195 * Math.cos((BAY.lat * Math.PI) / 180)), lat: BAY.lat + north / 111_195 });

test('officer and bay both stand on the sheet, north above, however they lie to one another', () => {
  for (const me of [at(0, -300), at(2_000, 0), at(-40, 35), at(900, 900)]) {
    const { project } = smallView([me, BAY], SHEET);
    const [[myX, myY], [x, y]] = [me, BAY].map(({ lon, lat }) => project(lon, lat));
    for (const [px, most] of [[myX, 320], [x, 320], [myY, 140], [y, 140]]) assert.ok(px >= 20 && px <= most - 20);
    assert.ok(Math.abs(Math.sign(myY - y) - Math.sign(BAY.lat - me.lat)) <= 1 && (myY - y) * (BAY.lat - me.lat) >= -1e-6);
    assert.ok((myX - x) * (me.lon - BAY.lon) >= -1e-6);
  }
});

test('a bay alone stands in the middle, with a street or two around it', () => {
  const { project, scale } = smallView([BAY], SHEET);
  assert.deepEqual(project(BAY.lon, BAY.lat).map(Math.round), [160, 70]);
  assert.ok(scale > 1 && scale < 5);
});

test('at the bay itself the drawing does not grow without end', () => {
  assert.equal(smallView([BAY, BAY], SHEET).scale, smallView([BAY], SHEET).scale);
});

test('who is in another town is not drawn beside the bay', () => {
  assert.equal(seenFrom(at(0, -40_000), BAY), null);
  assert.notEqual(seenFrom(at(0, -400), BAY), null);
  assert.equal(seenFrom(null, BAY), null);
});

test('the way to a bay is told by the points of the compass', () => {
  const ways = [[0, 9], [9, 9], [9, 0], [9, -9], [0, -9], [-9, -9], [-9, 0], [-9, 9], [1, 9], [-1, -9]];
  assert.deepEqual(ways.map(([east, north]) => compassTo(BAY, at(east, north))), ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw', 'n', 's']);
});
