/** Which alert stands first. */

const FIRST = ['sos', 'check-in', 'unsafe'];
const LAST = ['planner-trouble', 'jobs-stand', 'push-trouble', 'network-quiet'];
const SEEN = FIRST.length;
const OTHERS = 2 * SEEN;

/** What can't wait first, of it what nobody has seen; what runs by itself last; else as they are. */
export function byUrgency(alerts) {
  return alerts.toSorted((one, other) => rank(one) - rank(other));
}

function rank({ kind, acknowledged_by: seer }) {
  if (FIRST.includes(kind)) return FIRST.indexOf(kind) + (seer ? SEEN : 0);
  return OTHERS + 1 + LAST.indexOf(kind);
}
