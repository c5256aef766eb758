/** What the journal has said since anybody asked: which tasks, which bays, which lists. Each is asked for once. */

const LISTS = { shift: 'shifts', alert: 'alerts', freeze: 'alerts', patrol: 'patrols', person: 'people', zone: 'zones', record: 'kept' };

export class Changes {
  tasks = new Set();
  bays = new Set();
  lists = new Set();

  /** One entry of the feed. */
  note({ subject, subject_id: id, facts }) {
    if (subject === 'task') this.tasks.add(id);
    if (facts?.task_id) this.tasks.add(facts.task_id);
    if (subject === 'bay') this.bays.add(id);
    if (facts?.bay_id) this.bays.add(facts.bay_id);
    if (subject in LISTS) this.lists.add(LISTS[subject]);
  }

  /** { tasks, bays, lists } as lists of what was noted; from here on nothing is. */
  take() {
    const taken = { tasks: [...this.tasks], bays: [...this.bays], lists: [...this.lists] };
    for (const each of [this.tasks, this.bays, this.lists]) each.clear();
    return taken;
  }
}

/** In pieces of so many, as the API takes ids. */
export function pieces(ids, size = 100) {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));
}

/** The query by which these are asked for: "?ids=…&ids=…". */
export function named(name, ids) {
  return `?${new URLSearchParams(ids.map((id) => [name, id]))}`;
}
