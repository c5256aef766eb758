/** A photo as it is kept: small enough for a weak signal, upright, without metadata, and hashed at once. */

import { hexOf } from '../shared/bytes.js';
import { bare } from './jpeg.js';

export const MOST_PHOTOS = 10;
const LONGEST_SIDE = 1600; // pixels: a plate can be read across the street
const QUALITY = 0.8;

/** { bytes, sha256, size } of a picture file. Raises what the browser raises where it can't be read. */
export async function photoOf(file) {
  const picture = await createImageBitmap(file); // upright, as the camera was held
  const canvas = drawn(picture, LONGEST_SIDE);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  const bytes = await bare(await blob.arrayBuffer());
  return { bytes, sha256: hexOf(await crypto.subtle.digest('SHA-256', bytes)), size: bytes.byteLength };
}

/**
 * What is known of a picture beside itself: of one that was taken just now when and where; of one that was `chosen` the
 * time of its file, if that can be, and no place. `at` in milliseconds, `place` as the phone tells it.
 */
export function knownOf({ lastModified }, { chosen, at, place }) {
  if (!chosen) return { taken_at: new Date(at).toISOString(), ...place };
  const made = lastModified > 0 && lastModified <= at;
  return { taken_at: made ? new Date(lastModified).toISOString() : null, chosen: true };
}

/** The picture on a canvas, no side longer than `most` pixels. */
export function drawn(picture, most) {
  const { width, height } = fitted(picture, most);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** Its size in whole pixels when no side is longer than `most`; never larger than it is. */
export function fitted({ width, height }, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
