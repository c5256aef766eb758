/** Policies beside each other. A place is a JSON Pointer without its first stroke: "retention/visits_days". */

/** [[place, before, after]] of what differs; null where it is left out. Lists are told whole. */
export function differences(before, after, place = '') {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    const here = place ? `${place}/${name}` : name;
    if (isPart(was) && isPart(is)) return differences(was, is, here);
    return same(was, is) ? [] : [[here, was, is]];
  });
}

/** A policy with other values at these places ([[place, value]]); null leaves the member out. */
export function withValues(policy, values) {
  const made = structuredClone(policy);
  for (const [place, value] of values) {
    const parts = place.split('/');
    const name = parts.pop();
    const part = parts.reduce((inside, each) => (inside[each] ??= {}), made);
    if (value === null) delete part[name];
    else part[name] = value;
  }
  return made;
}

function isPart(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function same(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  return isPart(value) ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])])) : value;
}
