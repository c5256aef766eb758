/** What of the town is to be seen: by zone, state of the bay, code, officer, and words of its street and bay. */

import { plainly, wordsOf } from '../../shared/search.js';

export const EVERYTHING = Object.freeze({ zone: '', state: '', code: '', officer: '', sought: '' });

/**
 * { bays, tasks, ended, shifts } of what passes. `wanted` as EVERYTHING, with ids, a mark, a code and what was typed;
 * `zones` as the map has them.
 */
export function seen({ bays, tasks, ended, shifts, zones }, wanted) {
  if (!count(wanted)) return { bays, tasks, ended, shifts };
  const zone = zones.find(({ id }) => id === wanted.zone);
  const there = wanted.zone ? new Set(bays.filter((bay) => zone && isWithin(zone.paths, bay)).map(({ id }) => id)) : null;
  const words = wordsOf(wanted.sought);
  const isMeant = (bay) => (!there || there.has(bay.id)) && isSought(bay, words);
  const left = bays.filter((bay) => isMeant(bay) && isOf(bay, bay.task, wanted));
  const state = new Map(bays.map((bay) => [bay.id, bay.state]));
  const mine = (task) => isMeant(task.bay) && isOf({ state: state.get(task.bay.id) }, task, wanted);
  return {
    bays: left,
    tasks: tasks.filter(mine),
    ended: ended.filter((task) => !wanted.state && mine(task)),
    shifts: shifts.filter((shift) => isTheirs(shift, wanted)),
  };
}

/** How many of the filters are set. */
export function count(wanted) {
  return Object.values(wanted).filter(Boolean).length;
}

function isOf({ state, code }, task, wanted) {
  return (!wanted.state || state === wanted.state)
    && (!wanted.code || (task?.code ?? code) === wanted.code)
    && (!wanted.officer || task?.officer?.id === wanted.officer);
}

function isTheirs({ officer, zones }, { zone, officer: wanted }) {
  return (!wanted || officer.id === wanted) && (!zone || zones.some(({ id }) => id === zone));
}

function isSought(bay, words) {
  if (!words.length) return true;
  const name = bay.name ?? nameOf(bay);
  return words.every((word) => name.includes(word));
}

/** As it is searched; a place of the map keeps it. */
export function nameOf({ street, reference }) {
  return plainly(`${street} ${reference}`);
}

/** Whether a point of the world lies within these paths, holes left out. */
export function isWithin(paths, { x, y }) {
  let inside = false;
  for (const path of paths) {
    for (let at = 0; at < path.length - 2; at += 2) {
      const [fromX, fromY, toX, toY] = [path[at], path[at + 1], path[at + 2], path[at + 3]];
      if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
    }
  }
  return inside;
}
