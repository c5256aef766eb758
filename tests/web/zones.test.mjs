/** What a supervisor draws: rings, crossings, what lies inside, cutting in two, and the way back. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cover, coverWords } from '../../static/desk/zones/cover.js';
import { Draft } from '../../static/desk/zones/draft.js';
import { faultsOf } from '../../static/desk/zones/faults.js';
import {
  areaOf, crossingsOf, inserted, isInside, moved, polygonOf, removed, ringsOf, shifted,
} from '../../static/desk/zones/rings.js';
import { splitBy } from '../../static/desk/zones/split.js';
import { activeWords, actorWords, sideBySide, storyWords } from '../../static/desk/zones/words.js';

const SQUARE = [[0, 51], [0.01, 51], [0.01, 51.01], [0, 51.01]];
const BOW = [[0, 51], [0.01, 51.01], [0.01, 51], [0, 51.01]];
const LIMITS = { most_corners: 2000, least_m2: 25 };
const ZONE = { name: 'Centre', colour: '#005a5b', hours: null, rings: [SQUARE] };

const near = (value, wanted, within) => assert.ok(Math.abs(value - wanted) <= within, `${value} is not ${wanted}`);

test('a polygon of the server comes and goes as it was', () => {
  const polygon = polygonOf([SQUARE, [[0.002, 51.002], [0.003, 51.002], [0.003, 51.003]]]);
  assert.deepEqual(polygonOf(ringsOf(polygon)), polygon);
  assert.equal(ringsOf(polygon)[0].length, 4);
});

test('an area is in square metres, without its holes', () => {
  near(areaOf([SQUARE]), 1112 * 1112 * Math.cos((51 * Math.PI) / 180), 1000);
  assert.equal(areaOf([SQUARE, SQUARE]), 0);
  assert.equal(areaOf([[]]), 0);
});

test('a corner is put between two, moved and taken away, and the zone before stays as it was', () => {
  const more = inserted([SQUARE], { ring: 0, at: 3 });
  assert.deepEqual(more[0][4], [0, 51.005], 'the edge after the last corner leads to the first');
  assert.deepEqual(moved(more, { ring: 0, at: 4 }, [-0.01, 51.005])[0][4], [-0.01, 51.005]);
  assert.deepEqual(removed(more, { ring: 0, at: 4 }), [SQUARE]);
  assert.equal(SQUARE.length, 4);
});

test('a step of so many metres is as long at any latitude', () => {
  for (const lat of [0, 51, 65]) {
    const corner = shifted([0, lat], 1000, 1000);
    near(areaOf([[[0, lat], [corner[0], lat], corner, [0, corner[1]]]]), 1_000_000, 500);
  }
});

test('edges and corners count as inside, holes do not', () => {
  const hole = [[0.004, 51.004], [0.006, 51.004], [0.006, 51.006], [0.004, 51.006]];
  for (const [point, inside] of [
    [[0.001, 51.001], true], [[0.01, 51.005], true], [[0, 51], true], [[0.0100001, 51.005], false],
    [[0.005, 51.005], false], [[0.004, 51.005], true], [[-1, 51], false],
  ]) assert.equal(isInside([SQUARE, hole], point), inside, point);
});

test('an outline that crosses itself says where', () => {
  const [crossing] = crossingsOf([BOW]);
  assert.deepEqual(crossing.edges, [{ ring: 0, at: 0 }, { ring: 0, at: 2 }]);
  near(crossing.point[0], 0.005, 1e-9);
  near(crossing.point[1], 51.005, 1e-9);
  assert.deepEqual(crossingsOf([SQUARE]), []);
});

test('an outline that touches itself crosses itself', () => {
  const touching = [[0, 0], [2, 0], [2, 2], [1, 0], [0, 2]];
  assert.equal(crossingsOf([touching]).length > 0, true);
});

test('a hole that leaves its outline crosses it', () => {
  assert.equal(crossingsOf([SQUARE, [[0.005, 51.005], [0.02, 51.005], [0.005, 51.006]]]).length, 2);
});

test('two thousand corners are looked through in no time', () => {
  const many = Array.from({ length: 2000 }, (_, at) => {
    const turn = (at / 2000) * 2 * Math.PI;
    return [Math.cos(turn), Math.sin(turn)];
  });
  assert.deepEqual(crossingsOf([many]), []);
});

for (const [what, rings, said] of [
  ['nothing', [[]], 'none yet'],
  ['two corners', [[[0, 51], [1, 51]]], 'it has two'],
  ['a bow', [BOW], 'crosses itself: the edge after corner 1 and the one after corner 3'],
  ['a handkerchief', [[[0, 51], [0.00001, 51], [0.00001, 51.00001]]], 'covers 0 m²'],
  ['a line there and back', [[[0, 51], [0.01, 51], [0.005, 51]]], 'm²'],
  ['ten thousand corners', [Array.from({ length: 10_000 }, (_, at) => [at, at % 2])], 'It has 10000 corners, and 1999 are the most'],
]) {
  test(`what is wrong with ${what} is said in words`, () => {
    const [fault] = faultsOf(rings, LIMITS);
    assert.ok(fault.words.includes(said), fault.words);
  });
}

test('nothing is wrong with a square', () => {
  assert.deepEqual(faultsOf([SQUARE], LIMITS), []);
});

test('bays that a drawing would leave in no zone are named, those that lie in none anyway are counted', () => {
  const bays = [['in', 0.005], ['edge', 0.01], ['out', 0.012], ['far', 5], ['other', 0.03]]
    .map(([reference, lon]) => ({ reference, street: 'Judd Street', lon, lat: 51.005 }));
  const neighbour = [[0.02, 51], [0.04, 51], [0.04, 51.01], [0.02, 51.01]];
  const before = [[0, 51], [0.013, 51], [0.013, 51.01], [0, 51.01]];
  const found = new Cover(bays, [[neighbour]], [before]).of([SQUARE]);
  const names = ({ inside, loose, left }) => [inside, loose, left].map((each) => each.map(({ reference }) => reference));
  assert.deepEqual(names(found), [['in', 'edge'], ['out', 'far'], ['out']]);
  assert.deepEqual(coverWords(found), {
    inside: '2 bays inside.',
    left: '1 bay would be left in no zone, and nobody sent there: Judd Street out.',
    loose: '1 bay of the council lies in no zone now.',
  });
});

test('a line across makes two zones that are as large as the one', () => {
  const { parts } = splitBy([SQUARE], [[0.004, 50.9], [0.004, 51.1]]);
  near((areaOf(parts[0]) + areaOf(parts[1])) / areaOf([SQUARE]), 1, 0.0001);
  near(Math.min(...parts.map(areaOf)) / areaOf([SQUARE]), 0.4, 0.001);
  assert.deepEqual(parts.map((rings) => crossingsOf(rings)), [[], []]);
});

test('a line that goes in and out by the same edge cuts off a piece, whichever way it is drawn', () => {
  const line = [[0.002, 50.9], [0.002, 51.002], [0.004, 51.002], [0.004, 50.9]];
  for (const drawn of [line, line.toReversed()]) {
    const { parts } = splitBy([SQUARE], drawn);
    near((areaOf(parts[0]) + areaOf(parts[1])) / areaOf([SQUARE]), 1, 0.0001);
    near(Math.min(...parts.map(areaOf)) / areaOf([SQUARE]), 0.04, 0.001);
  }
});

test('a line through two corners leaves no corner twice', () => {
  const { parts } = splitBy([SQUARE], [[-0.01, 50.99], [0.02, 51.02]]);
  assert.deepEqual(parts.map(([ring]) => ring.length), [3, 3]);
});

test('a line from corner to corner outside of the zone is refused, one inside of it splits', () => {
  const bay = [[0, 51], [0.01, 51], [0.01, 51.01], [0.005, 51.002], [0, 51.01]];
  assert.deepEqual(splitBy([bay], [bay[2], bay[4]]), { trouble: 'outside' });
  assert.deepEqual(splitBy([bay], [bay[1], bay[3]]).parts.map(([ring]) => ring.length), [3, 4]);
});

for (const [line, trouble] of [
  [[[0.004, 50.9]], 'short'],
  [[[1, 50], [1, 52]], 'none'],
  [[[0.004, 50.9], [0.004, 51.005]], 'inside'],
  [[[0.002, 50.9], [0.002, 51.1], [0.004, 51.1], [0.004, 50.9]], 'often'],
]) {
  test(`a line that does not cut in two is refused: ${trouble}`, () => {
    assert.deepEqual(splitBy([SQUARE], line), { trouble });
  });
}

test('each step can be taken back and done again', () => {
  const draft = new Draft(ZONE, { id: '1', version: 3 });
  draft.change({ name: 'N' }, 'name');
  draft.change({ name: 'North' }, 'name');
  draft.change({ rings: removed([SQUARE], { ring: 0, at: 0 }) });
  draft.undo();
  assert.deepEqual([draft.zone.name, draft.zone.rings[0].length, draft.canRedo], ['North', 4, true]);
  draft.undo();
  assert.deepEqual([draft.zone, draft.canUndo, draft.dirty], [ZONE, false, false], 'a name that is typed is one step');
  draft.redo();
  draft.redo();
  assert.equal(draft.zone.rings[0].length, 3);
  draft.undo();
  draft.change({ colour: '#123abc' });
  assert.equal(draft.canRedo, false, 'what was taken back is gone once something else is done');
});

test('a corner that is dragged twice takes two steps back', () => {
  const draft = new Draft(ZONE);
  for (const lon of [0.1, 0.2]) draft.change({ rings: moved(draft.zone.rings, { ring: 0, at: 0 }, [lon, 51]) }, 'drag');
  draft.settle();
  draft.change({ rings: moved(draft.zone.rings, { ring: 0, at: 0 }, [0.3, 51]) }, 'drag');
  draft.undo();
  assert.deepEqual(draft.zone.rings[0][0], [0.2, 51]);
  draft.undo();
  assert.deepEqual(draft.zone, ZONE);
});

test('two versions stand side by side, and what differs is marked', () => {
  const rows = sideBySide(ZONE, { ...ZONE, name: 'Middle', rings: [removed([SQUARE], { ring: 0, at: 0 })[0]] });
  assert.deepEqual(rows.filter(({ differs }) => differs).map(({ what }) => what), ['Name', 'Corners', 'Size', 'Outline']);
});

test('a zone says from when until when it is active', () => {
  const now = Date.parse('2026-06-29T09:00:00Z');
  const words = (zone) => activeWords(zone, now, 'Europe/London');
  assert.equal(words({ hours: null, active: true, changes_at: null }), 'Always active');
  assert.equal(words({ hours: 'x', active: true, changes_at: '2026-06-29T17:30:00Z' }), 'Active now, until 18:30');
  assert.equal(words({ hours: 'x', active: false, changes_at: '2026-06-30T07:00:00Z' }), 'Not active now: from tomorrow 08:00');
});

test('the journal of a zone says who changed what', () => {
  const facts = { was: { hours: null }, now: { hours: 'Mo-Fr 08:00-18:00' }, outline: true, bays: 12, bays_before: 14 };
  assert.equal(storyWords({ kind: 'zone.redrawn', facts }), 'Redrawn, 12 bays instead of 14; Times: Mo-Fr 08:00-18:00 instead of always');
  assert.equal(storyWords({ kind: 'zone.created', facts: { name: 'Centre', bays: 3 } }), 'Drawn, 3 bays');
  assert.equal(actorWords('person:7', new Map([['7', 'Sunita']])), 'Sunita');
  assert.equal(actorWords('key:7', new Map()), 'A machine’s key');
});
