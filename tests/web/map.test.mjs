import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestPiece, upright } from '../../static/shared/map/labels.js';
import { listing } from '../../static/patrol/map/listing.js';
import { boundsOf, firstView, marked, shapesOf } from '../../static/shared/map/scene.js';
import { stateWords } from '../../static/shared/map/words.js';
import { wayLink } from '../../static/patrol/way.js';

const NOW = Date.parse('2026-11-22T11:00:00Z');
const ME = { lon: -0.1276, lat: 51.5 };

const bay = (id, more = {}) => ({ id, street: 'Judd Street', reference: id, lon: -0.1276, lat: 51.5, ring: null, ...more });
const task = (id, more = {}) => ({
  id: `task of ${id}`, state: 'accepted', bay: bay(id), overstay_from: '2026-11-22T10:30:00Z', lawful_from: '2026-11-22T10:41:00Z', ...more,
});
const now = (bays, { marks = {}, tasks = [] } = {}) => marked(bays, { marks: new Map(Object.entries(marks)), tasks, now: NOW });
const ids = (groups) => groups.map(({ name, places }) => [name, ...places.map(({ id }) => id)]);

test('a bay with an outline stands in its middle, one without at its point', () => {
  const square = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]];
  const { bays } = shapesOf([
    { geometry: { type: 'Polygon', coordinates: square }, properties: { kind: 'bay', id: 'a' } },
    { geometry: { type: 'Point', coordinates: [5, 6] }, properties: { kind: 'bay', id: 'b' } },
  ]);
  assert.deepEqual(bays.map(({ lon, lat }) => [lon, lat]), [[1, 1], [5, 6]]);
});

test('a bay shows what the server marked it as, and what nobody knows of is not known', () => {
  const [one, other, closed] = now([bay('1'), bay('2'), bay('3', { suspended: true })], { marks: { 1: { state: 'over', since: '2026-11-22T10:48:00Z' } } });
  assert.equal(one.state, 'over');
  assert.equal(other.state, 'unknown');
  assert.equal(closed.state, 'suspended');
});

test('what an officer knows of their own work goes before what the server marked', () => {
  const [place] = now([bay('1')], { marks: { 1: { state: 'occupied', since: null } }, tasks: [task('1')] });
  assert.equal(place.state, 'lawful');
  assert.equal(place.since, '2026-11-22T10:41:00Z');
});

test('work at a place that is no bay of the map is shown there all the same', () => {
  const places = now([bay('1')], { tasks: [task('spot', { found: true })] });
  assert.deepEqual(places.map(({ id }) => id), ['1', 'spot']);
});

test('the list has the officer’s work first, then what is over, then the rest, each by the way to it', () => {
  const bays = [bay('far', { lat: 51.503 }), bay('near', { lat: 51.501 }), bay('over', { lat: 51.504 }), bay('mine', { lat: 51.509 })];
  const places = now(bays, { marks: { over: { state: 'over', since: null } }, tasks: [task('mine')] });
  assert.deepEqual(ids(listing(places, { me: ME })), [['yours', 'mine'], ['calling', 'over'], ['others', 'near', 'far']]);
});

test('without a position the list goes by street and number, the tenth after the ninth', () => {
  const places = now([bay('10'), bay('9'), bay('1', { street: 'Elm Road' })]);
  const [{ places: found }] = listing(places, { me: null });
  assert.deepEqual(found.map(({ id, metres }) => [id, metres]), [['1', null], ['9', null], ['10', null]]);
});

test('a street is found by a part of its name, with or without its accents', () => {
  const places = now([bay('1', { street: 'Ffordd Tŷ Unnos' }), bay('2')]);
  assert.deepEqual(ids(listing(places, { me: null, sought: 'ty unnos' })), [['others', '1']]);
  assert.deepEqual(ids(listing(places, { me: null, sought: 'judd 2' })), [['others', '2']]);
  assert.deepEqual(listing(places, { me: null, sought: 'nowhere' }), []);
});

test('a state is said with its age, and an old one with the time at which it was so', () => {
  const over = { state: 'over', since: '2026-11-22T10:48:00Z' };
  const at = { now: NOW, zone: 'Europe/London' };
  assert.equal(stateWords(over, at), 'Over its time · for 12 min');
  assert.equal(stateWords(over, { ...at, markedAt: Date.parse('2026-11-22T10:50:00Z') }), 'Over its time at 10:50');
});

test('the map opens around the officer and their work, and around the zones where they are elsewhere', () => {
  const zones = [{ rings: [[[-0.13, 51.49], [-0.12, 51.49], [-0.12, 51.51], [-0.13, 51.49]]] }];
  assert.deepEqual(firstView({ me: ME, tasks: [], zones }), { centre: [ME.lon, ME.lat] });
  assert.deepEqual(firstView({ me: ME, tasks: [{ bay: { lon: -0.125, lat: 51.502 } }], zones }), { bounds: [[-0.1276, 51.5], [-0.125, 51.502]] });
  assert.deepEqual(firstView({ me: { lon: 13.4, lat: 52.5 }, tasks: [], zones }), { bounds: [[-0.13, 51.49], [-0.12, 51.51]] });
  assert.equal(firstView({ me: null, tasks: [], zones: [] }), null);
  assert.equal(boundsOf([]), null);
});

test('a street’s name lies along its longest piece and is never upside down', () => {
  const piece = longestPiece([[0, 0], [10, 0], [10, 30]]);
  assert.deepEqual([piece.x, piece.y, piece.long], [10, 15, 30]);
  for (const angle of [0, 1, 2, 3, 4, 5, 6]) assert.ok(Math.abs(upright(angle)) <= Math.PI / 2, `${angle}`);
  assert.equal(longestPiece([[1, 1]]), null);
});

test('the way there opens in the maps of this phone', () => {
  assert.match(wayLink(ME, 'Mozilla/5.0 (Linux; Android 14)'), /^geo:51\.500000,-0\.127600/);
  assert.match(wayLink(ME, 'Mozilla/5.0 (iPhone)'), /^https:\/\/maps\.apple\.com\/\?daddr=51\.500000,-0\.127600/);
  assert.match(wayLink(ME, 'Mozilla/5.0 (X11; Linux)'), /^https:\/\/www\.openstreetmap\.org\//);
});
