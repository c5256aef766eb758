/** Draws a scene on a canvas: zones, streets with their names, bays with the shapes of their states, who is about. */

import { Labels } from './labels.js';
import { CALLING } from './scene.js';
import { sprite } from './sprites.js';

const BAY_M = 5; // so far apart are bays along a kerb: their shapes grow until they would touch
const DOT_BELOW = 9; // px; smaller than that no shape can be told from another
const DOT = 4; // px
const LARGEST = 26;
const CALLING_SIZE = 24;
const NAMES_FROM = 1.3; // px a metre
const REFERENCES_FROM = 5;
const OUTLINES_FROM = 2.5;
const FIX_FADES = 60_000; // ms
const EDGE = 30; // px beyond the sheet from which a mark still reaches into it

const TONES = {
  lawful: 'now', over: 'soon', 'may-have-left': 'soon', occupied: 'ink', free: 'muted', unknown: 'muted', suspended: 'ink', officer: 'ink',
};

/**
 * `view`: { pen (a 2d context), width, height (px), sharpness (device px a px), letters (px), namesFrom (px a metre from which
 * streets are named; as a rule), … } and what world.js says of the sheet. `scene`: { zones, streets, bays, freezes, me, chosen,
 * faded, now }, see scene.js, and perhaps `way`: two places with a line between, and `above(sheet)`, which draws more.
 * Clears what was there.
 */
export function paint(scene, view, colours) {
  const { pen, width, height } = view;
  pen.clearRect(0, 0, width, height);
  const sheet = { ...view, colours, labels: new Labels(pen, { size: view.letters, colour: colours.ink, halo: colours.paper }) };
  for (const zone of scene.zones) drawZone(zone, sheet);
  drawStreets(scene.streets, sheet);
  for (const place of scene.freezes) drawFreeze(place, sheet);
  if (scene.way) drawWay(scene.way, sheet);
  drawBays(scene, sheet);
  if (scene.me) drawFix(scene.me, scene.now, sheet);
  scene.above?.(sheet);
}

function drawZone({ paths, colour }, sheet) {
  const { pen } = sheet;
  trace(paths, sheet);
  pen.globalAlpha = 0.1;
  pen.fillStyle = colour;
  pen.fill('evenodd');
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.setLineDash([10, 6]);
  pen.stroke();
  pen.setLineDash([]);
}

function drawStreets(streets, sheet) {
  const { pen, scale, colours, labels, namesFrom = NAMES_FROM } = sheet;
  const seen = streets.filter(({ box }) => reaches(box, sheet));
  trace(seen.flatMap(({ paths }) => paths), sheet);
  const wide = Math.min(Math.max(scale * 6, 3), 16);
  pen.lineCap = 'round';
  for (const [colour, width] of [[colours.edge, wide + 2], [colours.paper, wide]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
  if (scale < namesFrom) return;
  const named = new Set();
  for (const { name, paths } of seen) {
    for (const path of paths) if (!named.has(name) && labels.along(name, onSheet(path, sheet))) named.add(name);
  }
}

function drawFreeze({ lon, lat, radius_m: radius }, { pen, project, scale, colours, sharpness }) {
  const [x, y] = project(lon, lat);
  pen.beginPath();
  pen.arc(x, y, radius * scale, 0, 2 * Math.PI);
  pen.globalAlpha = 0.12;
  pen.fillStyle = colours.now;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = colours.now;
  pen.lineWidth = 3;
  pen.setLineDash([4, 4]);
  pen.stroke();
  pen.setLineDash([]);
  put(pen, 'alarm', x, y, { size: 32, colour: colours.now, paper: colours.paper, sharpness });
}

/** As the crow flies: which way, and not along which streets. `places`: two of { lon, lat }. */
export function drawWay([from, to], { pen, project, colours }) {
  pen.beginPath();
  pen.moveTo(...project(from.lon, from.lat));
  pen.lineTo(...project(to.lon, to.lat));
  pen.strokeStyle = colours.link;
  pen.lineWidth = 4;
  pen.lineCap = 'round';
  pen.setLineDash([1, 9]);
  pen.stroke();
  pen.setLineDash([]);
}

/** The quiet ones first, so that none hides one that calls; the officer's own work above all. */
function drawBays({ bays, chosen, faded }, sheet) {
  const { pen, scale, colours } = sheet;
  const seen = bays.filter((bay) => isSeen(bay, sheet));
  const size = Math.min(BAY_M * scale, LARGEST);
  const [calling, quiet] = [seen.filter(calls), seen.filter((bay) => !calls(bay))];
  if (scale >= OUTLINES_FROM) drawOutlines(seen, sheet);
  pen.globalAlpha = faded ? 0.5 : 1;
  if (size < DOT_BELOW) drawDots(quiet, sheet);
  else for (const bay of quiet) drawMark(bay, Math.round(size), sheet);
  for (const bay of calling) drawMark(bay, Math.max(bay.large ?? CALLING_SIZE, Math.round(size)), sheet);
  pen.globalAlpha = 1;
  for (const bay of seen) {
    if (bay.mine) ring(pen, spot(bay, sheet), 20, colours['on-kerb'], colours.kerb);
    if (bay.id === chosen) drawChosen(spot(bay, sheet), sheet);
  }
  if (scale < REFERENCES_FROM) return;
  for (const bay of seen) {
    const [x, y] = spot(bay, sheet);
    sheet.labels.put(bay.reference, { x, y: y + size / 2 + sheet.labels.size });
  }
}

/** A ring around what is chosen, at [x, y] px. */
export function drawChosen(at, { pen, colours }) {
  ring(pen, at, 20, colours.paper, colours.link);
}

function calls({ state, task }) {
  return task !== null || CALLING.includes(state);
}

function drawMark(bay, size, sheet) {
  const { pen, colours, sharpness } = sheet;
  const [x, y] = spot(bay, sheet);
  put(pen, bay.state, x, y, { size, colour: colours[TONES[bay.state] ?? 'ink'], paper: colours.paper, sharpness });
}

function drawDots(bays, { pen, colours, grow, left, top }) {
  pen.fillStyle = colours.muted;
  for (const { x, y } of bays) pen.fillRect(x * grow - left - DOT / 2, y * grow - top - DOT / 2, DOT, DOT);
}

function drawOutlines(bays, sheet) {
  const { pen, colours } = sheet;
  trace(bays.map(({ path }) => path).filter(Boolean), sheet);
  pen.strokeStyle = colours.edge;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A ring that fades with the age of the fix; an old fix is never shown as if it were live. */
export function drawFix({ lon, lat, accuracy_m: accuracy, at }, now, { pen, project, scale, colours, sharpness }) {
  const [x, y] = project(lon, lat);
  const fresh = 1 - Math.min((now - Date.parse(at)) / FIX_FADES, 1);
  pen.beginPath();
  pen.arc(x, y, Math.max(accuracy * scale, 18), 0, 2 * Math.PI);
  pen.globalAlpha = 0.05 + 0.15 * fresh;
  pen.fillStyle = colours.link;
  pen.fill();
  pen.globalAlpha = 0.25 + 0.75 * fresh;
  pen.strokeStyle = colours.link;
  pen.lineWidth = 3;
  pen.stroke();
  pen.globalAlpha = 1;
  const colour = fresh > 0 ? colours.link : colours.muted;
  put(pen, 'officer', x, y, { size: 28, colour, paper: colours.paper, sharpness });
}

function ring(pen, [x, y], radius, edge, colour) {
  for (const [width, stroke] of [[7, edge], [4, colour]]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.stroke();
  }
}

function put(pen, name, x, y, how) {
  pen.drawImage(sprite(name, how), x - how.size / 2, y - how.size / 2, how.size, how.size);
}

function trace(paths, { pen, grow, left, top }) {
  pen.beginPath();
  for (const path of paths) {
    pen.moveTo(path[0] * grow - left, path[1] * grow - top);
    for (let at = 2; at < path.length; at += 2) pen.lineTo(path[at] * grow - left, path[at + 1] * grow - top);
  }
}

function onSheet(path, { grow, left, top }) {
  return Array.from({ length: path.length / 2 }, (_, index) => [path[2 * index] * grow - left, path[2 * index + 1] * grow - top]);
}

function spot({ x, y }, { grow, left, top }) {
  return [x * grow - left, y * grow - top];
}

function isSeen({ x, y }, { grow, left, top, width, height }) {
  const [across, down] = [x * grow - left, y * grow - top];
  return across >= -EDGE && across <= width + EDGE && down >= -EDGE && down <= height + EDGE;
}

function reaches([west, north, east, south], { grow, left, top, width, height }) {
  return east * grow - left >= -EDGE && west * grow - left <= width + EDGE && south * grow - top >= -EDGE && north * grow - top <= height + EDGE;
}
