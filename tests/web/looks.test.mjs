import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canComeBack, dueOf, lackingOf, looksOf, stageOf } from '../../static/patrol/looks.js';
import { projectTask } from '../../static/patrol/store/projection.js';

const at = (clock) => Date.parse(`2026-01-12T${clock}:00Z`);
const OLU = 'olu';
const makeTask = (task = {}) => ({
  id: 't', sightings_needed: 2, observation_minutes: 0, start_rule: 'on_arrival', found: false,
  lawful_from: '2026-01-12T11:11:00Z', counted_from: null, assignment: { preparation_began_at: null }, ...task,
});
const makeLook = (clock, look = {}) => ({ id: clock, at: at(clock), officer: OLU, plate: 'AB12CDE', front: 3, rear: 9, ...look });
const names = (lacking) => lacking.map(({ name }) => name);

test('a look that is still on its way counts like one that has arrived, once', () => {
  const body = { id: 'b', recorded_at: '2026-01-12T11:12:00Z', plate: 'ab12 cde', valve_front: 3, valve_rear: 9, photos: [] };
  const steps = [{ id: 'b', kind: 'sighting', task: 't', body }, { id: 'c', kind: 'sighting', task: 'another', body }];
  const said = [{
    id: 'a', officer: { id: OLU }, recorded_at: '2026-01-12T10:50:00Z', received_at: '2026-01-12T10:50:02Z',
    plate: 'AB12CDE', valve_front: 3, valve_rear: 9, photos: [], addenda: [],
  }];
  const looks = looksOf(makeTask(), said, steps, OLU);
  assert.deepEqual(looks.map(({ id, plate, unsent }) => [id, plate, unsent]), [['a', 'AB12CDE', false], ['b', 'AB12CDE', true]]);
  assert.deepEqual(lackingOf(makeTask(), looks, OLU), []);
  const sent = [...said, { ...said[0], id: 'b', recorded_at: body.recorded_at, received_at: body.recorded_at }];
  assert.equal(looksOf(makeTask(), sent, steps, OLU).length, 2);
});

test('first a look, then waiting until the next can help, then that, then a notice, then serving it', () => {
  const task = makeTask();
  const stage = (looks, clock, more = {}) => stageOf({ ...task, ...more }, looks, OLU, at(clock)).stage;
  assert.equal(stage([], '10:50'), 'look');
  assert.equal(stage([makeLook('10:50')], '10:55'), 'wait');
  assert.equal(stage([makeLook('10:50')], '11:11'), 'look');
  assert.equal(stage([makeLook('10:50'), makeLook('11:12')], '11:12'), 'ready');
  const begun = { assignment: { preparation_began_at: '2026-01-12T11:13:00Z' } };
  assert.equal(stage([makeLook('10:50'), makeLook('11:12')], '11:13', begun), 'serve');
});

test('the minutes of observation are waited for, from the first look that counts', () => {
  const task = makeTask({ sightings_needed: 1, observation_minutes: 5 });
  assert.equal(dueOf(task, [makeLook('11:12')], OLU), at('11:17'));
  assert.equal(dueOf({ ...task, start_rule: 'after_grace' }, [makeLook('11:05')], OLU), at('11:11'));
  assert.equal(stageOf(task, [makeLook('11:12')], OLU, at('11:16')).stage, 'wait');
});

test('an officer may go on only while there is something to wait for, and a look to come back to', () => {
  const told = (task, looks, clock) => canComeBack(task, stageOf(task, looks, OLU, at(clock)));
  assert.equal(told(makeTask(), [makeLook('10:50')], '10:55'), true);
  assert.equal(told(makeTask(), [], '10:55'), false);
  assert.equal(told(makeTask({ sightings_needed: 1 }), [makeLook('10:50')], '10:55'), false);
  assert.equal(told(makeTask({ sightings_needed: 1, found: true }), [makeLook('10:50')], '10:55'), true);
});

test('of a car that was raised without a network, when a notice could be lawful is not known yet', () => {
  const task = makeTask({ lawful_from: null });
  assert.deepEqual(names(lackingOf(task, [makeLook('11:12')], OLU)), ['missing-clock']);
  assert.equal(stageOf(task, [makeLook('11:12')], OLU, at('11:12')).stage, 'look');
});

test('where the server knows all that was seen, what it says is missing stands, and nothing else', () => {
  const said = ['The sightings are of different plates.'];
  const task = makeTask({ state: 'arrived', settled: true, missing_for_notice: said });
  const looks = [makeLook('10:50'), makeLook('11:12')];
  assert.deepEqual(lackingOf(task, looks, OLU), [{ text: said[0] }]);
  assert.equal(stageOf(task, looks, OLU, at('11:12')).stage, 'look');
  assert.equal(stageOf({ ...task, missing_for_notice: [] }, [], OLU, at('11:12')).stage, 'ready');
  assert.deepEqual(lackingOf({ ...task, settled: false }, looks, OLU), []);
});

test('a task is settled when nothing but photos is on its way, and the server has heard of it at all', () => {
  const step = (kind, state = 'waiting') => ({ id: kind, kind, state, task: 't', about: {}, body: { recorded_at: '2026-01-12T11:00:00Z' } });
  const settled = (...steps) => projectTask(makeTask({ state: 'arrived', sightings: 0 }), steps).settled;
  assert.equal(settled(), true);
  assert.equal(settled(step('photo')), true);
  assert.equal(settled(step('sighting')), false);
  assert.equal(settled(step('sighting', 'needs-you')), true);
  assert.equal(settled(step('found', 'needs-you')), false);
});

test('a look that its officer has misread stands there and counts for nothing, before and after the server knows', () => {
  const body = (id, clock, plate) => ({ id, recorded_at: `2026-01-12T${clock}:00Z`, plate, valve_front: 3, valve_rear: 9, photos: [] });
  const look = (...said) => ({ id: said[0], kind: 'sighting', task: 't', state: 'waiting', body: body(...said) });
  const misread = { id: 'm', kind: 'misread', task: 't', state: 'waiting', about: { sighting: 'a' }, body: { recorded_at: '2026-01-12T11:13:00Z' } };
  const steps = [look('a', '10:50', 'AQ12CDE'), look('b', '11:12', 'AB12CDE'), look('c', '11:14', 'AB12CDE')];
  assert.deepEqual(names(lackingOf(makeTask(), looksOf(makeTask(), [], steps, OLU), OLU)), ['missing-plates-differ']);
  const looks = looksOf(makeTask(), [], [...steps, misread], OLU);
  assert.deepEqual(looks.map(({ id, misread_at: at }) => [id, at]), [['a', misread.body.recorded_at], ['b', null], ['c', null]]);
  assert.deepEqual(lackingOf(makeTask(), looks, OLU), []);
  assert.equal(stageOf(makeTask(), looks, OLU, at('11:14')).own, 2);
  const told = { ...look('a', '10:50', 'AQ12CDE').body, officer: { id: OLU }, received_at: '2026-01-12T10:50:01Z', addenda: [], misread_at: '2026-01-12T11:13:00Z' };
  assert.deepEqual(lackingOf(makeTask(), looksOf(makeTask(), [told], steps.slice(1), OLU), OLU), []);
  const refused = { ...misread, state: 'needs-you' };
  assert.equal(looksOf(makeTask(), [], [...steps, refused], OLU)[0].misread_at, null);
});

test('who has misread their only look stands at the beginning: nothing to wait for, none to come back to', () => {
  const task = makeTask({ observation_minutes: 5 });
  const looks = [makeLook('11:12', { misread_at: '2026-01-12T11:13:00Z' })];
  const told = stageOf(task, looks, OLU, at('11:13'));
  assert.deepEqual([told.stage, told.own, told.due], ['look', 0, at('11:11')]);
  assert.equal(canComeBack(task, told), false);
  const step = (kind) => ({ id: kind, kind, state: 'waiting', task: 't', about: {}, body: { recorded_at: '2026-01-12T11:00:00Z' } });
  assert.equal(projectTask(makeTask({ state: 'arrived', sightings: 0 }), [step('sighting'), step('misread')]).sightings, 0);
});
