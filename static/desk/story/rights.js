/** What was known of permits and payments: who said what, of what, and when they were asked. */

const STATUS = { covered: 'covered', none: 'nothing is known there', unknown: 'could not say' };
const SHAPES = { covered: 'done', none: 'free', unknown: 'unknown' };
const TYPES = {
  oneTimeUseParking: 'a payment', permitParking: 'a permit', accessPermission: 'a dispensation',
  loadingUnloading: 'a loading permit', setdownPickup: 'a permit to set down', waiting: 'a waiting permit',
};

/** Lines, in the order in which answers came; first what they come to. `on(time)`: a time in words. */
export function rightsLines({ task, rights }, on) {
  const asOf = task.rights_checked_at ? `As of ${on(task.rights_checked_at)}` : '';
  return [
    { key: 'now', shape: SHAPES[task.rights_status] ?? 'unknown', at: asOf, words: `So far as is known: ${task.rights}`, details: [] },
    ...rights.map((answer) => ({
      key: answer.id,
      shape: SHAPES[answer.status] ?? 'unknown',
      at: on(answer.checked_at),
      words: `${answer.provider}, asked about ${answer.about === 'plate' ? 'the plate that was seen' : 'the bay'}: ${saidWords(answer)}`,
      details: [validWords(answer, on), answer.reason && `Why: it ${answer.reason}`].filter(Boolean),
    })),
  ];
}

function saidWords({ status, right_type: type }) {
  return status === 'covered' && type ? `${STATUS.covered} by ${TYPES[type] ?? 'a right'}` : (STATUS[status] ?? status);
}

function validWords({ valid_from: from, valid_to: to }, on) {
  if (!from && !to) return null;
  return `It holds ${[from && `from ${on(from)}`, to && `until ${on(to)}`].filter(Boolean).join(' ')}.`;
}
