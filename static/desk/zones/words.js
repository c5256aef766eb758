/** Zones in words: when they are active, how large they are, what became of them. */

import { when } from '../../shared/words.js';
import { colourWords } from './colours.js';
import { areaOf, countOf, ringsOf } from './rings.js';

/** "Always active", "Active now, until 18:30", "Not active now: from tomorrow 08:00". */
export function activeWords({ hours, active, changes_at: changes }, now, zone) {
  if (!hours) return 'Always active';
  if (active) return changes ? `Active now, until ${when(changes, now, zone)}` : 'Active now';
  return changes ? `Not active now: from ${when(changes, now, zone)}` : 'Not active: its times never come';
}

export function areaWords(rings) {
  const area = areaOf(rings);
  return area < 100_000 ? `${Math.round(area)} m²` : `${(area / 1e6).toFixed(2)} km²`;
}

/** "1 bay", "14 bays" */
export function baysWords(count) {
  return count === 1 ? '1 bay' : `${count} bays`;
}

const ROWS = [
  ['Name', ({ name }) => name],
  ['Colour', ({ colour }) => colourWords(colour)],
  ['Times', ({ hours }) => hours || 'always active'],
  ['Corners', ({ rings }) => String(countOf(rings))],
  ['Size', ({ rings }) => areaWords(rings)],
];

/** Two versions side by side: [{ what, mine, theirs, differs }]; each has { name, colour, hours, rings }. */
export function sideBySide(mine, theirs) {
  const shapes = JSON.stringify(mine.rings) !== JSON.stringify(theirs.rings);
  return [
    ...ROWS.map(([what, words]) => ({ what, mine: words(mine), theirs: words(theirs), differs: words(mine) !== words(theirs) })),
    { what: 'Outline', mine: shapes ? 'as you drew it' : 'the same', theirs: shapes ? 'dashed on the map' : 'the same', differs: shapes },
  ];
}

/** A zone as the server tells it, as a drawing. */
export function drawingOf({ name, colour, hours, outline }) {
  return { name, colour, hours, rings: ringsOf(outline) };
}

const KINDS = {
  'zone.created': ({ facts }) => (facts.split_from ? 'Split off from another zone' : 'Drawn') + bayWords(facts),
  'zone.redrawn': ({ facts }) => changesWords(facts),
  'zone.retired': () => 'Deleted',
  'zone.restored': () => 'Brought back',
};

/** One entry of the journal: "Redrawn, 12 bays instead of 14". */
export function storyWords(entry) {
  return KINDS[entry.kind]?.({ facts: {}, ...entry }) ?? 'Changed';
}

/** Who did it: `people` by id. */
export function actorWords(actor, people) {
  const [kind, id] = (actor ?? '').split(':');
  if (kind === 'person') return people.get(id) ?? 'Somebody who has left';
  return { key: 'A machine’s key', demo: 'The demo', command: 'An administrator at the terminal' }[kind] ?? 'Somebody';
}

function bayWords({ bays }) {
  return bays === undefined ? '' : `, ${baysWords(bays)}`;
}

function changesWords({ was = {}, now = {}, outline = false, bays, bays_before: before }) {
  const parts = [
    'name' in now && `Renamed from “${was.name}” to “${now.name}”`,
    outline && (bays === before ? 'Redrawn, with as many bays' : `Redrawn, ${baysWords(bays)} instead of ${before}`),
    'colour' in now && 'Another colour',
    'hours' in now && `Times: ${now.hours ?? 'always'} instead of ${was.hours ?? 'always'}`,
  ].filter(Boolean);
  return parts.join('; ') || 'Changed';
}
