"""A demo borough that does not exist: Camford, a dozen streets with some 240 bays, made from a seed.

Its limited-waiting bays are controlled around the clock, which no council would do: a demo may be
started at night or on a Sunday, and something should happen then too. A few drop-off bays allow five
minutes only, so that the first tasks come soon.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from io import StringIO
from math import cos, radians, sin
from random import Random
from typing import Any

from shapely import intersects_xy
from shapely.geometry import shape

from .points import Point

SLUG, NAME = "camford", "Camford"
TIME_ZONE, COUNTRY, SUBDIVISION = "Europe/London", "GB", "ENG"

CENTRE = Point(lon=-0.128, lat=51.527)
TURNED = radians(-24)  # the street grid against north
ALONG = ("Tanner Street", "Orchard Row", "Market Street", "Quill Street", "Lantern Row", "Ropewalk")
ACROSS = ("Mill Lane", "Heron Street", "Assembly Road", "Foundry Street", "Juniper Street", "Wharf Road")
ALONG_APART_M, ACROSS_APART_M = 84.0, 102.0
BAYS_IN_STREET = 20
BAY_M = 6.2  # a bay's length along the kerb
KERB_M = 4.2  # from the middle of the street
CORNER_M = 14.0  # kept clear at a crossing
BEYOND_M = 60.0  # how far a street goes on after its last crossing
ZONES = (("Camford West", -300.0, -70.0), ("Camford Market", -110.0, 110.0), ("Camford East", 70.0, 300.0))
ZONE_COLOURS = ("#2563a8", "#8a4fa3", "#b8602a")
ZONE_HALF_M = 290.0

ALL_HOURS = "Mo-Su 00:00-24:00"
USUAL_HOURS = "Mo-Sa 08:30-18:30; PH off"
BOSCH = "Bosch TPS110"
DROP_OFF_MINUTES = 5
BOSCH_HEARTBEAT, OWN_HEARTBEAT = 15, 4  # minutes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of bay; `share` is its weight. Codes that turn on presence alone are off by default."""

    share: int
    bay_class: str
    hours: str
    permitted_minutes: int
    code: str
    reason: str


KINDS = (
    Kind(24, "limited-waiting", ALL_HOURS, 60, "30", "period_ended"),
    Kind(22, "limited-waiting", ALL_HOURS, 120, "30", "period_ended"),
    Kind(8, "drop-off", ALL_HOURS, DROP_OFF_MINUTES, "30", "period_ended"),
    Kind(20, "paid", USUAL_HOURS, 120, "05", "period_ended"),
    Kind(8, "loading", USUAL_HOURS, 20, "25", "wrong_class"),
    Kind(6, "disabled", ALL_HOURS, 0, "40", "wrong_class"),
    Kind(12, "permit", USUAL_HOURS, 0, "16", "no_permit"),
)


@dataclass(frozen=True, slots=True)
class DemoBay:
    """A bay, with what it allows."""

    reference: str
    street: str
    at: Point
    kind: Kind


@dataclass(frozen=True, slots=True)
class DemoSensor:
    """A device in a bay. `model` is empty where the network sends our own format."""

    reference: str
    bay: str
    model: str
    threshold_mm: str
    heartbeat_minutes: int


@dataclass(frozen=True, slots=True)
class Borough:
    """What a demo starts with: the same for the same seed."""

    bays: tuple[DemoBay, ...]
    zones: tuple[dict[str, Any], ...]
    sensors: tuple[DemoSensor, ...]

    def bays_in(self, zones: Collection[str]) -> list[DemoBay]:
        """The bays in any of the named zones."""
        outlines = [shape(zone["geometry"]) for zone in self.zones if zone["properties"]["name"] in zones]
        return [bay for bay in self.bays if intersects_xy(outlines, bay.at.lon, bay.at.lat).any()]

    @property
    def bays_geojson(self) -> dict[str, Any]:
        return _collection([_bay_feature(bay) for bay in self.bays])

    @property
    def zones_geojson(self) -> dict[str, Any]:
        return _collection(list(self.zones))

    @property
    def streets_geojson(self) -> dict[str, Any]:
        return _collection(list(_courses()))

    @property
    def sensors_csv(self) -> str:
        text = StringIO()
        table = csv.DictWriter(text, ["reference", "bay", "model", "threshold_mm", "heartbeat_minutes"])
        table.writeheader()
        table.writerows(asdict(sensor) for sensor in self.sensors)
        return text.getvalue()


def borough(seed: int = 1) -> Borough:
    """Camford, as this seed has it."""
    random = Random(seed)
    bays = tuple(_bays(random))
    return Borough(bays, tuple(_zones()), tuple(_sensors(bays, random)))


def _bays(random: Random) -> Iterator[DemoBay]:
    for number, (street, spots) in enumerate(_streets().items(), start=1):
        kinds = _kinds_along(random)
        chosen = sorted(random.sample(range(len(spots)), BAYS_IN_STREET))
        for place, index in enumerate(chosen, start=1):
            yield DemoBay(f"CF{number:02}-{place:02}", street, spots[index], next(kinds))


def _streets() -> dict[str, list[Point]]:
    """Every spot along each street's kerbs where a bay may be; u runs along the grid, v across it."""
    streets: dict[str, list[Point]] = {}
    along_at, across_at = _lines(ALONG_APART_M), _lines(ACROSS_APART_M)
    for name, v in zip(ALONG, along_at, strict=True):
        streets[name] = [_on_map(u, v + side) for side in (-KERB_M, KERB_M) for u in _clear(across_at)]
    for name, u in zip(ACROSS, across_at, strict=True):
        streets[name] = [_on_map(u + side, v) for side in (-KERB_M, KERB_M) for v in _clear(along_at)]
    return streets


def _courses() -> Iterator[dict[str, Any]]:
    """The middle of each street, from beyond its first crossing to beyond its last."""
    along_at, across_at = _lines(ALONG_APART_M), _lines(ACROSS_APART_M)
    for name, v in zip(ALONG, along_at, strict=True):
        yield _course(name, *(_on_map(u, v) for u in _ends(across_at)))
    for name, u in zip(ACROSS, across_at, strict=True):
        yield _course(name, *(_on_map(u, v) for v in _ends(along_at)))


def _ends(crossings: list[float]) -> tuple[float, float]:
    return crossings[0] - BEYOND_M, crossings[-1] + BEYOND_M


def _course(name: str, *points: Point) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [_position(point) for point in points]}
    return _feature(line, {"name": name})


def _lines(apart: float) -> list[float]:
    return [(number - 2.5) * apart for number in range(6)]


def _clear(crossings: list[float]) -> Iterator[float]:
    """The middles of bays between the first crossing and the last, clear of all of them."""
    middle = crossings[0] + CORNER_M + BAY_M / 2
    while middle < crossings[-1] - CORNER_M:
        if min(abs(middle - crossing) for crossing in crossings) >= CORNER_M + BAY_M / 2:
            yield middle
        middle += BAY_M


def _on_map(u: float, v: float) -> Point:
    east = u * cos(TURNED) - v * sin(TURNED)
    north = u * sin(TURNED) + v * cos(TURNED)
    return CENTRE.moved(east_m=east, north_m=north)


def _kinds_along(random: Random) -> Iterator[Kind]:
    """Kinds come in runs, as signs govern stretches of kerb; drop-off and disabled ones by twos at most."""
    while True:
        kind = random.choices(KINDS, [kind.share for kind in KINDS])[0]
        longest = 2 if kind.bay_class in ("drop-off", "disabled") else 5
        for _ in range(random.randint(1, longest)):
            yield kind


def _zones() -> Iterator[dict[str, Any]]:
    for (name, west, east), colour in zip(ZONES, ZONE_COLOURS, strict=True):
        corners = [(west, -ZONE_HALF_M), (east, -ZONE_HALF_M), (east, ZONE_HALF_M), (west, ZONE_HALF_M)]
        ring = [_position(_on_map(u, v)) for u, v in [*corners, corners[0]]]
        yield _feature({"type": "Polygon", "coordinates": [ring]}, {"name": name, "colour": colour})


def _sensors(bays: tuple[DemoBay, ...], random: Random) -> Iterator[DemoSensor]:
    batch = random.getrandbits(16)  # devices are bought together
    for number, bay in enumerate(bays):
        serial = f"{batch:04X}{number:04X}"
        if number % 2:
            yield DemoSensor(f"70B3D57E{serial}", bay.reference, "", "", OWN_HEARTBEAT)
        else:
            yield DemoSensor(f"0004A30B{serial}", bay.reference, BOSCH, "", BOSCH_HEARTBEAT)


def _bay_feature(bay: DemoBay) -> dict[str, Any]:
    allows = {
        "bay_class": bay.kind.bay_class,
        "hours": bay.kind.hours,
        "permitted_minutes": bay.kind.permitted_minutes,
        "code": bay.kind.code,
        "reason": bay.kind.reason,
    }
    place = {"type": "Point", "coordinates": _position(bay.at)}
    return _feature(place, {"reference": bay.reference, "street": bay.street, **allows})


def _position(point: Point) -> list[float]:
    return [round(point.lon, 7), round(point.lat, 7)]


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
