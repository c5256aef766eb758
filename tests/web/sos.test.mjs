import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Call, EVERY, isBetter } from '../../static/patrol/sos/call.js';
import { HOLD, PRESSES, Trigger } from '../../static/patrol/sos/trigger.js';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 }));
afterEach(() => mock.timers.reset());

function makeTrigger() {
  const trigger = new Trigger();
  const said = [];
  for (const type of ['call', 'again']) trigger.addEventListener(type, ({ detail }) => said.push(detail?.left ?? type));
  return { trigger, said };
}

test('holding SOS calls for help once, and a slip of the thumb does not', () => {
  const { trigger, said } = makeTrigger();
  trigger.down();
  mock.timers.tick(HOLD - 1);
  trigger.up(PRESSES.hold);
  mock.timers.tick(10_000);
  assert.deepEqual(said, [Infinity]);
  trigger.down();
  mock.timers.tick(HOLD);
  trigger.up(PRESSES.hold);
  assert.deepEqual(said, [Infinity, 'call']);
});

test('however often it is tapped, holding is what calls, unless three taps were chosen', () => {
  const { trigger, said } = makeTrigger();
  for (let tap = 0; tap < 9; tap += 1) { trigger.down(); trigger.up(PRESSES.hold); }
  assert.ok(said.every((each) => each === Infinity));
  const other = makeTrigger();
  for (let tap = 0; tap < 3; tap += 1) { other.trigger.down(); other.trigger.up(PRESSES.taps); }
  assert.deepEqual(other.said, [2, 1, 'call']);
});

test('with keys the second press calls, if it comes soon', () => {
  const { trigger, said } = makeTrigger();
  trigger.press(PRESSES.keys);
  mock.timers.tick(5_000);
  trigger.press(PRESSES.keys);
  assert.deepEqual(said, [1, 1]);
  trigger.press(PRESSES.keys);
  assert.deepEqual(said, [1, 1, 'call']);
});

const ALERT = { id: 'alert', raised_at: new Date(1_000_000).toISOString(), acknowledged_at: null, cleared_at: null, resolved_at: null };

/** A phone with a server that answers what `answers` says: [status, body], or null for none. */
function makeCall({ storage = makeStorage(), person = 'olu', answers = () => [200, ALERT] } = {}) {
  const sent = [];
  const server = { answers };
  globalThis.fetch = async (url, { method, body }) => {
    sent.push([method, url.replace('/api/v1', ''), body && JSON.parse(body)]);
    const answer = server.answers(method, url);
    if (!answer) throw new TypeError('no network');
    return new Response(JSON.stringify(answer[1]), { status: answer[0] });
  };
  let give = () => {};
  const call = new Call({ storage, person: () => person, name: () => 'Olu', locate: (take) => { give = take; return () => { give = () => {}; }; } });
  return { call, sent, server, storage, fix: (place) => give(place) };
}

function makeStorage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) };
}

/** Let answers arrive, then so many milliseconds pass, and answers to what was sent then. */
async function pass(milliseconds = 0) {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  mock.timers.tick(milliseconds);
  await new Promise((resolve) => setImmediate(resolve));
}

const here = { lon: -0.12, lat: 51.5, accuracy_m: 8 };

test('a call for help is sent at once, with the place', async () => {
  const { call, sent } = makeCall();
  call.begin(here);
  assert.equal(sent.length, 1);
  assert.deepEqual(sent[0].slice(0, 2), ['POST', '/sos']);
  assert.equal(sent[0][2].lat, 51.5);
  await pass();
  assert.equal(call.state, 'sent');
});

test('without a network it says that nobody was reached, and is tried for ever as the same call', async () => {
  const { call, sent, server } = makeCall();
  server.answers = () => null;
  call.begin({});
  await pass();
  assert.equal(call.state, 'unreached');
  for (let turn = 0; turn < 50; turn += 1) await pass(EVERY);
  assert.equal(new Set(sent.map(([, , { id }]) => id)).size, 1);
  assert.ok(sent.length >= 50, `${sent.length}`);
  server.answers = () => [200, ALERT];
  await pass(EVERY);
  assert.equal(call.state, 'sent');
});

test('a page that is loaded again goes on calling', async () => {
  const { call, sent, server, storage } = makeCall();
  server.answers = () => null;
  call.begin(here);
  await pass();
  const again = makeCall({ storage });
  await pass();
  assert.equal(again.sent[0][2].id, sent[0][2].id);
  assert.equal(again.call.state, 'sent');
});

test('that a supervisor has seen it, and put it away, is shown', async () => {
  const { call, server } = makeCall();
  call.begin(here);
  await pass();
  server.answers = () => [200, { sos: { ...ALERT, acknowledged_at: '2026-01-01T00:00:00Z' } }];
  await pass(EVERY);
  assert.equal(call.state, 'seen');
  server.answers = () => [200, { sos: null }];
  await pass(EVERY);
  assert.equal(call.state, 'over');
  assert.equal(call.open, false);
});

/** A server that takes the call, and no place. */
const withoutPlaces = (sent) => (method) => {
  if (method === 'GET') return [200, { sos: ALERT }];
  return sent.at(-1)[2].lon === undefined ? [200, ALERT] : [422, { type: 'invalid' }];
};

test('a position that the server refuses does not stop the call: it goes without one, at once', async () => {
  const { call, sent, server } = makeCall();
  server.answers = withoutPlaces(sent);
  call.begin({ ...here, accuracy_m: -1 });
  await pass();
  assert.equal(call.state, 'sent');
  assert.deepEqual(sent.map(([, , { lon }]) => lon), [here.lon, undefined]);
});

test('strange positions that come all the time stop no call, and are not sent for ever', async () => {
  const { call, sent, server, fix } = makeCall();
  let heard = false;
  server.answers = (method) => (heard ? withoutPlaces(sent)(method) : null);
  call.begin();
  for (let second = 0; second < 120; second += 1) {
    heard = second > 5;
    fix({ ...here, accuracy_m: -1 - 2 ** second });
    await pass(1_000);
  }
  assert.equal(call.state, 'sent');
  const refused = sent.slice(10).filter(([, , body]) => body?.lon !== undefined);
  assert.ok(refused.length <= 3, `${refused.length}`);
});

test('a better position that was lost on its way follows when the server is heard again', async () => {
  const { call, sent, server, fix } = makeCall();
  call.begin({});
  await pass();
  server.answers = () => null;
  fix(here);
  await pass();
  server.answers = (method) => [200, method === 'GET' ? { sos: ALERT } : ALERT];
  await pass(EVERY);
  await pass();
  assert.equal(sent.at(-1)[2]?.lat, here.lat);
  await pass(EVERY);
  assert.deepEqual(sent.slice(-1).map(([method]) => method), ['GET']);
});

test('a better position follows under the same id; a worse one does not', async () => {
  const { call, sent, fix } = makeCall();
  call.begin(here);
  await pass();
  fix({ ...here, accuracy_m: 40 });
  assert.equal(sent.length, 1);
  fix({ ...here, lat: 51.501 });
  assert.equal(sent.length, 2);
  assert.equal(sent[1][2].id, sent[0][2].id);
  assert.equal(isBetter({ ...here, accuracy_m: 3 }, here), true);
});

test('a position that is found while the call is on its way follows it', async () => {
  const { call, sent, fix } = makeCall();
  call.begin({});
  fix(here);
  await pass();
  assert.equal(sent.length, 2);
  assert.equal(sent[1][2].lat, here.lat);
});

test('what was nothing is taken back at the server', async () => {
  const { call, sent, server, storage } = makeCall();
  call.begin(here);
  await pass();
  server.answers = () => [200, { ...ALERT, cleared_at: 'now', resolved_at: 'now' }];
  call.takeBack();
  await pass();
  assert.equal(sent.at(-1)[1], '/sos/alert/cancel');
  assert.equal(call.state, 'taken-back');
  assert.equal(storage.getItem('openpatrol-sos'), null);
});

test('taken back without a network, it is not sent later; if it had got through, it is ended there', async () => {
  const { call, sent, server } = makeCall();
  server.answers = () => null;
  call.begin(here);
  await pass();
  call.takeBack();
  await pass(EVERY);
  assert.equal(call.state, 'taking-back');
  const before = sent.length;
  server.answers = (method) => [200, method === 'GET' ? { sos: ALERT } : { ...ALERT, resolved_at: 'now' }];
  await pass(EVERY);
  assert.deepEqual(sent.slice(before).map(([method, path]) => `${method} ${path}`), ['GET /me', 'POST /sos/alert/cancel']);
  assert.equal(call.state, 'taken-back');
});

test('a phone that is signed out says so, and sends when its officer signs in', async () => {
  const { call, sent, server } = makeCall();
  server.answers = () => [401, {}];
  call.begin(here);
  await pass();
  assert.equal(call.state, 'signed-out');
  await pass(EVERY * 10);
  assert.equal(sent.length, 1);
  server.answers = () => [200, ALERT];
  call.takenUpBy('olu');
  await pass();
  assert.equal(call.state, 'sent');
});

test('a call that has reached nobody is not sent in the name of the next officer, and not forgotten either', async () => {
  const { call, sent, server, storage } = makeCall();
  server.answers = () => [401, {}];
  call.begin(here);
  await pass();
  call.takenUpBy('ada');
  await pass(EVERY);
  assert.equal(sent.length, 1);
  assert.equal(call.open, false);
  assert.deepEqual(call.left.map(({ name, id }) => [name, id]), [['Olu', sent[0][2].id]]);

  server.answers = () => [200, ALERT];
  const again = makeCall({ storage });
  again.call.takenUpBy('olu');
  await pass();
  assert.deepEqual(again.sent.map(([, path, { id }]) => [path, id]), [['/sos', sent[0][2].id]]);
  assert.equal(again.call.state, 'sent');
  assert.deepEqual(again.call.left, []);
});

test('the next officer can call for help themselves, and put away what they have seen to', async () => {
  const { call, sent, server, storage } = makeCall();
  server.answers = () => null;
  call.begin(here);
  await pass();
  call.takenUpBy('ada');
  const hers = makeCall({ storage, person: 'ada' });
  assert.equal(hers.call.left.length, 1);
  hers.call.begin(here);
  await pass();
  assert.equal(hers.call.state, 'sent');
  assert.notEqual(hers.sent[0][2].id, sent[0][2].id);
  hers.call.putAway(sent[0][2].id);
  assert.deepEqual(hers.call.left, []);
  assert.equal(storage.getItem('openpatrol-sos-left'), null);
});

test('another page that still holds the call of an officer who has gone does not send it', async () => {
  const { call, server, storage } = makeCall();
  server.answers = () => null;
  call.begin(here);
  await pass();
  const other = makeCall({ storage, answers: () => null });
  await pass();
  call.takenUpBy('ada');
  const before = other.sent.length;
  await pass(EVERY);
  assert.equal(other.sent.length, before);
  assert.equal(other.call.open, false);
});

test('a call that got through, or was nothing, is not kept for the next officer', async () => {
  for (const settle of [() => {}, (call) => call.takeBack()]) {
    const { call, server } = makeCall();
    call.begin(here);
    if (settle.length) server.answers = () => null;
    await pass();
    settle(call);
    call.takenUpBy('ada');
    assert.equal(call.open, false);
    assert.deepEqual(call.left, []);
  }
});

test('a call that was made on another phone is shown on this one, until it is over', async () => {
  const { call, sent, server } = makeCall();
  server.answers = () => [200, { sos: null }];
  call.adopt(ALERT);
  assert.equal(call.state, 'sent');
  await pass(EVERY);
  assert.equal(call.state, 'over');
  assert.ok(sent.every(([method]) => method === 'GET'));
  call.adopt(ALERT);
  assert.equal(call.open, false);
});
