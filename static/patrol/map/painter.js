/** Draws a scene on a canvas: zones, streets with their names, bays with the shapes of their states, the officer. */

import { Labels } from './labels.js';
import { CALLING } from './scene.js';
import { sprite } from './sprites.js';

const BAY_M = 5; // so far apart are bays along a kerb: their shapes grow until they would touch
const DOT_BELOW = 9; // px; smaller than that no shape can be told from another
const LARGEST = 26;
const CALLING_SIZE = 24;
const NAMES_FROM = 1.3; // px a metre
const REFERENCES_FROM = 5;
const OUTLINES_FROM = 2.5;
const FIX_FADES = 60_000; // ms

const TONES = {
  lawful: 'now', over: 'soon', 'may-have-left': 'soon', occupied: 'ink', free: 'muted', unknown: 'muted', suspended: 'ink', officer: 'ink',
};

/**
 * `view`: { pen (a 2d context), width, height (px), project(lon, lat) → [x, y], scale (px a metre), sharpness (device px a
 * px), letters (px), namesFrom (px a metre from which streets are named; as a rule) }. `scene`: { zones, streets, bays, freezes,
 * me, chosen, faded, now }, see scene.js, and perhaps `way`: two places with a line between. Clears what was there.
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
  if (scene.me) drawMe(scene.me, scene.now, sheet);
}

function drawZone({ rings, colour }, { pen, project }) {
  trace(pen, rings, project, true);
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

function drawStreets(streets, { pen, project, scale, colours, labels, namesFrom = NAMES_FROM, ...view }) {
  const seen = streets.flatMap(({ name, lines }) => lines.map((line) => ({ name, line: line.map(([lon, lat]) => project(lon, lat)) })))
    .filter(({ line }) => isSeen(line, view));
  const wide = Math.min(Math.max(scale * 6, 3), 16);
  for (const [colour, width] of [[colours.edge, wide + 2], [colours.paper, wide]]) {
    pen.beginPath();
    for (const { line } of seen) line.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.lineCap = 'round';
    pen.stroke();
  }
  if (scale < namesFrom) return;
  const named = new Set();
  for (const { name, line } of seen) {
    if (!named.has(name) && labels.along(name, line)) named.add(name);
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

/** As the crow flies: which way, and not along which streets. */
function drawWay(places, { pen, project, colours }) {
  trace(pen, [places.map(({ lon, lat }) => [lon, lat])], project, false);
  pen.strokeStyle = colours.link;
  pen.lineWidth = 4;
  pen.lineCap = 'round';
  pen.setLineDash([1, 9]);
  pen.stroke();
  pen.setLineDash([]);
}

/** The quiet ones first, so that none hides one that calls; the officer's own work above all. */
function drawBays({ bays, chosen, faded }, sheet) {
  const { pen, project, scale, colours } = sheet;
  const seen = bays.map((bay) => ({ bay, at: project(bay.lon, bay.lat) })).filter(({ at }) => isSeen([at], sheet));
  const size = Math.min(BAY_M * scale, LARGEST);
  const [calling, quiet] = [seen.filter(({ bay }) => calls(bay)), seen.filter(({ bay }) => !calls(bay))];
  if (scale >= OUTLINES_FROM) drawOutlines(seen, sheet);
  pen.globalAlpha = faded ? 0.5 : 1;
  if (size < DOT_BELOW) drawDots(quiet, sheet);
  else quiet.forEach((each) => drawMark(each, Math.round(size), sheet));
  calling.forEach((each) => drawMark(each, Math.max(CALLING_SIZE, Math.round(size)), sheet));
  pen.globalAlpha = 1;
  for (const { bay, at } of seen) {
    if (bay.task) ring(pen, at, 20, colours['on-kerb'], colours.kerb);
    if (bay.id === chosen) ring(pen, at, 20, colours.paper, colours.link);
  }
  if (scale < REFERENCES_FROM) return;
  for (const { bay, at: [x, y] } of seen) sheet.labels.put(bay.reference, { x, y: y + size / 2 + sheet.labels.size });
}

function calls({ state, task }) {
  return task !== null || CALLING.includes(state);
}

function drawMark({ bay: { state }, at: [x, y] }, size, { pen, colours, sharpness }) {
  put(pen, state, x, y, { size, colour: colours[TONES[state] ?? 'ink'], paper: colours.paper, sharpness });
}

function drawDots(places, { pen, colours }) {
  pen.beginPath();
  for (const { at: [x, y] } of places) {
    pen.moveTo(x + 2, y);
    pen.arc(x, y, 2, 0, 2 * Math.PI);
  }
  pen.fillStyle = colours.muted;
  pen.fill();
}

function drawOutlines(places, { pen, project, colours }) {
  trace(pen, places.filter(({ bay }) => bay.ring).map(({ bay }) => bay.ring), project, true);
  pen.strokeStyle = colours.edge;
  pen.lineWidth = 1;
  pen.stroke();
}

/** A ring that fades with the age of the fix; an old fix is never shown as if it were live. */
function drawMe({ lon, lat, accuracy_m: accuracy, at }, now, { pen, project, scale, colours, sharpness }) {
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

function trace(pen, rings, project, closed) {
  pen.beginPath();
  for (const points of rings) {
    points.forEach(([lon, lat], index) => (index ? pen.lineTo(...project(lon, lat)) : pen.moveTo(...project(lon, lat))));
    if (closed) pen.closePath();
  }
}

function isSeen(points, { width, height }) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return Math.max(...xs) >= 0 && Math.min(...xs) <= width && Math.max(...ys) >= 0 && Math.min(...ys) <= height;
}
