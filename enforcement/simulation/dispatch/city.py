"""A city that does not exist, in the shape of a recorded area, made from a seed: for those who have no recording.

Streets in a bent grid, limited-waiting bays along some of them, busier towards the middle. Cars come and go
around the clock, most of them by day, and stay for a lognormal time; those who outstay their period are the
overstays. An overstay begins where a penalty is lawful, a grace after the period has ended. Here all cars are
known, those too that leave in time: arrivals may be shown, and first looks within the permitted time counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, hypot, log
from random import Random

from ..points import Point
from ..recorded_day import Edge, RecordedArea, RecordedOverstay
from .rules import GRACE

NAME = "a city made from seed {}"
FIRST_DAY = date(2024, 1, 1)  # a Monday
CENTRE = Point(lon=0.0, lat=51.5)
ACROSS, ALONG, BLOCK_M = 9, 7, 105.0  # streets each way, metres between them
BENT_M = 22.0  # how far a crossing is off the grid
WITH_BAYS = 0.55  # share of the kerbs
BAYS_AT_KERB = (3, 9)
PERIODS = (30, 60, 60, 120)  # minutes
FULL_DAY_ARRIVALS = 9.0  # cars a day at a bay in the middle
MEDIAN_STAY, SPREAD = 26.0, 1.0  # minutes, and the logarithm's standard deviation
QUIET_HOURS, QUIET = (*range(7), *range(20, 24)), 0.12  # as busy as the others
WEEKEND = 0.6


@dataclass(frozen=True, slots=True)
class _Bay:
    reference: str
    edge: int
    period: int
    arrivals_an_hour: float


def city(seed: int = 1, days: int = 10) -> RecordedArea:
    """The same for the same seed; a day is the same however many days follow."""
    random = Random(f"city {seed}")
    nodes = dict(enumerate(_crossings(random)))
    edges = dict(enumerate(_edges(nodes)))
    bays = list(_bays(nodes, edges, random))
    stays = [
        each
        for number in range(days)
        for each in _day(bays, FIRST_DAY + timedelta(days=number), Random(f"city {seed} day {number}"))
    ]
    over = tuple(each for each in stays if each.dep_min > each.vio_min)
    in_time = tuple(each for each in stays if each.dep_min <= each.vio_min)
    places = {bay.reference: nodes[edges[bay.edge].u].part_way(nodes[edges[bay.edge].v], 0.5) for bay in bays}
    return RecordedArea(nodes, edges, {bay.reference: bay.edge for bay in bays}, places, over, in_time)


def _crossings(random: Random) -> Iterator[Point]:
    for row in range(ALONG):
        for column in range(ACROSS):
            east, north = (column - (ACROSS - 1) / 2) * BLOCK_M, (row - (ALONG - 1) / 2) * BLOCK_M
            bent_east, bent_north = random.uniform(-BENT_M, BENT_M), random.uniform(-BENT_M, BENT_M)
            yield CENTRE.moved(east_m=east + bent_east, north_m=north + bent_north)


def _edges(nodes: dict[int, Point]) -> Iterator[Edge]:
    for here in nodes:
        beside = [here + 1] if (here + 1) % ACROSS else []
        for there in (*beside, here + ACROSS):
            if there in nodes:
                length = round(nodes[here].metres_to(nodes[there]), 3)
                yield Edge(here, there, length)
                yield Edge(there, here, length)


def _bays(nodes: dict[int, Point], edges: dict[int, Edge], random: Random) -> Iterator[_Bay]:
    for number, edge in edges.items():
        if random.random() >= WITH_BAYS:
            continue
        out = CENTRE.metres_to(nodes[edge.v]) / (BLOCK_M * hypot(ALONG, ACROSS) / 2)
        period = random.choice(PERIODS)
        for place in range(random.randint(*BAYS_AT_KERB)):
            busy = FULL_DAY_ARRIVALS * (1 - 0.7 * out) * random.uniform(0.6, 1.4) / 14
            yield _Bay(f"K{number}-{place + 1}", number, period, busy)


def _day(bays: list[_Bay], day: date, random: Random) -> Iterator[RecordedOverstay]:
    for bay in bays:
        for arrives, leaves in _stays(bay, day, random):
            over = arrives + bay.period + GRACE // 60
            yield RecordedOverstay(day, bay.reference, arrives, over, leaves)


def _stays(bay: _Bay, day: date, random: Random) -> Iterator[tuple[int, int]]:
    """Minutes of the day; a bay takes one car at a time."""
    minute = 0.0
    busiest = max(bay.arrivals_an_hour, 0.01) * (1.0 if day.weekday() < 5 else WEEKEND)
    while (minute := minute + random.expovariate(busiest / 60)) < 24 * 60:
        quiet = int(minute // 60) in QUIET_HOURS
        if quiet and random.random() >= QUIET:
            continue
        stays = max(1.0, exp(log(MEDIAN_STAY) + SPREAD * random.gauss(0, 1)))
        leaves = min(minute + stays, 36 * 60.0)
        if int(leaves) > int(minute):
            yield int(minute), int(leaves)
        minute = leaves
