"""Cars that come and go at a bay: most stay within the limit, some outstay it as they do in Melbourne."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, sqrt
from random import Random

from ..domain.dwell import MEAN_MINUTES, MEDIAN_MINUTES

OVERSTAYING = 0.14  # the share of cars
ALL_DAY_MEDIAN = 150.0  # minutes, where nothing limits a stay
GAP_MEAN = 18.0  # minutes that a bay stands empty

_SIGMA = sqrt(2 * log(MEAN_MINUTES / MEDIAN_MINUTES))


@dataclass(frozen=True, slots=True)
class Visit:
    """One car in one bay."""

    arrives: datetime
    leaves: datetime


def visits(random: Random, permitted_minutes: int, start: datetime, *, taken: bool) -> Iterator[Visit]:
    """Cars one after the other, without end. `taken`: one is there already, with some of its stay left."""
    if taken:
        leaves = start + _dwell(random, permitted_minutes) * random.random()
        yield Visit(start, leaves)
    else:
        leaves = start
    while True:
        arrives = leaves + _gap(random, permitted_minutes)
        leaves = arrives + _dwell(random, permitted_minutes)
        yield Visit(arrives, leaves)


def late_from_the_start(random: Random, permitted_minutes: int, now: datetime) -> Iterator[Visit]:
    """A car that has been over its time for some minutes, and stays a while; then cars as ever."""
    over, more = random.uniform(3, 20), random.uniform(20, 60)
    leaves = now + timedelta(minutes=more)
    yield Visit(now - timedelta(minutes=permitted_minutes + over), leaves)
    yield from visits(random, permitted_minutes, leaves, taken=False)


def _gap(random: Random, permitted_minutes: int) -> timedelta:
    """Bays that turn over fast fill fast; never within a sensor's debounce time."""
    mean = min(GAP_MEAN, max(3.0, permitted_minutes * 0.6)) if permitted_minutes else GAP_MEAN
    return timedelta(minutes=1 + random.expovariate(1 / mean))


def _dwell(random: Random, permitted_minutes: int) -> timedelta:
    if permitted_minutes == 0:
        return timedelta(minutes=random.lognormvariate(log(ALL_DAY_MEDIAN), 0.7))
    if random.random() < OVERSTAYING:
        return timedelta(minutes=permitted_minutes + random.lognormvariate(log(MEDIAN_MINUTES), _SIGMA))
    return timedelta(minutes=max(1.0, permitted_minutes * random.betavariate(2.2, 1.6)))
