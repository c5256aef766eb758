/** Entries of the journal in sentences, whatever they are about; those of a task as its story tells them. */

import { now, zone } from '../../shared/clock.js';
import { capital, plain } from '../../shared/task-words.js';
import { date, when } from '../../shared/words.js';
import { SCOPES } from './key-words.js';
import { sentence } from './story-words.js';

/** Subjects of the journal that people look for, in their words. */
export const SUBJECTS = {
  authority: 'The council and its policy',
  person: 'People',
  key: 'Keys',
  zone: 'Zones',
  bay: 'Bays',
  restriction: 'Restrictions',
  suspension: 'Suspensions',
  'event-day': 'Event days',
  sensor: 'Sensors',
  patrol: 'Standing patrols',
  'briefing-note': 'Briefing items',
  shift: 'Shifts',
  task: 'Tasks',
  alert: 'Alarms',
  freeze: 'Unsafe places',
  hold: 'Legal holds',
  evidence: 'Evidence packs',
  provider: 'Permit and payment systems',
  phone: 'Lost phones',
  record: 'Records left with supervisors',
};

const SENTENCES = {
  'authority.changed': ({ changed = [], policy = {} }) => (Object.keys(policy).length ? `Changed the policy: ${policyWords(policy)}` : `Changed ${changed.map(plain).join(', ')}`),
  'authority.streets': ({ streets }) => `Imported streets: ${streets}`,
  'authority.forgot': () => 'What was older than its time was erased',
  'authority.restricted': ({ bays }) => `Changed what many bays allow${bays ? `: ${bays}` : ''}`,
  'authority.learned': () => 'How long cars stay was learned anew',
  'authority.plate-given': () => 'Gave out what is held about a plate',
  'person.created': ({ role }) => `Added an account${role ? `: ${role}` : ''}`,
  'person.changed': ({ role, disabled }) => `Changed an account${role ? `: ${role}` : ''}${disabled ? ', closed' : ''}`,
  'person.reset-link': () => 'Made a link to choose a password',
  'person.password': () => 'Chose a password',
  'person.signed-in': () => 'Signed in',
  'person.signed-out': ({ lost }) => (lost ? 'Signed a lost phone out' : 'Ended a sign-in'),
  'person.data-given': () => 'Gave out what is held about a person',
  'person.vault': () => 'Opened what is sealed on a phone',
  'phone.found': () => 'A lost phone was found',
  'key.created': ({ scopes = [] }) => `Made a key: ${scopes.map((scope) => SCOPES[scope] ?? scope).join('; ')}`,
  'key.revoked': () => 'Revoked a key',
  'zone.created': () => 'Drew a zone',
  'zone.redrawn': ({ version }) => `Changed a zone${version ? `: version ${version}` : ''}`,
  'zone.retired': () => 'Removed a zone',
  'zone.restored': () => 'Brought a zone back',
  'bay.created': () => 'Added a bay',
  'bay.changed': ({ paused }) => (paused ? 'Changed a bay: it is paused' : 'Changed a bay'),
  'bay.retired': () => 'Removed a bay',
  'bay.restored': () => 'Put a bay back on the street',
  'bay.doubted': () => 'An officer found the bay empty: its sensor is doubted',
  'bay.paused': () => 'Paused a bay: signs or lines are defective',
  'bay.restriction': ({ valid_from: from }) => `Changed what a bay allows${from && !from.startsWith('1970') ? `, from ${at(from)}` : ''}`,
  'bay.unknown': () => 'Its sensor fell silent',
  'bay.known': () => 'Its sensor is heard again',
  'restriction.created': ({ hours, permitted_minutes: minutes, code }) => `Added a restriction: ${minutes} min, ${hours}, code ${code}`,
  'suspension.created': ({ starts_at: from, ends_at: to }) => `Suspended a bay from ${at(from)} to ${at(to)}`,
  'suspension.changed': ({ sign_up_at: up }) => `Changed a suspension${up ? `: its sign went up ${at(up)}` : ''}`,
  'suspension.photo': () => 'Added the photo of the sign',
  'suspension.cancelled': () => 'Took a suspension back',
  'event-day.added': ({ name, day }) => `Added an event day: ${name}, ${dayWords(day)}`,
  'event-day.dropped': ({ name }) => `Removed an event day: ${name}`,
  'sensor.created': () => 'Added a sensor',
  'sensor.mapped': ({ bay_id: bay }) => (bay ? 'Put a sensor into a bay' : 'Took a sensor out of its bay'),
  'sensor.changed': (facts) => `Changed a sensor: ${Object.keys(facts).map(plain).join(', ')}`,
  'patrol.created': () => 'Set up a standing patrol',
  'patrol.changed': ({ paused }) => (paused ? 'Paused a standing patrol' : 'Changed a standing patrol'),
  'patrol.paused': () => 'Paused a standing patrol',
  'patrol.moved': () => 'A standing patrol follows its bay',
  'patrol.retired': () => 'Ended a standing patrol',
  'patrol.restored': () => 'Asked for a standing patrol again',
  'patrol.not-reached': () => 'Nobody was at a standing patrol',
  'briefing-note.added': ({ hazard }) => (hazard ? 'Added a hazard to the briefing' : 'Added a briefing item'),
  'briefing-note.changed': () => 'Changed the days of a briefing item',
  'briefing-note.retired': () => 'Put a briefing item away',
  'shift.zones': () => 'Planned a shift, or changed its zones',
  'shift.moved': ({ planned_from: from, planned_to: to }) => `Moved a shift: ${at(from)} to ${at(to)}`,
  'shift.available': ({ before }) => (before === 'planned' ? 'Started a shift' : 'Was available again'),
  'shift.ended': () => 'Ended a shift',
  'shift.signed': () => 'Signed the daily log',
  'shift.briefed': () => 'Read the briefing',
  'shift.check-ins': ({ minutes }) => (minutes ? `Asked for a sign of life every ${minutes} min` : 'Asked for no more signs of life'),
  'work.resumed': ({ stood_seconds: stood }) => `Background work goes on, after ${Math.round(stood / 60)} min without any`,
  'alert.raised': ({ alert }) => `Alarm: ${plain(alert ?? '')}`,
  'alert.moved': ({ alert }) => `A new place for an alarm: ${plain(alert ?? '')}`,
  'alert.taken-back': () => 'Took a call for help back',
  'alert.acknowledged': ({ alert }) => `Is on an alarm: ${plain(alert ?? '')}`,
  'alert.resolved': ({ alert }) => `Dealt with an alarm: ${plain(alert ?? '')}`,
  'freeze.began': () => 'A place was found unsafe: nobody is sent there',
  'freeze.released': () => 'Released an unsafe place',
  'freeze.extended': ({ asks_at: asks }) => `Kept an unsafe place closed, until asked again at ${at(asks)}`,
  'message.sent': () => 'Wrote to an officer',
  'message.read': () => 'Read a message of the desk',
  'notification.received': () => 'A message was shown on a phone',
  'device.rested': () => 'A phone’s messages were stopped',
  'photo.received': () => 'A photo came',
  'record.kept': () => 'Kept apart what a phone sent too late',
  'record.taken': () => 'Took in what was kept apart',
  'assignment.answered': () => 'Answered an offer',
  'assignment.ended': () => 'An offer ended',
  'plan.nearest-first': () => 'The planner was late: the nearest officers were asked',
  'stay.rights-checked': () => 'Permits and payments were asked about',
  'hold.placed': () => 'Put a case under legal hold',
  'hold.lifted': () => 'Lifted a legal hold',
  'evidence.made': () => 'Made an evidence pack',
  'record.kept': ({ record }) => `Left with the supervisors: ${plain(record ?? 'record')}`,
  'record.taken': ({ record }) => `Sent again, and taken: ${plain(record ?? 'record')}`,
  'record.put-away': ({ record }) => `Dealt with what was left with them: ${plain(record ?? 'record')}`,
  'record.taken-up': ({ record }) => `Took up again what was left with them: ${plain(record ?? 'record')}`,
  'provider.added': () => 'Added a permit or payment system',
  'provider.changed': ({ changed = [] }) => `Changed a permit or payment system: ${changed.map(plain).join(', ')}`,
  'provider.retired': () => 'Removed a permit or payment system',
  'provider.listed': ({ rows }) => `Imported a list of permits: ${rows} rows`,
  'provider.failing': () => 'It does not answer',
  'provider.back': () => 'It answers again',
};

/** What was done, as a sentence. `outcomes`: words by outcome. */
export function auditWords(entry, { outcomes }) {
  const facts = entry.facts ?? {};
  const words = entry.subject === 'task'
    ? sentence(entry, { names: new Map([[entry.officer_id, entry.officer]]), outcomes })
    : (SENTENCES[entry.kind]?.(facts) ?? capital(plain(entry.kind)));
  return facts.radio ? `${words} (by radio)` : words;
}

/** Who did it. */
export function whoWords({ who, actor, officer }) {
  if (who) return who;
  if (actor === 'command') return 'Command line';
  if (actor) return 'Somebody who was forgotten';
  return officer ?? 'The system';
}

/** What or whom it was about, by name. */
export function aboutWords({ about, subject, officer, who }) {
  if (about) return about;
  return officer && officer !== who ? officer : (SUBJECTS[subject] ?? capital(plain(subject)));
}

/** "grace minutes 10 → 12; codes …" of { "/grace_minutes": [10, 12] }. */
function policyWords(changes) {
  return Object.entries(changes).map(([pointer, [before, after]]) => `${plain(pointer.slice(1).replaceAll('/', ', '))} ${value(before)} → ${value(after)}`).join('; ');
}

function value(said) {
  if (said === null || said === undefined) return 'none';
  return typeof said === 'object' ? JSON.stringify(said) : String(said);
}

function dayWords(day) {
  return date(`${day}T12:00:00Z`, now(), zone());
}

function at(time) {
  return time ? when(time, now(), zone()) : 'now';
}
