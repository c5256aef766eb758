/** When the sun sets and rises, to a few minutes: enough to choose between a light page and a dark one. */

const RADIANS = Math.PI / 180;
const DAY = 86_400_000;
const J2000 = Date.UTC(2000, 0, 1, 12);
const HORIZON = -0.833 * RADIANS; // the sun's upper edge, refraction included

/**
 * { rise, set } of the day around noon of `date`, in milliseconds; null where the sun does not cross the horizon.
 * Source: the "sunrise equation", as in the Astronomical Almanac's low-precision formulas.
 */
export function sunTimes(date, { lat, lon }) {
  const days = Math.round((date.getTime() - J2000) / DAY + lon / 360);
  const noon = days - lon / 360;
  const anomaly = ((357.5291 + 0.98560028 * noon) % 360) * RADIANS;
  const centre = 1.9148 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly) + 0.0003 * Math.sin(3 * anomaly);
  const longitude = anomaly + (centre + 180 + 102.9372) * RADIANS;
  const transit = noon + 0.0053 * Math.sin(anomaly) - 0.0069 * Math.sin(2 * longitude);
  const declination = Math.asin(Math.sin(longitude) * Math.sin(23.44 * RADIANS));
  const part = (Math.sin(HORIZON) - Math.sin(lat * RADIANS) * Math.sin(declination))
    / (Math.cos(lat * RADIANS) * Math.cos(declination));
  if (Math.abs(part) > 1) return null;
  const half = Math.acos(part) / RADIANS / 360;
  return { rise: J2000 + (transit - half) * DAY, set: J2000 + (transit + half) * DAY };
}

/** From sunset to sunrise in minutes of the phone's day, { from, to }; null where there is no such thing. */
export function nightAt(date, place) {
  const sun = sunTimes(date, place);
  return sun && { from: minuteOf(sun.set), to: minuteOf(sun.rise) };
}

function minuteOf(milliseconds) {
  const time = new Date(milliseconds);
  return time.getHours() * 60 + time.getMinutes();
}
