"""Points on a local plane, for things that stand along streets and people who walk them."""

from dataclasses import dataclass
from math import cos, radians

from ..domain.fences import degree_metres, metres


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS 84."""

    lon: float
    lat: float

    def metres_to(self, other: "Point") -> float:
        return metres(lon1=self.lon, lat1=self.lat, lon2=other.lon, lat2=other.lat)

    def moved(self, *, east_m: float, north_m: float) -> "Point":
        per_lon, per_lat = degree_metres(cos(radians(self.lat)))
        return Point(self.lon + east_m / per_lon, self.lat + north_m / per_lat)

    def part_way(self, other: "Point", share: float) -> "Point":
        """The point at this share, 0 to 1, of the straight line to another."""
        return Point(self.lon + (other.lon - self.lon) * share, self.lat + (other.lat - self.lat) * share)

    def towards(self, other: "Point", walked_m: float) -> "Point":
        """Where one is after so many metres straight to another point, and no farther than there."""
        distance = self.metres_to(other)
        return other if distance <= walked_m else self.part_way(other, walked_m / distance)
