/** What a policy says, in the words of who decides on it: [place, label, unit, help]. Bounds come from the server. */

export const NUMBERS = {
  'Grace and time': [
    ['grace_minutes', 'Grace', 'min', 'After a permitted period has ended. In England ten minutes, which have to be exceeded.'],
    ['exceeded_minutes', 'Beyond the grace', 'min', 'A penalty can be lawful from so long after it: with 1, from the eleventh whole minute.'],
    ['time_to_pay_minutes', 'Time to pay', 'min', 'Before a car without a payment is a reason to look.'],
    ['debounce_seconds', 'Settling time of sensors', 's', 'A bay that is free for less is one stay, and a car counts as gone after it.'],
  ],
  Visits: [
    ['first_look_minutes', 'First of two looks', 'min', 'So long before its time is over an officer may be asked to look at a car.'],
    ['look_minutes', 'A look takes', 'min', 'The planner reckons with it.'],
    ['attendance_minutes', 'A visit takes', 'min', 'The planner reckons with it, beside the observation.'],
    ['street_seen_days', 'Each street is seen every', 'days', 'Empty: there is no such floor.'],
  ],
  Offers: [
    ['offer_timeout_seconds', 'An officer has to answer within', 's', 'Then the next one is asked. A missed offer is never held against anyone.'],
    ['offers_before_escalation', 'Officers asked before the supervisor', '', ''],
    ['escalation_batch_seconds', 'What nobody took is told together, every', 's', ''],
  ],
  Safety: [
    ['freeze_radius_m', 'Around an unsafe place', 'm', 'Nobody is sent there until a supervisor releases it.'],
    ['freeze_minutes', 'The supervisor is asked again after', 'min', ''],
    ['shift_overrun_minutes', 'A shift past its end is told after', 'min', ''],
  ],
  'Sensor networks': [
    ['network_quiet_intervals', 'A network is quiet after missing', 'of its usual intervals', 'How long it usually says nothing is learned for each hour of the day.'],
    ['network_quiet_minutes', 'And after at least', 'min', ''],
  ],
  'What counts how much': [
    ['weights/harm', 'Harm: what is blocked', '', 'The first four are shares of one whole.'],
    ['weights/over', 'How long it is over', '', ''],
    ['weights/waiting', 'How long the task has waited', '', ''],
    ['weights/repeats', 'Repeat trouble at the bay', '', ''],
    ['weights/likelihood', 'Less, if it has likely gone', '', '1: in proportion. 0: not at all.'],
    ['weights/early', 'Less, if it is not lawful yet', '', ''],
    ['weights/unchecked', 'Less, if rights were not checked', '', ''],
  ],
  'How long things are kept': [
    ['retention/positions_days', 'Officers’ positions', 'days', 'What is older than its time is erased every night.'],
    ['retention/visits_days', 'Visits without a notice', 'days', 'Plates, notes and photos of them.'],
    ['retention/messages_days', 'Messages to phones', 'days', ''],
    ['retention/sign_ins_days', 'Sign-ins', 'days', ''],
    ['retention/readings_days', 'Sensor readings', 'days', ''],
    ['retention/evidence_years', 'Evidence of cases', 'years', 'A case under legal hold stays longer.'],
    ['retention/journal_years', 'This record of changes', 'years', ''],
  ],
};

export const TEXTS = [
  ['name', 'Name of this policy', ''],
  ['control_room_phone', 'Control room, telephone', 'Whom an officer in need calls where there is no network.'],
  ['control_room_sms', 'Control room, text messages', ''],
];

export const START_RULES = {
  none: 'nothing to observe',
  on_arrival: 'from arrival on',
  after_grace: 'once it is lawful',
};

/** { pointer: words } of all of them, for telling what was changed. */
export const LABELS = new Map([
  ...Object.values(NUMBERS).flat().map(([name, words]) => [name, words]),
  ...TEXTS.map(([name, words]) => [name, words]),
  ['phone_pin', 'A PIN on each officer’s phone'],
  ['equipment', 'What officers look over'],
  ['codes', 'Codes enforced'],
  ['presence_codes', 'Presence codes switched on'],
  ['observations', 'Observation and sightings by code'],
  ['default_observation/minutes', 'Observation of all other codes'],
  ['default_observation/sightings', 'Sightings of all other codes'],
  ['default_observation/start_rule', 'Start of the observation of all other codes'],
]);
