import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, fieldErrors, get, getAll, newId, post, queryOf, speakFor } from '../../static/shared/api.js';
import { json, serve } from './server.mjs';

test('an answer is read as JSON, and 204 as nothing', async (t) => {
  const server = await serve((request, response) => {
    if (request.method === 'GET') return json(response, 200, { path: request.url });
    return json(response, 204, null);
  });
  t.after(() => server.close());
  assert.deepEqual(await get('/tasks', { state: 'open', cursor: null }), { path: '/api/v1/tasks?state=open' });
  assert.equal(await post('/sign-out'), null);
});

test('a problem keeps its words, its fields and the task as it is now', async (t) => {
  const problem = {
    type: 'stale-task', title: 'The task has changed', status: 409, detail: 'Another officer has it.',
    errors: [{ pointer: '/plate', detail: 'Too short.' }], task: { id: 't', version: 3 },
  };
  const server = await serve((_, response) => json(response, 409, problem, { 'Retry-After': '7' }));
  t.after(() => server.close());
  const error = await get('/x').catch((caught) => caught);
  assert.ok(error instanceof ApiError);
  assert.equal(error.status, 409);
  assert.equal(error.message, 'Another officer has it.');
  assert.deepEqual(error.task, { id: 't', version: 3 });
  assert.equal(error.retryAfter, 7);
  assert.deepEqual(fieldErrors(error), { plate: 'Too short.' });
});

test('an error page that is no JSON still becomes words', async (t) => {
  const server = await serve((_, response) => { response.writeHead(502); response.end('<h1>Bad gateway</h1>'); });
  t.after(() => server.close());
  const error = await get('/x').catch((caught) => caught);
  assert.equal(error.status, 502);
  assert.match(error.message, /502/);
  assert.ok(error.passing);
});

test('no server at all is a lack of connection, not a crash', async (t) => {
  const server = await serve((request) => request.socket.destroy());
  t.after(() => server.close());
  const error = await get('/x').catch((caught) => caught);
  assert.equal(error.type, 'no-connection');
  assert.ok(error.passing);
});

test('a list is read to its end', async (t) => {
  const server = await serve((request, response) => {
    const more = !request.url.includes('cursor=two');
    json(response, 200, { items: [more ? 1 : 2], next: more ? 'two' : null });
  });
  t.after(() => server.close());
  assert.deepEqual(await getAll('/tasks'), [1, 2]);
});

test('ids are made also where the page is in no secure context', (t) => {
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
  t.after(() => delete crypto.randomUUID);
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(), newId());
});

test('what is not given is not asked for', () => {
  assert.equal(queryOf({ a: null, b: undefined }), '');
  assert.equal(queryOf({ mine: true, on: false }), '?mine=true&on=false');
});

test('a page that is somebody’s says so with whatever it asks, and one that is nobody’s does not', async (t) => {
  const told = [];
  const server = await serve((request, response) => {
    told.push(`${request.method} ${request.headers['openpatrol-person'] ?? '-'}`);
    json(response, 200, {});
  });
  t.after(() => server.close());
  t.after(() => speakFor(null));
  await post('/sign-in');
  speakFor('olu');
  await Promise.all([post('/positions'), get('/me')]);
  speakFor(null);
  await get('/me');
  assert.deepEqual(told.sort(), ['GET -', 'GET olu', 'POST -', 'POST olu']);
});
