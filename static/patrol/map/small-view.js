/** A small piece of the world, north above: enough to see which way it goes to a place. */

import { growOf, toWorld, view } from '../../shared/map/world.js';
import { metresBetween } from '../positions.js';

const DEGREE_M = 111_195;
const EDGE = 26; // px kept free around what is to be seen
const CLOSEST = 2.2; // px a metre: a street or two around the place
const TOO_FAR_M = 5_000; // who is further away would make a dot of it

/** Who is to be seen beside the place: the officer, unless they are so far off that nothing else could be seen. */
export function seenFrom(me, place) {
  return me && metresBetween(me, place) < TOO_FAR_M ? me : null;
}

/** `points`: one or two of { lon, lat }. How the world becomes px of a sheet, as world.js has it. */
export function smallView(points, { width, height }) {
  const [lon, lat] = ['lon', 'lat'].map((axis) => middle(points.map((point) => point[axis])));
  const east = DEGREE_M * Math.cos((lat * Math.PI) / 180);
  const [wide, high] = [spread(points.map((point) => point.lon)) * east, spread(points.map((point) => point.lat)) * DEGREE_M];
  const scale = Math.min((width - 2 * EDGE) / wide, (height - 2 * EDGE) / high, CLOSEST);
  const grow = growOf(scale, lat);
  const { x, y } = toWorld(lon, lat);
  return view({ grow, left: x * grow - width / 2, top: y * grow - height / 2, lat });
}

const POINTS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];

/** The point of the compass in which a place lies: "ne". */
export function compassTo(from, to) {
  const east = (to.lon - from.lon) * Math.cos((((from.lat + to.lat) / 2) * Math.PI) / 180);
  const turned = Math.atan2(east, to.lat - from.lat) / (Math.PI / 4);
  return POINTS[(Math.round(turned) + POINTS.length) % POINTS.length];
}

function middle(values) {
  return (Math.min(...values) + Math.max(...values)) / 2;
}

function spread(values) {
  return Math.max(...values) - Math.min(...values);
}
