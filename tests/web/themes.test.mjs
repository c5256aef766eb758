import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nightAt, sunTimes } from '../../static/patrol/sun.js';

const CSS = readFileSync(new URL('../../static/shared/tokens.css', import.meta.url), 'utf8');

/** The colours that a block of tokens.css gives: { paper: [r, g, b] } */
function block(selector) {
  const start = CSS.indexOf(`${selector} {`);
  assert.notEqual(start, -1, selector);
  const text = CSS.slice(start, CSS.indexOf('}', start));
  return Object.fromEntries([...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
}

const light = block(':root');
const dark = { ...light, ...block(':root[data-theme="dark"]') };
const THEMES = {
  light,
  dark,
  'light, high contrast': { ...light, ...block(':root[data-contrast="more"]') },
  'dark, high contrast': { ...dark, ...block(':root[data-contrast="more"]'), ...block(':root[data-theme="dark"][data-contrast="more"]') },
};
/** [text, what it stands on] */
const PAIRS = ['ink', 'muted', 'link', 'now', 'soon', 'fine'].flatMap((text) => [[text, 'paper'], [text, 'mist']])
  .concat([['on-kerb', 'kerb'], ['soon', 'on-soon'], ['paper', 'now'], ['paper', 'ink']]);

/** Source: WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

test('the reckoning of contrast is that of the standard', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

for (const [name, colours] of Object.entries(THEMES)) {
  test(`every text of the ${name} theme reaches 7:1, and every edge 3:1`, () => {
    for (const [text, ground] of PAIRS) {
      const found = contrast(colours[text], colours[ground]);
      assert.ok(found >= 7, `${text} on ${ground}: ${found.toFixed(2)}`);
    }
    for (const ground of ['paper', 'mist']) assert.ok(contrast(colours.edge, colours[ground]) >= 3, `edge on ${ground}`);
  });
}

test('dark by the device and dark by choice are the same', () => {
  assert.deepEqual(block(':root:not([data-theme])'), block(':root[data-theme="dark"]'));
});

test('the sun over London, by the almanac', () => {
  const london = { lat: 51.5, lon: -0.13 };
  const minutesFrom = (time, told) => Math.abs(time - Date.parse(told)) / 60_000;
  const june = sunTimes(new Date('2026-06-21T12:00Z'), london);
  assert.ok(minutesFrom(june.rise, '2026-06-21T03:43Z') < 4);
  assert.ok(minutesFrom(june.set, '2026-06-21T20:21Z') < 4);
  const december = sunTimes(new Date('2026-12-21T12:00Z'), london);
  assert.ok(minutesFrom(december.rise, '2026-12-21T08:04Z') < 4);
  assert.ok(minutesFrom(december.set, '2026-12-21T15:53Z') < 4);
});

test('where the sun does not set there is no night to go by', () => {
  assert.equal(nightAt(new Date('2026-06-21T12:00Z'), { lat: 70, lon: 25 }), null);
});
