import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Changes, named, pieces } from '../../static/desk/changes.js';
import { EVERYTHING, count, isWithin, seen } from '../../static/desk/map/filter.js';
import { officersOn, routesOf } from '../../static/desk/map/scene.js';
import { pathOf, toWorld, view } from '../../static/shared/map/world.js';

const square = (lon, lat, half = 0.001) => pathOf([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([x, y]) => [lon + x * half, lat + y * half]));
const bay = (id, { lon = 0, lat = 51, street = 'Judd Street', ...more } = {}) => ({
  id, street, reference: id, lon, lat, ...toWorld(lon, lat), state: 'free', code: '30', task: null, ...more,
});
const task = (id, at, more = {}) => ({ id, bay: at, code: '30', officer: null, state: 'waiting', assignment: null, ...more });
const shift = (id, more = {}) => ({ id, officer: { id: `officer-${id}`, name: id }, zones: [{ id: 'north' }], state: 'available', started_at: 'then', position: { lon: 0, lat: 51, accuracy_m: 8, at: 'then' }, ...more });

const ZONES = [{ id: 'north', paths: [square(0, 51)] }, { id: 'south', paths: [square(0, 50)] }];
const OVER = bay('over', { state: 'over' });
const FAR = bay('far', { lat: 50, street: 'Elm Road', code: '01' });
const WORK = task('work', OVER, { code: '12', officer: { id: 'officer-Ann' } });
OVER.task = WORK;
const TOWN = { bays: [OVER, FAR, bay('free')], tasks: [WORK], ended: [task('past', FAR)], shifts: [shift('Ann'), shift('Bo', { zones: [] })], zones: ZONES };
const ids = (wanted) => Object.fromEntries(Object.entries(seen(TOWN, { ...EVERYTHING, ...wanted })).map(([name, items]) => [name, items.map(({ id }) => id)]));

test('without a filter everything is seen', () => {
  assert.deepEqual(ids({}), { bays: ['over', 'far', 'free'], tasks: ['work'], ended: ['past'], shifts: ['Ann', 'Bo'] });
  assert.equal(count(EVERYTHING), 0);
});

test('a zone shows what lies in it, and who works there', () => {
  assert.deepEqual(ids({ zone: 'north' }), { bays: ['over', 'free'], tasks: ['work'], ended: [], shifts: ['Ann'] });
  assert.deepEqual(ids({ zone: 'south' }), { bays: ['far'], tasks: [], ended: ['past'], shifts: [] });
});

test('a state shows the bays that are so and the work at them, and nothing that has ended', () => {
  assert.deepEqual(ids({ state: 'over' }), { bays: ['over'], tasks: ['work'], ended: [], shifts: ['Ann', 'Bo'] });
});

test('a code is that of the task at a bay, else that of its rule', () => {
  assert.deepEqual(ids({ code: '12' }).bays, ['over']);
  assert.deepEqual(ids({ code: '30' }).bays, ['free']);
});

test('an officer shows their work and themselves', () => {
  assert.deepEqual(ids({ officer: 'officer-Ann' }), { bays: ['over'], tasks: ['work'], ended: [], shifts: ['Ann'] });
});

test('a street or a bay is found by a part of its name', () => {
  assert.deepEqual(ids({ sought: 'élm' }), { bays: ['far'], tasks: [], ended: ['past'], shifts: ['Ann', 'Bo'] });
  assert.deepEqual(ids({ sought: 'judd over' }).bays, ['over']);
});

test('a hole of a zone is none of it', () => {
  const ring = [square(0, 51, 0.01), square(0, 51, 0.001)];
  assert.equal(isWithin(ring, toWorld(0.005, 51)), true);
  assert.equal(isWithin(ring, toWorld(0, 51)), false);
});

test('nobody who is on a break, has gone home or was not heard of stands on the map', () => {
  const shifts = [shift('Ann'), shift('rests', { state: 'break' }), shift('home', { ended_at: 'now' }), shift('unheard', { position: null }), shift('planned', { started_at: null })];
  assert.deepEqual(officersOn(shifts).map(({ name }) => name), ['Ann']);
});

test('a line leads an officer to the work that they took, and to no other', () => {
  const at = (state, id) => task('t', OVER, { state, assignment: { shift_id: id } });
  const officers = officersOn([shift('Ann')]);
  assert.equal(routesOf([at('accepted', 'Ann'), at('offered', 'Ann'), at('accepted', 'Bo'), task('t', OVER)], officers).length, 1);
});

test('what the journal names is asked for once, and only that', () => {
  const news = new Changes();
  news.note({ subject: 'task', subject_id: 't1', facts: { bay_id: 'b1' } });
  news.note({ subject: 'task', subject_id: 't1', facts: {} });
  news.note({ subject: 'assignment', subject_id: 'a1', facts: { task_id: 't2' } });
  news.note({ subject: 'stay', subject_id: 's1', facts: { bay_id: 'b2' } });
  news.note({ subject: 'shift', subject_id: 'x', facts: {} });
  news.note({ subject: 'notification', subject_id: 'n', facts: {} });
  assert.deepEqual(news.take(), { tasks: ['t1', 't2'], bays: ['b1', 'b2'], lists: ['shifts'] });
  assert.deepEqual(news.take(), { tasks: [], bays: [], lists: [] });
});

test('ids are asked for a hundred at a time', () => {
  const many = Array.from({ length: 201 }, (_, index) => `${index}`);
  assert.deepEqual(pieces(many).map(({ length }) => length), [100, 100, 1]);
  assert.deepEqual(pieces([]), []);
  assert.equal(named('ids', ['a', 'b']), '?ids=a&ids=b');
});

test('a place lands on the sheet where Web Mercator has it, and a metre has its px', () => {
  const { project, scale } = view({ grow: 256 * 2 ** 17, left: 0, top: 0, lat: 51.5 });
  const [x, y] = project(-0.1276, 51.5);
  const whole = 256 * 2 ** 17;
  assert.ok(Math.abs(x - ((180 - 0.1276) / 360) * whole) < 0.01, `${x}`);
  assert.ok(Math.abs(y - ((1 - Math.asinh(Math.tan((51.5 * Math.PI) / 180)) / Math.PI) / 2) * whole) < 0.01, `${y}`);
  const [, further] = project(-0.1276, 51.501);
  assert.ok(Math.abs((y - further) / scale - 111.3) < 0.3, `${(y - further) / scale}`);
});
