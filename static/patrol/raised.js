/** A car that its officer raises at the kerb, as the phone shows it until the server has answered. */

import { newId } from '../shared/api.js';
import { now } from '../shared/clock.js';
import { say } from '../shared/say.js';

/** Codes that say that a permitted period is over: only the server knows its end, by the bay and the policy. */
const PERIOD_ENDED = ['05', '30', '80', '82'];

/**
 * A task in hand. `bay`: { id, street, reference, spot, lon, lat }; `contravention`: as GET /contraventions lists it.
 * `lawful_from` is null where the phone can't know it.
 */
export function raised({ bay, contravention, suffix, officer }, at = new Date(now()).toISOString()) {
  const { code, gist, observation, by_suffix: other } = contravention;
  const asked = other[suffix] ?? observation;
  const ownEyes = bay.spot && !PERIOD_ENDED.includes(code);
  return {
    id: newId(), version: 1, state: 'arrived', found: true, patrol: null, stay_id: null, bay, code, suffix, officer,
    why: say('found-why', { gist }),
    overstay_from: ownEyes ? at : null,
    lawful_from: ownEyes ? at : null,
    lawful_until: null, not_before: null, counted_from: null, raised_at: at,
    sightings_needed: asked.sightings, observation_minutes: asked.minutes, start_rule: asked.start_rule,
    sightings: 0, missing_for_notice: [], may_have_left_at: null, priority_reasons: [], outcome: null,
    assignment: { accepted_at: at, expires_at: null, preparation_began_at: null, walk_metres: null, walk_seconds: null, reason: '' },
  };
}
