/** Unsent work as one file, to be taken along: everything as its officer recorded it, the photos within. */

import { isPhoto } from './order.js';

/** JSON text. `steps` as the outbox has them; photos as base64, null where the phone no longer has one. */
export async function exported(steps, photos, officer, at) {
  const items = [];
  for (const step of steps) items.push(await item(step, photos));
  return JSON.stringify({ openpatrol: 'unsent work', officer, exported_at: new Date(at).toISOString(), steps: items }, null, 1);
}

async function item(step, photos) {
  const { id, kind, task, path = null, body, about, at, state, tries, problem = null } = step;
  const said = { id, kind, task, path, body, about, recorded_at: body.recorded_at ?? new Date(at).toISOString(), state, tries, problem };
  if (!isPhoto(step)) return said;
  const bytes = await photos.get(about.sighting, about.sha256).catch(() => null);
  return { ...said, jpeg_base64: bytes && base64(bytes) };
}

const CHUNK = 0x8000; // arguments of one call

function base64(bytes) {
  const all = new Uint8Array(bytes);
  let text = '';
  for (let from = 0; from < all.length; from += CHUNK) text += String.fromCharCode(...all.subarray(from, from + CHUNK));
  return btoa(text);
}
