/** What there is to see, out of the map's GeoJSON, the marks of its bays and the work at them. */

import { carState } from '../task-words.js';
import { boxOf, pathOf, toWorld } from './world.js';

/** Marks that call for somebody, the most urgent first. */
export const CALLING = ['lawful', 'over', 'may-have-left'];

/**
 * The shapes that stay: { zones: [{ id, name, colour, rings, paths }], streets: [{ name, paths, box }], bays: [{ id, reference,
 * street, allows, suspended, paused, lon, lat, x, y, path }] }. Rings are lists of [lon, lat]; x, y, paths and boxes are of the
 * world (world.js), so that nothing is reckoned twice; a bay without an outline has no path.
 */
export function shapesOf(features) {
  const shapes = { zones: [], streets: [], bays: [] };
  for (const { geometry, properties: { kind, ...said } } of features) {
    if (kind === 'zone') shapes.zones.push({ ...said, rings: geometry.coordinates, paths: geometry.coordinates.map(pathOf) });
    if (kind === 'street') shapes.streets.push({ ...said, ...streetOf(linesOf(geometry).map(pathOf)) });
    if (kind === 'bay') shapes.bays.push({ ...said, ...placeOf(geometry) });
  }
  return shapes;
}

/**
 * The bays as they are now: each with `state` (the name of its shape), `since`, and `task`, where the officer has
 * work there (`mine`). What the phone knows of its officer's own work goes before what the server says of the bay; places
 * that are no bays of the map come along while there is work at them.
 */
export function marked(bays, { marks, tasks, now }) {
  const work = new Map(tasks.map((task) => [task.bay.id, task]));
  const known = new Set(bays.map(({ id }) => id));
  const elsewhere = tasks.filter(({ bay }) => !known.has(bay.id)).map(({ bay }) => elsewhereOf(bay));
  return [...bays, ...elsewhere].map((bay) => ({
    ...bay, ...markOf(bay, marks.get(bay.id), work.get(bay.id), now), mine: work.has(bay.id),
  }));
}

/** A place that is no bay of the map. */
export function elsewhereOf(bay) {
  return { ...bay, ...toWorld(bay.lon, bay.lat), allows: null, path: null };
}

/** { state, since, task } of a bay, by what the server marked and the work that there is. */
export function markOf({ suspended }, mark, task, now) {
  if (task) return { state: carState(task, now).shape, since: sinceOf(task, now), task };
  return { state: mark?.state ?? (suspended ? 'suspended' : 'unknown'), since: mark?.since ?? null, task: null };
}

function sinceOf({ may_have_left_at: left, lawful_from: lawful, overstay_from: over }, now) {
  if (left) return left;
  return lawful && Date.parse(lawful) <= now ? lawful : over;
}

function linesOf({ type, coordinates }) {
  return type === 'MultiLineString' ? coordinates : [coordinates];
}

function streetOf(paths) {
  return { paths, box: boxOf(paths) };
}

function placeOf({ type, coordinates }) {
  const [lon, lat] = type === 'Point' ? coordinates : middleOf(coordinates[0]);
  return { lon, lat, ...toWorld(lon, lat), path: type === 'Point' ? null : pathOf(coordinates[0]) };
}

function middleOf(ring) {
  const corners = ring.slice(0, -1);
  return [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
}

/** [[west, south], [east, north]] around points of [lon, lat]; null around none. */
export function boundsOf(points) {
  if (!points.length) return null;
  const [lons, lats] = [0, 1].map((axis) => points.map((point) => point[axis]));
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

/** What to show first: the officer and the way to their work, else all zones; null where there is nothing to show. */
export function firstView({ me, tasks, zones }) {
  const bounds = boundsOf(zones.flatMap(({ rings }) => rings.flat()));
  const points = [me, tasks[0]?.bay].filter((place) => place && within(place, bounds));
  if (points.length === 1) return { centre: [points[0].lon, points[0].lat] };
  return points.length ? { bounds: boundsOf(points.map(({ lon, lat }) => [lon, lat])) } : bounds && { bounds };
}

/** Within the zones, or no further from them than they are wide. */
function within({ lon, lat }, bounds) {
  if (!bounds) return true;
  const [[west, south], [east, north]] = bounds;
  const [wide, high] = [east - west, north - south];
  return lon > west - wide && lon < east + wide && lat > south - high && lat < north + high;
}
