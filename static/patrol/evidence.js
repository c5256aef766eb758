/**
 * What an officer still lacks before a notice, told on the phone as the server will judge it, with and without a
 * network. The rule is the server's (`enforcement/domain/sightings.py`), and a test holds the two together.
 */

const AFTER_GRACE = 'after_grace';
const MINUTE = 60_000;

/**
 * The evidence that is missing, as [{name, values}] for `say`. `looks` are those of this stay, of all its officers:
 * { at (ms), officer, plate, front, rear }. `rule`: { sightings, minutes, startRule, lawfulFrom, countedFrom } in ms.
 */
export function missing(looks, officer, rule) {
  const ofStay = looks.filter(({ at }) => rule.countedFrom === null || at >= rule.countedFrom);
  const read = ofStay.filter(({ plate }) => plate);
  const own = (read.length ? read : ofStay).filter((look) => look.officer === officer).sort((a, b) => a.at - b.at);
  const seen = own.filter(({ at }) => rule.startRule !== AFTER_GRACE || at >= rule.lawfulFrom);
  return [
    seen.length || !own.length ? countMissing(seen, Math.max(1, rule.sightings)) : null,
    timeMissing(own, rule.lawfulFrom),
    minutesMissing(seen, rule.minutes),
    ...plateMissing(own, read),
    rule.sightings > 1 ? valvesMissing(seen, read) : null,
  ].filter(Boolean);
}

function countMissing(seen, needed) {
  const lacking = needed - new Set(seen.map(({ at }) => at)).size;
  if (lacking <= 0) return null;
  if (!seen.length) return needed === 1 ? lack('not-sighted') : lack('sightings', { needed });
  return lack('more-sightings', { lacking });
}

function timeMissing(own, lawfulFrom) {
  return own.length && own.at(-1).at < lawfulFrom ? lack('too-early') : null;
}

function minutesMissing(seen, minutes) {
  if (!seen.length) return null;
  const watched = seen.at(-1).at - seen[0].at;
  return watched >= minutes * MINUTE ? null : lack('minutes', { minutes, watched: Math.floor(watched / MINUTE) });
}

function plateMissing(own, read) {
  if (own.length && !own.some(({ plate }) => plate)) return [lack('no-plate')];
  return new Set(read.map(({ plate }) => plate)).size > 1 ? [lack('plates-differ')] : [];
}

function valvesMissing(seen, read) {
  if (!seen.every(hasValves)) return lack('no-valves');
  const positions = read.filter(hasValves).map(({ front, rear }) => `${front} ${rear}`);
  return new Set(positions).size > 1 ? lack('valves-differ') : null;
}

function hasValves({ front, rear }) {
  return Boolean(front && rear);
}

function lack(what, values = {}) {
  return { name: `missing-${what}`, values };
}
