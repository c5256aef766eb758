/**
 * Words in the language of the page: one catalogue a language, `words/<language>.ftl` (Project Fluent). What a
 * language does not say yet is said in English.
 *
 * A page is loaded with its language in `<html lang>`; by the time a module that imports this one runs, its words
 * are there.
 */

import { FluentBundle, FluentResource } from '/vendor/@fluent/bundle/esm/index.js';

export const ENGLISH = 'en';
const LOCALES = { en: 'en-GB', cy: 'cy-GB' };
const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi'];

let bundles = [];
let resources = {};
let spoken = ENGLISH;

/** Say everything from these catalogues: { language: text }; the first has the word, English helps out. */
export function speak(catalogues) {
  [spoken] = Object.keys(catalogues);
  resources = Object.fromEntries(
    Object.entries(catalogues).map(([name, text]) => [name, new FluentResource(text)]),
  );
  bundles = Object.entries(resources).map(([name, resource]) => bundleOf(name, resource));
}

function bundleOf(name, resource) {
  const bundle = new FluentBundle(localeOf(name), { useIsolating: isRightToLeft(name) });
  const faults = bundle.addResource(resource);
  if (faults.length) throw faults[0];
  return bundle;
}

/** The sentence of this name; `values` are texts and numbers. A name that no catalogue has is a mistake of ours. */
export function say(name, values = {}) {
  for (const bundle of bundles) {
    const pattern = bundle.getMessage(name)?.value;
    if (pattern) return bundle.formatPattern(pattern, values, []);
  }
  throw new RangeError(`No catalogue says “${name}”.`);
}

/** True if some catalogue has a sentence of this name. */
export function canSay(name) {
  return bundles.some((bundle) => bundle.hasMessage(name));
}

/** [name, parts] of each sentence of one language whose name begins so; a part is a text, or a gap {name}. */
export function patterns(name, prefix) {
  const found = resources[name].body.filter(({ id }) => id.startsWith(prefix));
  return found.map(({ id, value }) => [id, typeof value === 'string' ? [value] : value]);
}

/** "en", "cy" */
export function language() {
  return spoken;
}

/** What dates and numbers are written by: "en-GB" */
export function locale() {
  return localeOf(spoken);
}

function localeOf(name) {
  return LOCALES[name] ?? name;
}

function isRightToLeft(name) {
  return RIGHT_TO_LEFT.includes(name);
}

async function load(name) {
  const texts = [...new Set([name, ENGLISH])].map(async (each) => [each, await textOf(each)]);
  const found = (await Promise.all(texts)).filter(([, text]) => text !== null);
  speak(Object.fromEntries(found));
}

/** A catalogue's text; null where there is none, for English helps out. */
async function textOf(name) {
  const response = await fetch(new URL(`words/${name}.ftl`, import.meta.url));
  return response.ok ? response.text() : null;
}

if (globalThis.document) await load(document.documentElement.lang.split('-')[0]);
