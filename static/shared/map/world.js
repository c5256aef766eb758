/** Places on the flat world that maps are drawn from (Web Mercator), reckoned once; what is seen of it is then two sums. */

const AROUND_M = 40_075_017; // the equator
/** px of the whole world at Leaflet's zoom 0. */
export const TILE = 256;

/** { x, y } of the world as a square of side 1: x to the east, y to the south. */
export function toWorld(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

/** A line of [lon, lat] as x, y, x, y, … of the world. */
export function pathOf(points) {
  const path = new Float64Array(2 * points.length);
  points.forEach(([lon, lat], index) => {
    const { x, y } = toWorld(lon, lat);
    path[2 * index] = x;
    path[2 * index + 1] = y;
  });
  return path;
}

/** [west, north, east, south] of paths, in the world. */
export function boxOf(paths) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of paths) {
    for (let at = 0; at < path.length; at += 2) {
      box[0] = Math.min(box[0], path[at]);
      box[1] = Math.min(box[1], path[at + 1]);
      box[2] = Math.max(box[2], path[at]);
      box[3] = Math.max(box[3], path[at + 1]);
    }
  }
  return box;
}

/**
 * How the world becomes a sheet: `x * grow - left`, `y * grow - top` are px. With `project(lon, lat)` → [x, y] for single
 * places, and `scale`, the px of a metre at this latitude.
 */
export function view({ grow, left, top, lat }) {
  const project = (lon, at) => {
    const { x, y } = toWorld(lon, at);
    return [x * grow - left, y * grow - top];
  };
  return { grow, left, top, project, scale: scaleOf(grow, lat) };
}

function scaleOf(grow, lat) {
  return grow / (AROUND_M * Math.cos((lat * Math.PI) / 180));
}

/** The `grow` by which a metre at this latitude has so many px. */
export function growOf(scale, lat) {
  return scale * AROUND_M * Math.cos((lat * Math.PI) / 180);
}
