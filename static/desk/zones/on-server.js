/** Zones as the server has them, and what can be done to them. */

import { get, getAll, post, put, remove } from '../../shared/api.js';
import { pathOf, toWorld } from '../../shared/map/world.js';
import { shapesOf } from '../../shared/map/scene.js';
import { polygonOf, ringsOf } from './rings.js';

/** The zones in use: each with `rings`, and `paths` for the map. */
export async function loadZones() {
  const { items } = await get('/zones');
  return items.map(known);
}

/** One zone, as it is now. */
export async function loadZone(id) {
  return known(await get(`/zones/${id}`));
}

function known(zone) {
  const rings = ringsOf(zone.outline);
  return { ...zone, rings, paths: zone.outline.coordinates.map(pathOf) };
}

/** What is drawn upon: { bays, streets, tiles, limits }. */
export async function loadGround() {
  const { bays, streets, tiles, limits } = await get('/zones/ground');
  return {
    bays: bays.map(([reference, street, lon, lat]) => ({ reference, street, lon, lat, ...toWorld(lon, lat) })),
    streets: shapesOf(streets).streets,
    tiles,
    limits,
  };
}

/** Names of people by id, for the journal. */
export async function loadPeople() {
  return new Map((await getAll('/people')).map(({ id, name }) => [id, name]));
}

/** The journal's entries of a zone, the newest first. */
export async function loadStory(id) {
  return (await get('/journal', { subject_id: id, limit: 500 })).items.toReversed();
}

/** Raises ApiError; 409 of type stale-zone where somebody was quicker. */
export function save(draft) {
  const body = bodyOf(draft.zone);
  return draft.id ? put(`/zones/${draft.id}`, { ...body, version: draft.version }) : post('/zones', body);
}

export function split({ id, version }, parts) {
  return post(`/zones/${id}/split`, { version, parts: parts.map(bodyOf) });
}

export const retire = (id) => remove(`/zones/${id}`);
export const restore = (id) => post(`/zones/${id}/restore`);
export const preview = (file) => post('/import/zones?preview=true', file);
export const importSeen = (file, seen) => post(`/import/zones?seen=${seen}`, file);

function bodyOf({ name, colour, hours, rings }) {
  return { name, colour, hours: hours || null, outline: polygonOf(rings) };
}
