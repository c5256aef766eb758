/**
 * The geometry of what is drawn. A ring is a list of corners [lon, lat] without the closing one; the first ring of a
 * zone is its outline, others are holes. Lengths in metres, on a plane around the place: zones are towns, not countries.
 */

const DEGREE_M = 111_195;
const PLACES = 7; // decimals of a degree
const MOST_CROSSINGS = 20; // nobody needs all of them to see that something is wrong

/** GeoJSON's Polygon as rings, and back. */
export function ringsOf({ coordinates }) {
  return coordinates.map((ring) => ring.slice(0, -1).map(([lon, lat]) => [lon, lat]));
}

export function polygonOf(rings) {
  return { type: 'Polygon', coordinates: rings.map((ring) => [...ring, ring[0]]) };
}

export const moved = (rings, { ring, at }, point) => change(rings, ring, (corners) => corners.with(at, point));
export const removed = (rings, { ring, at }) => change(rings, ring, (corners) => corners.toSpliced(at, 1));

/** One more corner after this one, halfway to the next unless a point is given. */
export function inserted(rings, { ring, at }, point = null) {
  return change(rings, ring, (corners) => corners.toSpliced(at + 1, 0, point ?? halfway(corners[at], corners[(at + 1) % corners.length])));
}

export function halfway([lon, lat], [otherLon, otherLat]) {
  return rounded([(lon + otherLon) / 2, (lat + otherLat) / 2]);
}

/** To a centimetre. */
export function rounded(point) {
  return point.map((degrees) => Number(degrees.toFixed(PLACES)));
}

/** So many metres to the east and to the north. */
export function shifted([lon, lat], east, north) {
  return rounded([lon + east / (DEGREE_M * cosine(lat)), lat + north / DEGREE_M]);
}

function change(rings, ring, run) {
  return rings.with(ring, run(rings[ring]));
}

export function countOf(rings) {
  return rings.reduce((sum, ring) => sum + ring.length, 0);
}

/** In square metres, without the holes. */
export function areaOf(rings) {
  const [outline = [], ...holes] = rings.map(areaOfRing);
  return holes.reduce((left, hole) => left - hole, outline.length === 0 ? 0 : outline);
}

function areaOfRing(ring) {
  if (ring.length < 3) return 0;
  const { west, south, north } = boxOf([ring]);
  const plane = planeAround([west, (south + north) / 2]);
  const points = ring.map(plane);
  return Math.abs(points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length];
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;
}

/** Places become [metres east, metres north] of this one. */
export function planeAround([lon, lat]) {
  const east = DEGREE_M * cosine(lat);
  return ([x, y]) => [(x - lon) * east, (y - lat) * DEGREE_M];
}

function cosine(lat) {
  return Math.cos((lat * Math.PI) / 180);
}

/** { west, south, east, north } around rings. */
export function boxOf(rings) {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of rings.flat()) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

/** Does it lie within? On an edge counts as inside, also on that of a hole. */
export function isInside(rings, [lon, lat]) {
  let inside = false;
  for (const ring of rings) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [[x, y], [lastX, lastY]] = [ring[at], ring[before]];
      if (isOn([lon, lat], [lastX, lastY], [x, y])) return true;
      if (y > lat !== lastY > lat && lon < x + ((lat - y) * (lastX - x)) / (lastY - y)) inside = !inside;
    }
  }
  return inside;
}

function isOn([lon, lat], [x, y], [otherX, otherY]) {
  if (turn([x, y], [otherX, otherY], [lon, lat]) !== 0) return false;
  return between(lon, x, otherX) && between(lat, y, otherY);
}

function between(value, one, other) {
  return value >= Math.min(one, other) && value <= Math.max(one, other);
}

/** Above 0 where the way from one by the other to the third turns left, 0 where it goes straight on. */
function turn([x, y], [otherX, otherY], [thirdX, thirdY]) {
  return (otherX - x) * (thirdY - y) - (otherY - y) * (thirdX - x);
}

/**
 * Where edges that are no neighbours meet: [{ edges: [{ring, at}, {ring, at}], point }], some of them at most. An edge
 * has the name of the corner that it begins at.
 */
export function crossingsOf(rings, most = MOST_CROSSINGS) {
  const edges = rings.flatMap((corners, ring) => corners.map((from, at) => edgeOf(from, corners[(at + 1) % corners.length], { ring, at }, corners.length)));
  edges.sort((one, other) => one.west - other.west);
  const found = [];
  for (let first = 0; first < edges.length && found.length < most; first += 1) {
    for (let next = first + 1; next < edges.length && edges[next].west <= edges[first].east; next += 1) {
      if (areNeighbours(edges[first], edges[next])) continue;
      const point = meeting(edges[first], edges[next]);
      if (point) found.push({ edges: [edges[first].name, edges[next].name].sort(byPlace), point });
    }
  }
  return found.slice(0, most);
}

function edgeOf(from, to, name, many) {
  return { from, to, name, many, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) };
}

function byPlace(one, other) {
  return one.ring - other.ring || one.at - other.at;
}

/** They share a corner; then they may only lie upon each other. */
function areNeighbours(one, other) {
  if (one.name.ring !== other.name.ring) return false;
  const apart = Math.abs(one.name.at - other.name.at);
  return apart === 1 || apart === one.many - 1;
}

/** The point in which two edges meet; null if they do not. */
export function meeting({ from, to }, { from: otherFrom, to: otherTo }) {
  const [a, b] = [turn(from, to, otherFrom), turn(from, to, otherTo)];
  const [c, d] = [turn(otherFrom, otherTo, from), turn(otherFrom, otherTo, to)];
  if (Math.sign(a) !== Math.sign(b) && Math.sign(c) !== Math.sign(d) && a !== b) {
    const share = a / (a - b);
    return [otherFrom[0] + share * (otherTo[0] - otherFrom[0]), otherFrom[1] + share * (otherTo[1] - otherFrom[1])];
  }
  if (a || b || c || d) return null;
  return [otherFrom, otherTo, from, to].find((point, index) => (index < 2 ? isOn(point, from, to) : isOn(point, otherFrom, otherTo))) ?? null;
}
