/** What a phone sent in vain, in words: what it is, why it was not taken, what to do. */

const KINDS = {
  found: 'A car that an officer found', sighting: 'A look at a car', misread: 'A look marked as misread', addendum: 'Something added to a look',
  preparation: 'The beginning of a notice', outcome: 'How a visit ended',
};
const WHY = {
  'stale-task': 'The task had changed before it came.',
  'not-now': 'The task was not at that step any more.',
  'not-found': 'Its task or place was not there any more.',
  invalid: 'Something in it could not be right.',
  conflict: 'It clashed with what was there.',
};
const WHAT_TO_DO = {
  found: 'Ask the officer whether the car still needs somebody, and raise a task by hand if it does.',
  sighting: 'Compare it with the case. If a notice rests on it, hold the case and put this to its file.',
  misread: 'Ask the officer which look they meant, and note it in the case’s file.',
  addendum: 'Read it beside the case; put it to the case’s file if a notice was served.',
  preparation: 'The law may turn on this time: put it to the case’s file if the car drove away.',
  outcome: 'Compare it with how the task ended. A notice number in it means that a paper notice is on a car: tell the back office.',
};
const NAMES = {
  plate: 'Plate', valve_front: 'Front valve', valve_rear: 'Rear valve', note: 'Note', text: 'Words', outcome: 'Outcome', code: 'Code', notice_number: 'Notice number', minutes: 'Minutes',
  which: 'Right seen', reference: 'Reference', preparation_began_at: 'Notice begun', street: 'Street', where: 'Where', reason: 'Reason',
};
const TIMES = ['preparation_began_at'];
const AS_WRITTEN = ['plate', 'note', 'text', 'notice_number', 'reference', 'street', 'where', 'code'];

export function kindWords(kind) {
  return KINDS[kind] ?? 'A record';
}

export function whyWords(why) {
  return WHY[why] ?? 'It could not be taken.';
}

export function todoWords(kind) {
  return WHAT_TO_DO[kind] ?? 'Ask the officer.';
}

/** "Dealt with by Sunita, 11:20" */
export function putAwayWords(name, at) {
  return `Dealt with by ${name ?? 'somebody who was forgotten'}, ${at}`;
}

/** "Left with you (3)" */
export function waitingWords(number) {
  return number ? `Left with you (${number})` : 'Left with you';
}

/** [name, value] of what a person reads in it: no ids, no places, no hashes. */
export function saidWords(said, { when, words }) {
  const flat = { ...said, ...said.details, ...said.place };
  const facts = Object.entries(flat).filter(([name, value]) => name in NAMES && value !== null && value !== '');
  const photos = said.photos?.length ?? 0;
  return [
    ...facts.map(([name, value]) => [NAMES[name], valueOf(name, value, { when, words })]),
    ...(photos ? [['Photos', String(photos)]] : []),
  ];
}

function valueOf(name, value, { when, words }) {
  if (TIMES.includes(name)) return when(value);
  return AS_WRITTEN.includes(name) ? String(value) : words(value);
}
