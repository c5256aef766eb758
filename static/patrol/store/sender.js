/** How a step of the outbox gets to the server: a post, or a photo piece by piece. */

import { ApiError, post, put } from '../../shared/api.js';
import { PHOTO } from './outbox.js';

const PIECE = 128 * 1024; // bytes; small enough to get through where the signal comes and goes

/** What the server answers. Raises ApiError. */
export function send(step, photos) {
  return step.kind === PHOTO ? sendPhoto(step.about, photos) : post(step.path, step.body);
}

/** From where the server has it. A phone that lost the photo says so, and the officer sees it. */
async function sendPhoto({ sighting, sha256 }, photos) {
  const bytes = await photos.get(sighting, sha256);
  if (!bytes) throw new ApiError({ status: 410, type: 'photo-lost', detail: 'This phone no longer has the photo.' });
  const path = `/sightings/${sighting}/photos/${sha256}`;
  let said = await piece(path, bytes, 0);
  while (!said.complete) said = await piece(path, bytes, said.received);
  await photos.remove(sighting, sha256);
  return null;
}

async function piece(path, bytes, offset) {
  try {
    return await put(`${path}?offset=${offset}&size=${bytes.byteLength}`, bytes.slice(offset, offset + PIECE));
  } catch (error) {
    if (error.status !== 409 || error.received === undefined || error.received === offset) throw error;
    return { received: error.received, complete: false };
  }
}
