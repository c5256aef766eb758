/** The way there in another app: the one that this phone has for it. */

/** A link that opens a place in the phone's own maps. */
export function wayLink({ lon, lat }, agent = navigator.userAgent) {
  const place = `${lat.toFixed(6)},${lon.toFixed(6)}`;
  if (/iPhone|iPad|Macintosh/.test(agent)) return `https://maps.apple.com/?daddr=${place}&dirflg=w`;
  if (/Android/.test(agent)) return `geo:${place}?q=${place}`;
  return `https://www.openstreetmap.org/?mlat=${lat.toFixed(6)}&mlon=${lon.toFixed(6)}#map=18/${lat.toFixed(6)}/${lon.toFixed(6)}`;
}
