/**
 * Number plates as the server reads them (`enforcement/domain/sightings.py`; a test holds the two together), and
 * help for whoever types one. Nothing here refuses a plate: foreign and odd ones are as good.
 */

const SEPARATORS = /[\s.·\-–—]+/gu;
const ACCENTS = /[\u0300-\u036f]/gu;
const PLATE = /^[A-Z0-9]{2,10}$/;
const BRITISH = [
  /^([A-Z]{2}\d{2})([A-Z]{3})$/, // since 2001
  /^([A-Z]\d{1,3})([A-Z]{3})$/, // 1983 to 2001, and Q
  /^([A-Z]{3})(\d{1,3}[A-Z])$/, // 1963 to 1983
  /^([A-Z]{1,3})(\d{1,4})$/, // before, and Northern Ireland
  /^(\d{1,4})([A-Z]{1,3})$/,
  /^(\d{3})([DX]\d{3})$/, // diplomatic
];

/** Two signs that the eye takes for each other, and the hand that types them. */
const MISREAD = { 0: 'O', O: '0', 1: 'I', I: '1', 5: 'S', S: '5', 8: 'B', B: '8', 2: 'Z', Z: '2' };
const MOST_OFFERED = 2;

/** Upper case, no separators, no accents: A-Z and 0-9, 2 to 10 of them; null for what is no plate. */
export function normalPlate(text) {
  const plate = text.replace(SEPARATORS, '').normalize('NFKD').replace(ACCENTS, '').toUpperCase();
  return PLATE.test(plate) ? plate : null;
}

/** Of a normal plate. A hint for the officer who may have misread it. */
export function looksBritish(plate) {
  return BRITISH.some((form) => form.test(plate));
}

/** "AB12 CDE": a normal plate as it stands on the car; one that is not British as it is. */
export function spaced(plate) {
  const form = BRITISH.find((each) => each.test(plate));
  return form ? plate.replace(form, '$1 $2') : plate;
}

/** Plates that look like this one and are British, the likeliest (fewest signs changed) first. */
export function misreadings(plate) {
  if (looksBritish(plate)) return [];
  const near = [...readAnew([plate])];
  const found = near.filter(looksBritish);
  const further = found.length ? [] : [...readAnew(near)].filter(looksBritish);
  return [...new Set([...found, ...further])].slice(0, MOST_OFFERED);
}

function* readAnew(plates) {
  for (const plate of plates) {
    for (const [at, sign] of [...plate].entries()) {
      if (sign in MISREAD) yield plate.slice(0, at) + MISREAD[sign] + plate.slice(at + 1);
    }
  }
}

/**
 * What was typed, as it is shown while typing goes on: upper case, and spaced once it is a whole plate of today's
 * form; and where the caret belongs, behind as many signs as before.
 */
export function written(text, caret) {
  const plate = normalPlate(text);
  const value = plate && BRITISH[0].test(plate) ? spaced(plate) : text.toUpperCase();
  return { value, caret: value === text ? caret : placeAfter(value, signsIn(text.slice(0, caret).toUpperCase())) };
}

function signsIn(text) {
  return text.replace(SEPARATORS, '').length;
}

function placeAfter(value, signs) {
  let place = 0;
  for (let met = 0; place < value.length && met < signs; place += 1) met += signsIn(value[place]);
  return place;
}
