/** Names on a drawn map: along their street, none over another. */

const ROOM = 4; // px kept free around a name

/** Puts names down where there is room for them; first come, first served. */
export class Labels {
  #pen;
  #taken = [];
  #colour;
  #halo;

  constructor(pen, { size, colour, halo }) {
    this.#pen = pen;
    this.#colour = colour;
    this.#halo = halo;
    pen.font = `600 ${size}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    this.size = size;
  }

  /** At a point; turned so that it is never upside down. True if there was room. */
  put(text, { x, y, angle = 0 }) {
    const wide = this.#pen.measureText(text).width;
    const box = boxAround(x, y, angle, wide, this.size);
    if (this.#taken.some((other) => overlap(box, other))) return false;
    this.#taken.push(box);
    this.#write(text, x, y, upright(angle));
    return true;
  }

  /** In the middle of the longest straight piece of a line of [x, y], if it is long enough for the name. */
  along(text, line) {
    const piece = longestPiece(line);
    if (!piece || piece.long < this.#pen.measureText(text).width) return false;
    return this.put(text, piece);
  }

  #write(text, x, y, angle) {
    const pen = this.#pen;
    pen.save();
    pen.translate(x, y);
    pen.rotate(angle);
    pen.strokeStyle = this.#halo;
    pen.lineWidth = 4;
    pen.strokeText(text, 0, 0);
    pen.fillStyle = this.#colour;
    pen.fillText(text, 0, 0);
    pen.restore();
  }
}

/** The same direction, with the letters' feet below. */
export function upright(angle) {
  const turned = Math.atan2(Math.sin(angle), Math.cos(angle));
  return Math.abs(turned) > Math.PI / 2 ? turned - Math.sign(turned) * Math.PI : turned;
}

/** { x, y, angle, long } of the longest piece between two points of a line; null of a point. */
export function longestPiece(line) {
  const pieces = line.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = line[index];
    return { x: (x + fromX) / 2, y: (y + fromY) / 2, angle: Math.atan2(y - fromY, x - fromX), long: Math.hypot(x - fromX, y - fromY) };
  });
  return pieces.reduce((longest, piece) => (longest && longest.long >= piece.long ? longest : piece), null);
}

function boxAround(x, y, angle, wide, high) {
  const [sin, cos] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))];
  const [halfX, halfY] = [(wide * cos + high * sin) / 2 + ROOM, (wide * sin + high * cos) / 2 + ROOM];
  return [x - halfX, y - halfY, x + halfX, y + halfY];
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
