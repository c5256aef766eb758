/** On the map, while somebody is carried over it: where they can be put down, and what the hand is over. */

import { drawChosen } from '../../shared/map/painter.js';

const ROUND = 18; // px

/** `places` and `zones` that take them; `under`: { task } or { zone } beneath the hand, or null. */
export function drawTargets({ places, zones, under }, sheet) {
  for (const { paths } of zones) outline(paths, 3, sheet);
  for (const place of places) circle(spot(place, sheet), sheet);
  if (under?.zone) outline(under.zone.paths, 7, sheet);
  if (under?.place) drawChosen(spot(under.place, sheet), sheet);
}

function spot({ lon, lat }, { project }) {
  return project(lon, lat);
}

function circle([x, y], { pen, colours }) {
  pen.beginPath();
  pen.arc(x, y, ROUND, 0, 2 * Math.PI);
  dashed(pen, colours.link, 3);
}

function outline(paths, width, { pen, grow, left, top, colours }) {
  pen.beginPath();
  for (const path of paths) {
    for (let at = 0; at < path.length; at += 2) {
      const [x, y] = [path[at] * grow - left, path[at + 1] * grow - top];
      if (at) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    }
  }
  dashed(pen, colours.link, width);
}

function dashed(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash([6, 5]);
  pen.stroke();
  pen.setLineDash([]);
}
