/** What is drawn above the map while somebody draws a zone: bays as dots, the drawing, what is wrong with it. */

import { sprite } from '../../shared/map/sprites.js';
import { boxOf } from './rings.js';

const LOOSE = 14; // px; a bay in no zone has a shape that is no dot
const FAULT = 30;

/** Every bay as a dot; those in no zone (`loose`, a Set) as crosses. Each has its x and y of the world. */
export function drawBays(bays, loose, { pen, grow, left, top, scale, colours, width, height }) {
  const size = Math.min(Math.max(scale * 3, 3), 8);
  const crosses = [];
  pen.fillStyle = colours.muted;
  for (const bay of bays) {
    const [x, y] = [bay.x * grow - left, bay.y * grow - top];
    if (x < 0 || y < 0 || x > width || y > height) continue;
    if (loose.has(bay)) crosses.push([x, y]);
    else pen.fillRect(x - size / 2, y - size / 2, size, size);
  }
  drawCrosses(crosses, pen, colours);
}

function drawCrosses(places, pen, colours) {
  pen.beginPath();
  for (const [x, y] of places) {
    const arm = LOOSE / 2;
    pen.moveTo(x - arm, y - arm);
    pen.lineTo(x + arm, y + arm);
    pen.moveTo(x + arm, y - arm);
    pen.lineTo(x - arm, y + arm);
  }
  stroke(pen, colours.paper, 5);
  stroke(pen, colours.now, 2.5);
}

/** Where there is room for them. */
export function drawNames(zones, { labels, project }) {
  for (const { name, rings } of zones) {
    const { west, south, east, north } = boxOf(rings);
    const [x, y] = project((west + east) / 2, north);
    if (name && west < east && south < north) labels.put(name, { x, y: y + labels.size * 1.5 });
  }
}

/** `open`: it is being drawn, and its last corner not joined to its first. */
export function drawDrawing({ rings, colour, open }, sheet) {
  const { pen, colours } = sheet;
  trace(rings, sheet, !open);
  if (!open) {
    pen.globalAlpha = 0.2;
    pen.fillStyle = colour;
    pen.fill('evenodd');
    pen.globalAlpha = 1;
  }
  stroke(pen, colours.paper, 7);
  stroke(pen, colours.link, 4);
}

/** How somebody else drew it. */
export function drawOutline(rings, sheet) {
  const { pen, colours } = sheet;
  trace(rings, sheet, true);
  pen.setLineDash([4, 6]);
  stroke(pen, colours.ink, 3);
  pen.setLineDash([]);
}

/** The line that splits. */
export function drawLine(line, sheet) {
  const { pen, colours, project } = sheet;
  trace([line], sheet, false);
  stroke(pen, colours.paper, 7);
  pen.setLineDash([12, 6]);
  stroke(pen, colours.ink, 4);
  pen.setLineDash([]);
  pen.fillStyle = colours.ink;
  for (const [lon, lat] of line) {
    const [x, y] = project(lon, lat);
    pen.fillRect(x - 4, y - 4, 8, 8);
  }
}

/** A warning at each place where something is wrong. */
export function drawFaults(places, { pen, project, colours, sharpness }) {
  for (const [lon, lat] of places) {
    const [x, y] = project(lon, lat);
    const sign = sprite('alarm', { size: FAULT, colour: colours.now, paper: colours.paper, sharpness });
    pen.drawImage(sign, x - FAULT / 2, y - FAULT / 2, FAULT, FAULT);
  }
}

function trace(rings, { pen, project }, closed) {
  pen.beginPath();
  for (const ring of rings) {
    ring.forEach(([lon, lat], at) => (at ? pen.lineTo(...project(lon, lat)) : pen.moveTo(...project(lon, lat))));
    if (closed) pen.closePath();
  }
}

function stroke(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = 'round';
  pen.stroke();
}
