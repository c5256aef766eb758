"""Where bays are, gathered into stops along streets, and the walks between them.

Most councils have no walking graph. Then the way between two stops of a street is the straight line between them,
and to another street one that is longer by the usual factor; one may come by other stops on the shortest of
such ways. With a graph or a routing service, a stop is passed where it is no detour.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from ...adapters.travel import StraightLine
from ...adapters.travel.walks import Walks
from ...domain.dispatch import Travel
from ...domain.fences import degree_metres
from ..dispatch.ground import SPEED, Passings, Seconds
from ..points import Point
from .history import Place

REACH_M = 40.0
"""A stop is a stretch of street on both sides of its first bay: from there an officer sees every car."""
MOST_STOPS, WIDER, WIDEST_M = 250, 1.5, 150.0
"""A council with more stops gets longer ones: the tour past all of them has to be found in a minute or so."""
TOO_FAR_M = 20_000.0
LOOK_ROUND = 30  # seconds, to look along a stop where one stands already
DETOUR_M = 20.0
ORIGINS_AT_ONCE = 20
TRIES = 10
NO_STREET = "Bays without a street name"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stop:
    """Some bays of a street that lie near each other; `point` is their middle, `reach_m` goes to the farthest."""

    street: str
    point: Point
    bays: tuple[str, ...]
    reach_m: float


class Stops:
    """Stops, and the walks between them; the day begins and ends at stop 0. Implements `dispatch.ground.Ground`.

    `by`: how walks were measured (`config.TravelSetting.kind`); `estimated`: not all of them could be.
    """

    def __init__(
        self, stops: Sequence[Stop], travel: Callable[[], Travel] = StraightLine, by: str = "line"
    ) -> None:
        self.stops = tuple(stops)
        self.kerb_of = {bay: number for number, stop in enumerate(stops) for bay in stop.bays}
        self.points = _apart([stop.point for stop in stops])
        self.by, self.estimated = by, False
        metres = self._along_streets() if by == "line" else self._measured(travel)
        self._metres: Floats = shortest_path(metres)
        self._detour = 0.5 if by == "line" else DETOUR_M
        self._passings: dict[tuple[int, int], Passings] = {}

    def __len__(self) -> int:
        return len(self.stops)

    @cached_property
    def seconds(self) -> Seconds:
        seconds = np.ceil(self._metres / SPEED).clip(1).astype(np.int64)
        round_it = [max(LOOK_ROUND, ceil(2 * stop.reach_m / SPEED)) for stop in self.stops]
        np.fill_diagonal(seconds, round_it)
        return seconds

    @cached_property
    def home(self) -> Seconds:
        home = self.seconds[:, 0].copy()
        home[0] = 0
        return home

    def passings(self, origin: int, target: int) -> Passings:
        key = origin, target
        if key not in self._passings:
            self._passings[key] = tuple(self._passed(origin, target))
        return self._passings[key]

    def homeward(self, origin: int) -> Passings:
        return self.passings(origin, 0) if origin else ()

    def _passed(self, origin: int, target: int) -> list[tuple[int, int]]:
        lasts = int(self.seconds[origin, target])
        if origin == target:
            return [(target, lasts)]
        by = self._metres[origin] + self._metres[:, target]
        on_the_way = np.flatnonzero(by <= self._metres[origin, target] + self._detour)
        passed = [
            (min(int(self.seconds[origin, stop]), lasts), stop)
            for stop in on_the_way.tolist()
            if stop not in (origin, target)
        ]
        return [*((stop, after) for after, stop in sorted(passed)), (target, lasts)]

    def _lonlat(self) -> Floats:
        return np.array([(point.lon, point.lat) for point in self.points])

    def _along_streets(self) -> Floats:
        lonlat, line = self._lonlat(), StraightLine()
        streets = np.array([stop.street for stop in self.stops])
        metres = line.metres(lonlat, lonlat)
        return np.where(streets[:, None] == streets, metres / line.factor, metres)

    def _measured(self, travel: Callable[[], Travel]) -> Floats:
        """Some origins at a time: what it took too long to find out the first time is known the next."""
        lonlat = self._lonlat()
        firsts = range(0, len(lonlat), ORIGINS_AT_ONCE)
        metres = np.concatenate(
            [self._walks(travel, lonlat[first : first + ORIGINS_AT_ONCE], lonlat) for first in firsts]
        )
        self.estimated |= not np.isfinite(metres).all()
        return np.where(np.isfinite(metres), metres, StraightLine().metres(lonlat, lonlat))

    def _walks(self, travel: Callable[[], Travel], origins: Floats, destinations: Floats) -> Floats:
        for _ in range(TRIES):
            walks = travel()
            metres = walks.metres(origins, destinations)
            fault = walks.fault if isinstance(walks, Walks) else None
            if fault is None:
                break
        self.estimated |= fault is not None
        return metres


def stops_of(places: Iterable[Place]) -> tuple[list[Stop], list[Place]]:
    """The stops, that in the middle first, and the places that are too far from the others to walk to."""
    near, far = _near(list(places))
    reach = REACH_M
    while len(stops := _gathered(near, reach)) > MOST_STOPS and reach < WIDEST_M:
        reach *= WIDER
    middle = _middle([stop.point for stop in stops])
    first = min(stops, key=lambda stop: stop.point.metres_to(middle))
    return [first, *(stop for stop in stops if stop is not first)], far


def _near(places: list[Place]) -> tuple[list[Place], list[Place]]:
    middle = _middle([place.point for place in places])
    near = [place for place in places if place.point.metres_to(middle) <= TOO_FAR_M]
    return near, [place for place in places if place.point.metres_to(middle) > TOO_FAR_M]


def _middle(points: Sequence[Point]) -> Point:
    """Half of all points are east of it, and half are north: no stray one moves it."""
    lon, lat = np.median([(point.lon, point.lat) for point in points], axis=0).tolist()
    return Point(lon, lat)


def _gathered(places: Iterable[Place], reach: float) -> list[Stop]:
    streets: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        streets[" ".join(place.street.split()).casefold()].append(place)
    return [stop for street in sorted(streets) for stop in _of_street(streets[street], reach)]


def _of_street(places: Sequence[Place], reach: float) -> list[Stop]:
    """From one end of the street to the other: the next bay that is not at a stop yet, and those near it."""
    name = " ".join(places[0].street.split()) or NO_STREET
    plane = _on_a_plane([place.point for place in places])
    along = plane @ _direction(plane)
    left = np.argsort(along, kind="stable").tolist()
    stops = []
    while left:
        away = np.hypot(*(plane[left] - plane[left[0]]).T)
        here = [place for place, far in zip(left, away, strict=True) if far <= reach]
        left = [place for place, far in zip(left, away, strict=True) if far > reach]
        stops.append(_stop(name, [places[place] for place in here]))
    return stops


def _stop(street: str, places: Sequence[Place]) -> Stop:
    lon, lat = np.mean([(place.point.lon, place.point.lat) for place in places], axis=0).tolist()
    point = Point(lon, lat)
    reach = max(point.metres_to(place.point) for place in places)
    return Stop(street, point, tuple(place.bay for place in places), reach)


def _on_a_plane(points: Sequence[Point]) -> Floats:
    """Metres east and north of the first."""
    lonlat = np.array([(point.lon, point.lat) for point in points])
    scale = degree_metres(float(np.cos(np.radians(lonlat[0, 1]))))
    plane: Floats = (lonlat - lonlat[0]) * scale
    return plane


def _direction(plane: Floats) -> Floats:
    """In which points spread most."""
    _, _, axes = np.linalg.svd(plane - plane.mean(axis=0), full_matrices=False)
    direction: Floats = axes[0]
    return direction


def _apart(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same points, moved by a few centimetres where two would be one."""
    found: dict[Point, None] = {}
    for point in points:
        while point in found:
            point = point.moved(east_m=0.05, north_m=0)
        found[point] = None
    return tuple(found)
