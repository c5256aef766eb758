/** The shapes of the states, drawn once for each size and colour, and then put down as often as they are needed. */

import { shape } from '../shapes.js';

const SIDE = 24; // of the drawings in shared/shapes.js
const drawn = new Map();

/** A canvas with the shape, `size` px wide on the screen, on a disc of the paper's colour that lifts it off. */
export function sprite(name, { size, colour, paper, sharpness }) {
  const key = [name, size, colour, paper, sharpness].join(' ');
  if (!drawn.has(key)) drawn.set(key, draw(name, { size, colour, paper, sharpness }));
  return drawn.get(key);
}

function draw(name, { size, colour, paper, sharpness }) {
  const canvas = document.createElement('canvas');
  const side = Math.round(size * sharpness);
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  pen.scale(side / SIDE, side / SIDE);
  pen.fillStyle = paper;
  pen.fill(disc(SIDE / 2, SIDE / 2, SIDE / 2));
  for (const part of shape(name).firstElementChild.children) put(pen, part, colour);
  return canvas;
}

/** One part of a drawing, as a browser would show it. */
function put(pen, part, colour) {
  const said = (attribute) => part.getAttribute(attribute);
  const path = part.localName === 'circle' ? disc(...['cx', 'cy', 'r'].map((name) => Number(said(name)))) : new Path2D(said('d'));
  if (said('fill') !== 'none' && !(said('stroke') && !said('fill'))) {
    pen.fillStyle = colour;
    pen.fill(path);
  }
  if (!said('stroke')) return;
  pen.strokeStyle = colour;
  pen.lineWidth = Number(said('stroke-width') ?? 1);
  pen.lineCap = said('stroke-linecap') ?? 'butt';
  pen.setLineDash((said('stroke-dasharray') ?? '').split(' ').filter(Boolean).map(Number));
  pen.stroke(path);
}

function disc(x, y, radius) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  return path;
}
