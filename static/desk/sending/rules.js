/** Who can be sent where, and why not, in words. `shift`, `task`, `zone` as the API tells them. */

import { placeWords } from '../../shared/task-words.js';

const GIVABLE = ['waiting', 'escalated'];
const HELD = { offered: 'is asked about', accepted: 'is on the way to', arrived: 'is at' };
const DOING = {
  planned: 'has not started yet', break: 'is on a break', with_public: 'is with someone', incident: 'is at an incident',
  observing: 'is observing a car', serving: 'is serving a notice',
};

/** Whether somebody can be sent there at all. */
export function isGivable({ state, unsafe }) {
  return GIVABLE.includes(state) && !unsafe;
}

/** Why this officer can't be given a task now, whichever; null if they can. `tasks`: the open ones. */
export function whyBusy({ id, state, officer }, tasks) {
  if (DOING[state]) return `${officer.name} ${DOING[state]}.`;
  const theirs = tasks.find(({ assignment }) => assignment?.shift_id === id);
  return theirs ? `${officer.name} ${HELD[theirs.state]} ${placeWords(theirs)}.` : null;
}

/** Why this officer can't be given this task now; null if they can. */
export function whyNotTask(shift, task, tasks) {
  if (task.unsafe) return 'An officer found it unsafe there: release the place first.';
  if (task.state === 'arrived') return `${task.officer.name} is at the car there.`;
  if (!isGivable(task)) return `${task.officer.name} ${HELD[task.state]} it: take it back first.`;
  return whyBusy(shift, tasks);
}

/** Why this officer can't be sent to this zone; null if they can. */
export function whyNotZone({ officer, zones }, zone) {
  return zones.length === 1 && zones[0].id === zone.id ? `${officer.name} patrols ${zone.name} already, and nothing else.` : null;
}
