/** How a step of the outbox gets to the server: a post, or a photo piece by piece. */

import { ApiError, post, put } from '../../shared/api.js';
import { say } from '../../shared/say.js';
import { PHOTO } from './order.js';

const NOTHING = new ArrayBuffer(0);
const PIECE = 128 * 1024; // bytes; small enough to get through where the signal comes and goes

/** What the server answers. `received` is told how many bytes of a photo have come. Raises ApiError. */
export function send(step, photos, received = () => {}) {
  return step.kind === PHOTO ? sendPhoto(step, photos, received) : post(step.path, step.body);
}

/** From where the server has it. A phone that lost a photo which the server lacks says so, and the officer sees it. */
async function sendPhoto({ about: { sighting, sha256, size }, tries }, photos, received) {
  const path = `/sightings/${sighting}/photos/${sha256}`;
  const bytes = await photos.get(sighting, sha256).catch(() => null); // null also where the key is another one
  let said = { received: 0, complete: false };
  if (!bytes || tries > 1) said = await piece(path, size ?? bytes.byteLength, 0, NOTHING);
  if (!bytes && !said.complete) throw new ApiError({ status: 410, type: 'photo-lost', detail: say('photo-lost') });
  while (!said.complete) {
    received(said.received);
    const next = await piece(path, bytes.byteLength, said.received, bytes.slice(said.received, said.received + PIECE));
    if (next.received === said.received && !next.complete) throw new ApiError({ type: 'photo-stuck', detail: say('photo-stuck') });
    said = next;
  }
  await photos.remove(sighting, sha256);
  return null;
}

/** { received, complete }: how much the server has now; without bytes it is only asked. */
async function piece(path, size, offset, bytes) {
  try {
    return await put(`${path}?offset=${offset}&size=${size}`, bytes);
  } catch (error) {
    if (error.status !== 409 || error.received === undefined || error.received === offset) throw error;
    return { received: error.received, complete: false };
  }
}
