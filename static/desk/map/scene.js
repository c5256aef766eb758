/** What the desk draws above its bays: who goes where, and everybody on shift with the age of their fix. */

import { drawChosen, drawFix, drawWay } from '../../shared/map/painter.js';
import { toWorld } from '../../shared/map/world.js';

const NAMES_FROM = 0.5; // px a metre: further out names would hide the town
const GOING = ['accepted', 'arrived'];

/** Those whose place is known, as places of the map; nobody who is on a break. */
export function officersOn(shifts) {
  return shifts.filter(({ position, started_at: started, ended_at: ended, state }) => position && started && !ended && state !== 'break')
    .map(({ id, officer, position }) => ({ id, name: officer.name, ...position, ...toWorld(position.lon, position.lat) }));
}

/** [officer, bay] of each task that somebody is on the way to. */
export function routesOf(tasks, officers) {
  const by = new Map(officers.map((officer) => [officer.id, officer]));
  return tasks.filter(({ state, assignment }) => GOING.includes(state) && by.has(assignment?.shift_id))
    .map(({ assignment, bay }) => [by.get(assignment.shift_id), bay]);
}

/** Draws them; as `above` of the scene that the painter takes. */
export function above({ routes, officers, chosen, now }) {
  return (sheet) => {
    for (const route of routes) drawWay(route, sheet);
    for (const officer of officers) drawOfficer(officer, { chosen, now, sheet });
  };
}

function drawOfficer(officer, { chosen, now, sheet }) {
  const [x, y] = sheet.project(officer.lon, officer.lat);
  if (x < 0 || y < 0 || x > sheet.width || y > sheet.height) return;
  drawFix(officer, now, sheet);
  if (officer.id === chosen) drawChosen([x, y], sheet);
  if (sheet.scale >= NAMES_FROM || officer.id === chosen) sheet.labels.put(officer.name, { x, y: y + 20 + sheet.labels.size / 2 });
}
