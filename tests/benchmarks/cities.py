"""Made-up cities to plan for. Seeded.

A city keeps its density: with fewer tasks it is smaller. Its zones are stripes of the same width. What planners
stumble over can be true of it: tasks in streets, officers who all begin at one depot, values that many tasks share.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, sqrt
from random import Random

from enforcement.domain.dispatch import OfficerNow, TaskNow

NOW = datetime(2026, 6, 29, 18, tzinfo=UTC)
DEGREES = 0.001  # of the side, times the root of the number of tasks
STRIPE = 0.0025  # degrees of longitude
STRIPES_EACH = 3
A_STREET = 25  # tasks
STREET = 0.0005  # degrees
FEW_VALUES = (3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
WORK_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class City:
    """What is true of a city; without anything, officers and tasks are anywhere and each value is its own."""

    streets: bool = False
    few_values: bool = False
    one_depot: bool = False

    def made(self, officers: int, tasks: int, seed: int = 1) -> tuple[list[OfficerNow], list[TaskNow]]:
        random, side = Random(seed), DEGREES * sqrt(tasks)
        people = [self._officer(random, side, number) for number in range(officers)]
        middles = [_anywhere(random, side) for _ in range(ceil(tasks / A_STREET))]
        return people, [self._task(random, side, number, middles) for number in range(tasks)]

    def _officer(self, random: Random, side: float, number: int) -> OfficerNow:
        """In three stripes that touch, with hours of the shift still to come."""
        first = random.randrange(max(1, _stripe(side) + 1 - STRIPES_EACH))
        zones = range(_stripe(side) + 1) if self.one_depot else range(first, first + STRIPES_EACH)
        lon, lat = (side / 2, side / 2) if self.one_depot else _anywhere(random, side)
        return OfficerNow(number, lon, lat, frozenset[Hashable](zones), NOW, NOW + timedelta(hours=6))

    def _task(self, random: Random, side: float, number: int, middles: list[tuple[float, float]]) -> TaskNow:
        lon, lat = _anywhere(random, side)
        if self.streets:
            lon, lat = (random.gauss(middle, STREET) for middle in random.choice(middles))
        return TaskNow(
            id=number,
            lon=lon,
            lat=lat,
            zones=frozenset({min(max(_stripe(lon), 0), _stripe(side))}),
            value=random.choice(FEW_VALUES) if self.few_values else random.uniform(0.1, 10.0),
            lawful_from=NOW + timedelta(minutes=random.uniform(-60, 20)),
            until=None,
            minutes_over=random.uniform(0, 60),
            work_seconds=WORK_SECONDS,
        )


def _anywhere(random: Random, side: float) -> tuple[float, float]:
    return random.uniform(0, side), random.uniform(0, side)


def _stripe(lon: float) -> int:
    return int(lon / STRIPE)
