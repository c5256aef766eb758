/** The REST API under /api/v1: JSON in and out, problems as ApiError, a time limit on everything. */

const ROOT = '/api/v1';
const TIME_LIMIT = 15_000;
const UPLOAD_LIMIT = 60_000;
const BYTES = 'application/octet-stream';
const SPEAKER = 'OpenPatrol-Person';
const PASSING = [0, 408, 425, 502, 503, 504];

/** What went wrong, ready to be shown: `detail` in words, `errors` by field, `task` as it is now (409). */
export class ApiError extends Error {
  constructor({ status = 0, type = 'about:blank', title = '', detail = '', errors = [], ...more }) {
    super(detail || title || 'Something went wrong.');
    this.name = 'ApiError';
    Object.assign(this, { task: null, retryAfter: null, ...more, status, type, title, detail: this.message, errors });
  }

  /** True if the same request may well succeed later. */
  get passing() {
    return PASSING.includes(this.status);
  }
}

let speaker = null;

/**
 * All pages of a browser share its sign-in. One that is this person's (an id) is answered by 401 from now on while
 * somebody else is signed in; null: it speaks for whoever is.
 */
export function speakFor(person) {
  speaker = person;
}

let key = null;

/** A page that nobody signs in to asks by this key from now on. */
export function useKey(token) {
  key = token;
}

/** Headers of what is asked in their name. */
export function inTheirName() {
  if (key) return { Authorization: `Bearer ${key}` };
  return speaker ? { [SPEAKER]: speaker } : {};
}

export const get = (path, query) => request('GET', path + queryOf(query));
export const post = (path, body = {}, limit = null) => request('POST', path, body, limit);
export const put = (path, bytes) => request('PUT', path, bytes);
export const patch = (path, body) => request('PATCH', path, body);
export const remove = (path) => request('DELETE', path);

/** All pages of a list, up to `most` items. */
export async function getAll(path, query = {}, most = 2000) {
  const items = [];
  let cursor = null;
  do {
    const page = await get(path, { limit: 200, ...query, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return items;
}

/** A random UUID (version 4), also where the page is not in a secure context. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The words for each wrong field, by its name ("/plate" is "plate"). */
export function fieldErrors(error) {
  return Object.fromEntries(error.errors.map(({ pointer = '', detail }) => [pointer.split('/').pop(), detail]));
}

export function queryOf(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

/** { body, tag } of what can be kept with its tag; null while it is still as it was under the given one. */
export async function getIfNew(path, tag = null) {
  const response = await answer('GET', path, undefined, tag && { 'If-None-Match': tag });
  if (response.status === 304) return null;
  if (!response.ok) throw await problem(response);
  return { body: await readJson(response), tag: response.headers.get('ETag') };
}

async function request(method, path, body, limit) {
  const response = await answer(method, path, body, {}, limit);
  if (!response.ok) throw await problem(response);
  return response.status === 204 ? null : readJson(response);
}

async function answer(method, path, body, headers = {}, limit = null) {
  const bytes = body instanceof ArrayBuffer;
  try {
    return await fetch(ROOT + path, {
      method,
      credentials: 'same-origin',
      headers: { Accept: 'application/json', ...inTheirName(), ...headers, ...(body && { 'Content-Type': bytes ? BYTES : 'application/json' }) },
      body: bytes ? body : body && JSON.stringify(body),
      signal: AbortSignal.timeout(limit ?? (bytes ? UPLOAD_LIMIT : TIME_LIMIT)),
      // A step that was tapped just before the phone was locked still leaves it.
      keepalive: method !== 'GET' && !bytes,
    });
  } catch (error) {
    throw silence(error);
  }
}

function silence(error) {
  return error.name === 'TimeoutError'
    ? new ApiError({ type: 'timeout', detail: 'The server did not answer in time. Try again.' })
    : new ApiError({ type: 'no-connection', detail: 'No connection to the server. Try again when you have signal.' });
}

async function problem(response) {
  const said = await response.json().catch(() => ({}));
  return new ApiError({
    ...said,
    errors: Array.isArray(said.errors) ? said.errors : [],
    detail: said.detail || `The server answered ${response.status}. Try again.`,
    status: response.status,
    retryAfter: Number(response.headers.get('Retry-After')) || null,
  });
}

async function readJson(response) {
  try {
    return await response.json();
  } catch {
    throw new ApiError({ status: response.status, detail: 'The answer of the server was cut short. Try again.' });
  }
}
