/** A JPEG with nothing in it but the picture: what cameras and browsers tell beside it (EXIF, comments) is left out. */

const [START, SCAN, COMMENT] = [0xd8, 0xda, 0xfe];
const APPLICATION = [0xe0, 0xef];
/** What belongs to the picture: its density, its colours, how they are mixed. */
const HARMLESS = [[0xe0, 'JFIF\0'], [0xe2, 'ICC_PROFILE\0'], [0xee, 'Adobe']];

/** The bytes (ArrayBuffer) without what is told beside the picture. Raises RangeError for what is no JPEG. */
export function bare(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0xff || bytes[1] !== START) throw new RangeError('It is no JPEG.');
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (bytes[at + 1] !== SCAN) {
    const end = endOf(bytes, at);
    if (!tells(bytes, at)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  return new Blob(kept).arrayBuffer();
}

function endOf(bytes, at) {
  const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
  if (bytes[at] !== 0xff || !(end < bytes.length)) throw new RangeError('It is no whole JPEG.');
  return end;
}

function tells(bytes, at) {
  const marker = bytes[at + 1];
  if (marker === COMMENT) return true;
  if (marker < APPLICATION[0] || marker > APPLICATION[1]) return false;
  return !HARMLESS.some(([harmless, name]) => marker === harmless && startsWith(bytes, at + 4, name));
}

function startsWith(bytes, at, name) {
  return [...name].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
}
