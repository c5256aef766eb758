import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted, knownOf } from '../../static/patrol/camera.js';
import { bare } from '../../static/patrol/jpeg.js';

const segment = (marker, content) => [0xff, marker, ((content.length + 2) >> 8) & 0xff, (content.length + 2) & 0xff, ...content];
const text = (words) => [...words].map((sign) => sign.charCodeAt(0));
const START = [0xff, 0xd8];
const JFIF = segment(0xe0, text('JFIF\0\x01\x01'));
const COLOURS = segment(0xe2, text('ICC_PROFILE\0...'));
const TABLE = segment(0xdb, [0, 1, 2, 3]);
const PICTURE = [...segment(0xda, [1, 2, 3]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd9];
const of = (...parts) => new Uint8Array(parts.flat()).buffer;

test('what stands beside the picture is left out, and the picture stays as it is', async () => {
  const told = of(START, JFIF, segment(0xe1, text('Exif\0\0 51.5 N')), COLOURS, segment(0xfe, text('by Olu')),
    segment(0xed, text('Photoshop')), TABLE, PICTURE);
  assert.deepEqual(await bare(told), of(START, JFIF, COLOURS, TABLE, PICTURE));
  const clean = of(START, JFIF, TABLE, PICTURE);
  assert.deepEqual(await bare(clean), clean);
});

test('what is no JPEG is not taken for one', () => {
  assert.throws(() => bare(of([0x89, 0x50, 0x4e, 0x47])), RangeError);
  assert.throws(() => bare(of(START, [0xff, 0xe1, 0xff, 0xff, 1])), RangeError);
  assert.throws(() => bare(of(START)), RangeError);
});

test('a photo is made smaller, never larger, and keeps its shape', () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fitted({ width: 3000, height: 4000 }, 1600), { width: 1200, height: 1600 });
  assert.deepEqual(fitted({ width: 640, height: 480 }, 1600), { width: 640, height: 480 });
  assert.deepEqual(fitted({ width: 9000, height: 2 }, 1600), { width: 1600, height: 1 });
});

test('a photo that was just taken has its time and place; one that was chosen has its file’s time, or none, and no place', () => {
  const at = Date.parse('2026-01-12T11:12:00Z');
  const place = { lon: -0.12, lat: 51.52, accuracy_m: 5 };
  const file = (made) => ({ lastModified: Date.parse(made) });
  const known = (made, chosen) => knownOf(file(made), { chosen, at, place });
  assert.deepEqual(known('2026-01-12T11:11:58Z', false), { taken_at: '2026-01-12T11:12:00.000Z', ...place });
  assert.deepEqual(known('2026-01-10T08:00:00Z', true), { taken_at: '2026-01-10T08:00:00.000Z', chosen: true });
  assert.deepEqual(known('2026-01-12T11:12:01Z', true), { taken_at: null, chosen: true });
  assert.deepEqual(knownOf({ lastModified: 0 }, { chosen: true, at, place }), { taken_at: null, chosen: true });
});
