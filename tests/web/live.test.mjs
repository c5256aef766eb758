import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { EventReader } from '../../static/shared/event-stream.js';
import { Live, TIMING, backoff } from '../../static/shared/live.js';
import { json, serve } from './server.mjs';

const QUICK = { silence: 1500, firstPoll: 30, poll: 30, wait: 10, longestWait: 20 };
const heard = async (live, type) => (await once(live, type, { signal: AbortSignal.timeout(10_000) }))[0].detail;
const stream = (response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' });
const event = (type, data, id) => `${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

function makeLive(t, poll = async () => {}, timing = QUICK) {
  const live = new Live({ poll, timing });
  t.after(() => live.stop());
  return live;
}

test('events are read whole, however they are cut', () => {
  const text = ': ping\r\n\r\nid: 7\r\nevent: change\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
  for (let cut = 0; cut <= text.length; cut += 1) {
    const reader = new EventReader();
    const events = [...reader.read(text.slice(0, cut)), ...reader.read(text.slice(cut))];
    assert.deepEqual(events, [{ type: 'change', id: '7', data: '{"a":\n1}' }], `cut at ${cut}`);
  }
});

test('an event without its last line is not told yet', () => {
  assert.deepEqual(new EventReader().read('event: change\ndata: 1\n'), []);
});

test('waits grow, have an end, and differ from phone to phone', () => {
  const timing = { wait: 1000, longestWait: 15_000 };
  assert.equal(backoff(1, timing, 1), 1000);
  assert.equal(backoff(3, timing, 1), 4000);
  assert.equal(backoff(20, timing, 1), 15_000);
  assert.equal(backoff(1, timing, 0), 500);
});

test('a greeting comes first, then each change', async (t) => {
  const server = await serve((_, response) => {
    stream(response).write(event('hello', { cursor: 'c1' }, 'c1') + event('change', { kind: 'task.offer' }, 'c2'));
  });
  t.after(() => server.close());
  const live = makeLive(t);
  const told = Promise.all([heard(live, 'state'), heard(live, 'hello'), heard(live, 'change')]);
  live.start();
  const [state, hello, change] = await told;
  assert.equal(state, 'live');
  assert.equal(hello.cursor, 'c1');
  assert.equal(change.kind, 'task.offer');
});

test('who knows what was before goes on from there, and is not greeted', async (t) => {
  const server = await serve((request, response) => {
    stream(response).write(event('hello', { cursor: 'c9' }, 'c9') + event('change', { asked: request.url }, 'c10'));
  });
  t.after(() => server.close());
  const live = makeLive(t);
  live.addEventListener('hello', () => assert.fail('greeted'));
  const told = heard(live, 'change');
  live.start('c5');
  assert.equal((await told).asked, '/api/v1/live?cursor=c5');
});

test('after a gap the feed goes on from the last change, and greets no second time', async (t) => {
  const asked = [];
  const server = await serve((request, response) => {
    asked.push(request.url);
    const first = asked.length === 1;
    stream(response).write(event('hello', { cursor: 'c9' }, 'c9') + event('change', { n: asked.length }, first ? 'c2' : 'c3'));
    if (first) response.end();
  });
  t.after(() => server.close());
  const live = makeLive(t);
  let greetings = 0;
  const changes = [];
  live.addEventListener('hello', () => { greetings += 1; });
  const both = new Promise((resolve) => {
    live.addEventListener('change', ({ detail }) => { if (changes.push(detail.n) === 2) resolve(); });
  });
  live.start();
  await both;
  assert.deepEqual(asked, ['/api/v1/live', '/api/v1/live?cursor=c2']);
  assert.deepEqual(changes, [1, 2]);
  assert.equal(greetings, 1);
});

test('a feed that says nothing, not even a ping, is given up', async (t) => {
  let opened = 0;
  const server = await serve((_, response) => {
    opened += 1;
    stream(response).write(event('hello', { cursor: 'c1' }));
  });
  t.after(() => server.close());
  const live = makeLive(t, async () => {}, { ...QUICK, silence: 100, firstPoll: 60_000 });
  live.start();
  await heard(live, 'hello');
  assert.equal(await heard(live, 'state'), 'connecting');
  assert.equal(await heard(live, 'state'), 'live');
  assert.ok(opened >= 2);
});

test('pings keep it alive', async (t) => {
  let opened = 0;
  const server = await serve((_, response) => {
    opened += 1;
    stream(response).write(event('hello', { cursor: 'c1' }));
    const pings = setInterval(() => response.write(': still here\n\n'), 60);
    response.on('close', () => clearInterval(pings));
  });
  t.after(() => server.close());
  const live = makeLive(t);
  live.start();
  await heard(live, 'hello');
  await new Promise((resolve) => setTimeout(resolve, 1.5 * QUICK.silence));
  assert.equal(live.state, 'live');
  assert.equal(opened, 1);
});

test('without a feed it asks instead, and says whether anybody answers', async (t) => {
  const server = await serve((_, response) => json(response, 503, {}));
  t.after(() => server.close());
  let answers = true;
  const live = makeLive(t, async () => { if (!answers) throw new Error('silence'); });
  live.start();
  assert.equal(await heard(live, 'state'), 'checking');
  answers = false;
  assert.equal(await heard(live, 'state'), 'none');
});

test('a restored database voids what was known, and the cursor with it', async (t) => {
  const asked = [];
  const server = await serve((request, response) => {
    asked.push(request.url);
    stream(response).write(event('hello', { cursor: `c${asked.length}` }));
    if (asked.length === 1) response.end(event('change', {}, 'c5') + event('reload', {}));
  });
  t.after(() => server.close());
  const live = makeLive(t);
  let greeted = 0;
  const twice = new Promise((resolve) => { live.addEventListener('hello', () => { if ((greeted += 1) === 2) resolve(); }); });
  const reload = heard(live, 'reload');
  live.start();
  await Promise.all([reload, twice]);
  assert.equal(asked[1], '/api/v1/live');
});

test('who is signed out is told once, and nobody calls again', async (t) => {
  let asked = 0;
  const server = await serve((_, response) => { asked += 1; json(response, 401, {}); });
  t.after(() => server.close());
  const live = makeLive(t);
  live.start();
  await heard(live, 'signed-out');
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(asked, 1);
});

/** A page that somebody sees or not. */
function makePage(t) {
  const page = new EventTarget();
  page.visibilityState = 'visible';
  page.hidden = false;
  page.show = (seen) => {
    [page.visibilityState, page.hidden] = [seen ? 'visible' : 'hidden', !seen];
    page.dispatchEvent(new Event('visibilitychange'));
  };
  globalThis.document = page;
  t.after(() => { delete globalThis.document; });
  return page;
}

test('a phone that nobody looks at hangs up and asks for nothing; whoever takes it up goes on where it was', async (t) => {
  const page = makePage(t);
  const asked = [];
  let gone;
  const server = await serve((request, response) => {
    asked.push(request.url);
    gone ??= once(response, 'close', { signal: AbortSignal.timeout(10_000) });
    stream(response).write(event('hello', { cursor: 'c1' }, 'c1'));
  });
  t.after(() => server.close());
  let polls = 0;
  const live = new Live({ poll: async () => { polls += 1; }, timing: { ...QUICK, silence: 60_000, rest: 20 }, rests: true });
  t.after(() => live.stop());
  const hello = heard(live, 'hello');
  live.start();
  await hello;
  page.show(false);
  await gone;
  await new Promise((resolve) => { setTimeout(resolve, 150); });
  assert.deepEqual([asked.length, polls], [1, 0]);
  const again = heard(live, 'state');
  page.show(true);
  assert.equal(await again, 'live');
  assert.equal(asked[1], '/api/v1/live?cursor=c1');
});

test('a phone that was asking when it was put away has no timer left', async (t) => {
  const page = makePage(t);
  const known = globalThis.fetch;
  t.after(() => { globalThis.fetch = known; });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  globalThis.fetch = async () => new Response(null, { status: 503 });
  let polls = 0;
  const live = new Live({ poll: async () => { polls += 1; }, rests: true });
  t.after(() => live.stop());
  const checking = heard(live, 'state');
  live.start();
  const turn = async (milliseconds) => {
    await new Promise((resolve) => { setImmediate(resolve); });
    t.mock.timers.tick(milliseconds);
    await new Promise((resolve) => { setImmediate(resolve); });
  };
  await turn(TIMING.firstPoll);
  assert.equal(await checking, 'checking');
  page.show(false);
  for (let nth = 0; nth < 5; nth += 1) await turn(TIMING.longestWait);
  const before = polls;
  const set = t.mock.method(globalThis, 'setTimeout');
  for (let nth = 0; nth < 10; nth += 1) await turn(TIMING.poll);
  assert.deepEqual([set.mock.callCount(), polls], [0, before]);
});
