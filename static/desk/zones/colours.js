/** The colours that a zone is offered, by name: nobody reads #6a2c91. */

export const COLOURS = [
  ['#005a5b', 'Teal'], ['#6b4200', 'Brown'], ['#0a5c36', 'Green'], ['#44545d', 'Slate'], ['#9c1c1c', 'Red'], ['#1d4f91', 'Blue'], ['#6a2c91', 'Purple'],
];

/** "Teal"; another colour as it is written. */
export function colourWords(colour) {
  return COLOURS.find(([value]) => value === colour.toLowerCase())?.[1] ?? colour;
}
