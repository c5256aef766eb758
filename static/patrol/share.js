/** Handing a file on to another app of the phone. */

/** `shared`; `closed`, by the officer; `failed`, where the phone would not, such as when the tap was too long ago. */
export async function share(file) {
  try {
    await navigator.share({ files: [file] });
    return 'shared';
  } catch (error) {
    return error.name === 'AbortError' ? 'closed' : 'failed';
  }
}
