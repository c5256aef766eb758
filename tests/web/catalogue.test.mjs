import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { FluentBundle, FluentResource } from '/vendor/@fluent/bundle/esm/index.js';
import { recognise, said, saidEach } from '../../static/shared/said.js';
import { canSay, language, say, speak } from '../../static/shared/say.js';
import { countdown, list, span, when } from '../../static/shared/words.js';
import { catalogue } from './setup.mjs';

const STATIC = new URL('../../static/', import.meta.url);
const LONDON = 'Europe/London';

afterEach(() => speak({ en: catalogue('en') }));

test('every sentence that a page asks for by name stands in the English catalogue', () => {
  const pages = readdirSync(STATIC, { recursive: true }).filter((path) => /\.(js|html)$/.test(path));
  const asked = pages.flatMap((path) => {
    const source = readFileSync(new URL(path, STATIC), 'utf8');
    return [...source.matchAll(/\bsay\('([\w-]+)'|data-say="([\w-]+)"/g)].map((match) => match[1] ?? match[2]);
  });
  assert.ok(asked.length > 50);
  assert.deepEqual(asked.filter((name) => !canSay(name)), []);
});

test('every sentence of every catalogue can be said, with any number or text in its gaps', () => {
  const languages = readdirSync(new URL('shared/words/', STATIC)).map((file) => file.replace('.ftl', ''));
  assert.ok(languages.includes('cy'));
  const values = [0, 1, 2, 3, 6, 11, 'Judd Street'];
  assert.deepEqual(languages.flatMap((name) => values.flatMap((value) => faultsOf(name, value))), []);
});

function faultsOf(name, value) {
  const text = catalogue(name);
  const bundle = new FluentBundle(`${name}-GB`);
  const faults = bundle.addResource(new FluentResource(text));
  const values = Object.fromEntries([...text.matchAll(/\{ \$([\w-]+)/g)].map(([, gap]) => [gap, value]));
  for (const [id] of text.matchAll(/^[\w-]+(?= =)/gm)) {
    const said = bundle.formatPattern(bundle.getMessage(id).value, values, faults);
    if (!said.trim()) faults.push(`${name}: ${id} says nothing`);
  }
  return faults;
}

test('a name that no catalogue has is a mistake that is noticed', () => {
  assert.throws(() => say('no-such-sentence'), RangeError);
});

test('in Welsh the page speaks Welsh, and English where a sentence is not translated yet', () => {
  speak({ cy: 'tab-task = Tasg\nspan-minutes = { $minutes } mun', en: catalogue('en') });
  assert.equal(language(), 'cy');
  assert.equal(say('tab-task'), 'Tasg');
  assert.equal(say('tab-map'), 'Map');
  assert.equal(span(47 * 60_000), '47 mun');
});

test('the server’s sentences are said in the language of the page, those inside them too', () => {
  speak({ cy: catalogue('cy'), en: catalogue('en') });
  assert.equal(said('Over a 2 h limit'), 'Dros derfyn o 2 awr');
  assert.deepEqual(saidEach('second nearest of four; likely still there'), [
    'ail agosaf o blith pedwar', 'yn debygol o fod yno o hyd',
  ]);
  assert.equal(said('3 more sightings are needed.'), 'Mae angen 3 golwg arall.');
  assert.equal(said('One more sighting is needed.'), 'Mae angen un olwg arall.');
  assert.equal(said('Watch the corner by the bakery'), 'Watch the corner by the bakery');
});

test('a sentence of the server is recognised with what stands in its gaps', () => {
  assert.deepEqual(recognise('covered by a payment until 14:20 (PayCo)'), {
    name: 'said-rights-covered-by', values: { covered: 'covered by a payment until 14:20', provider: 'PayCo' },
  });
  assert.equal(recognise('something else'), null);
});

test('dates and lists follow the language, times stay as they are', () => {
  speak({ cy: catalogue('cy'), en: catalogue('en') });
  const noon = '2026-01-12T12:00:00Z';
  assert.equal(when('2026-01-11T16:40:00Z', Date.parse(noon), LONDON), 'ddoe 16:40');
  assert.match(when('2026-01-09T16:40:00Z', Date.parse(noon), LONDON), /Gwe.* 9 Ion.* 16:40/);
  assert.match(list(['A', 'B']), /^A a.* B$/);
  assert.equal(countdown(200_000), '3:20');
});

test('a language that is written from right to left keeps its gaps apart', () => {
  speak({ ar: 'period = { $from } – { $to }', en: catalogue('en') });
  assert.equal(say('period', { from: '08:00', to: '16:00' }), '\u206808:00\u2069 – \u206816:00\u2069');
});
