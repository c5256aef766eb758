/**
 * The reports in their order: where the figures come from (`of`: a route under /reports), `table` (as a file, too), what they
 * say in a sentence, their picture and their rows. A picture is { shape, labels, series: [{ name, values, hollow }], percent }.
 */

import { amount, bandWords, counted, day, hour, minutes, percent } from './words.js';

const MOST_BARS = 12;
const NOTHING = 'No overstay is on record for these days.';

const attendedWords = ({ overstays, attended, share }) => `${counted(attended, 'overstay')} of ${amount(overstays)} attended: ${percent(share)}.`;
const attendedCells = ({ overstays, attended, share }) => [overstays, attended, percent(share)];
const ATTENDED = ['Overstays', 'Attended', 'Share attended'];

function attendedBars(rows, labels, shape = 'bars') {
  const series = [
    { name: 'Attended', values: rows.map(({ attended }) => attended) },
    { name: 'All overstays', values: rows.map(({ overstays }) => overstays), hollow: true },
  ];
  return { shape, labels, series };
}

const codeName = ({ code, suffix }) => (code ? code + suffix : 'No code');
const zoneName = ({ name }) => name ?? 'In no zone';

export const KINDS = [
  {
    table: 'weeks',
    of: 'weeks',
    title: 'Compliance over weeks',
    nothing: 'No stay is on record for these days. Choose other days, or look whether the sensors report.',
    empty: ({ total }) => total.stays === 0,
    says: ({ total, before }) => `${counted(total.overstays, 'stay')} of ${amount(total.stays)} went over their time: ${percent(total.share)}. ${
      before.stays ? `In as many days before it was ${percent(before.share)} of ${amount(before.stays)}.` : 'Nothing is on record for the days before.'}`,
    picture: ({ weeks }) => ({
      shape: 'line',
      labels: weeks.map(({ week, whole }) => day(week) + (whole ? '' : ' *')),
      series: [{ name: 'Overstays per stay', values: weeks.map(({ share }) => share), hollowAt: weeks.map(({ whole }) => !whole) }],
      percent: true,
    }),
    heads: ['Week from', 'Stays', 'Overstays', 'Overstays per stay'],
    rows: ({ weeks }) => weeks.map(({ week, whole, stays, overstays, share }) => [
      day(week) + (whole ? '' : ' (part of it *)'), stays, overstays, percent(share),
    ]),
  },
  {
    table: 'hours',
    of: 'overstays',
    title: 'Overstays by hour of the day',
    nothing: NOTHING,
    empty: ({ total }) => total.overstays === 0,
    says: ({ total, hours }) => `${attendedWords(total)} ${mostWords(hours)}`,
    picture: ({ hours }) => attendedBars(hours, hours.map((each) => String(each.hour).padStart(2, '0')), 'columns'),
    heads: ['Began', ...ATTENDED],
    rows: ({ hours }) => hours.filter(({ overstays }) => overstays > 0).map((each) => [hour(each.hour), ...attendedCells(each)]),
  },
  {
    table: 'waits',
    of: 'waits',
    title: 'Time from overstay to attended',
    nothing: 'No overstay was attended on these days.',
    empty: ({ attended }) => attended === 0,
    says: ({ attended, half, nine_in_ten: nine }) => `Of ${counted(attended, 'attended overstay')} half were attended within ${
      minutes(half)}, nine in ten within ${minutes(nine)}.`,
    picture: ({ bands }) => ({
      shape: 'columns',
      labels: bandWords(bands),
      series: [{ name: 'Attended overstays', values: bands.map(({ overstays }) => overstays) }],
    }),
    heads: ['Time', 'Attended overstays'],
    rows: ({ bands }) => bandWords(bands).map((words, index) => [words, bands[index].overstays]),
  },
  {
    table: 'walks',
    of: 'walks',
    title: 'Wasted walks',
    nothing: 'No officer walked to an overstay on these days.',
    empty: ({ ways }) => ways.every(({ walks }) => walks === 0),
    says: ({ walks, wasted, share }) => `${counted(wasted, 'walk')} of ${amount(walks)} were wasted: ${percent(share)}.`,
    picture: ({ ways }) => ({
      shape: 'bars',
      labels: ways.map(({ words }) => words),
      series: [
        { name: 'Wasted', values: ways.map(({ walks, wasted }) => (wasted ? walks : 0)) },
        { name: 'Not wasted', values: ways.map(({ walks, wasted }) => (wasted ? 0 : walks)), hollow: true },
      ],
    }),
    heads: ['What became of it', 'Wasted', 'Walks'],
    rows: ({ ways }) => ways.map(({ words, wasted, walks }) => [words, wasted ? 'yes' : 'no', walks]),
  },
  {
    table: 'zones',
    of: 'overstays',
    title: 'Overstays by zone',
    nothing: NOTHING,
    empty: ({ total }) => total.overstays === 0,
    says: ({ zones }) => (zones.length > MOST_BARS ? `The picture shows the first ${MOST_BARS} zones, the table all of them.` : ''),
    picture: ({ zones }) => attendedBars(zones.slice(0, MOST_BARS), zones.slice(0, MOST_BARS).map(zoneName)),
    heads: ['Zone', ...ATTENDED],
    rows: ({ zones }) => zones.map((each) => [zoneName(each), ...attendedCells(each)]),
  },
  {
    table: 'codes',
    of: 'overstays',
    title: 'Overstays by code',
    nothing: NOTHING,
    empty: ({ total }) => total.overstays === 0,
    says: ({ codes }) => `Most are code ${codeName(codes[0])}${codes[0].gist ? `: ${codes[0].gist}` : ''}.`,
    picture: ({ codes }) => attendedBars(codes.slice(0, MOST_BARS), codes.slice(0, MOST_BARS).map(codeName)),
    heads: ['Code', 'What it is', ...ATTENDED],
    rows: ({ codes }) => codes.map((each) => [codeName(each), each.gist ?? '', ...attendedCells(each)]),
  },
  {
    table: 'bays',
    of: 'bays',
    title: 'Repeat bays',
    nothing: 'No bay had two overstays or more on these days.',
    empty: ({ bays }) => bays.length === 0,
    says: ({ bays, most }) => (bays.length === most
      ? `These are the ${most} bays with most overstays.` : `${counted(bays.length, 'bay')} had two overstays or more.`),
    spots: ({ bays }) => bays,
    heads: ['Bay', 'Street', ...ATTENDED],
    rows: ({ bays }) => bays.map((each) => [each.reference, each.street, ...attendedCells(each)]),
  },
  {
    table: 'streets',
    of: 'streets',
    title: 'Visits by street',
    nothing: 'No officer arrived anywhere on these days.',
    empty: ({ spread }) => spread.visits === 0,
    says: ({ spread }) => spreadWords(spread),
    picture: ({ streets }) => ({
      shape: 'bars',
      labels: streets.slice(0, MOST_BARS).map(({ street }) => street),
      series: [{ name: 'Visits', values: streets.slice(0, MOST_BARS).map(({ visits }) => visits) }],
    }),
    heads: ['Street', 'Bays', 'Visits'],
    rows: ({ streets }) => streets.map(({ street, bays, visits }) => [street, bays, visits]),
  },
  {
    table: 'workload',
    of: 'workload',
    title: 'Spread of work over officers',
    nothing: 'Fewer than five officers were on shift for an hour or more. Figures would speak of single people, so there are none.',
    empty: ({ officers }) => officers === null,
    says: ({ officers, ranges: [hours, visits] }) => `Of ${officers} officers half were on shift for ${Math.round(hours.middle)} h or less, and `
      + `made ${one(visits.middle)} visits an hour or fewer.`,
    picture: ({ ranges }) => ({
      shape: 'bars',
      labels: ['Least', 'Middle', 'Most'],
      series: [{ name: ranges[1].figure, values: [ranges[1].least, ranges[1].middle, ranges[1].most] }],
    }),
    heads: ['', 'Least', 'Middle', 'Most'],
    rows: ({ ranges }) => ranges.map(({ figure, least, middle, most }) => [figure, one(least), one(middle), one(most)]),
  },
];

/** The routes to ask. */
export const ROUTES = [...new Set(KINDS.map(({ of }) => of))];

function mostWords(hours) {
  const most = hours.reduce((one_, other) => (other.overstays > one_.overstays ? other : one_));
  return `Most began from ${hour(most.hour)}: ${amount(most.overstays)}.`;
}

function spreadWords({ streets, none, top, top_share: share, gini }) {
  const had = top === 1 ? 'The street with most visits' : `The ${top} streets with most visits, a tenth of all,`;
  const rest = none === 0 ? 'Every street had one.' : `${counted(none, 'street')} of ${streets} had none.`;
  return `${had} had ${percent(share)} of them. ${rest} Gini index: ${gini.toFixed(2)}.`;
}

/** "6", "0.25" */
function one(number) {
  return String(Math.round(number * 100) / 100);
}
