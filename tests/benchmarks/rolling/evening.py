"""What is true of an evening: the cars, how long each stays, and where the officers begin. Seeded.

Twenty cars a minute begin to overstay in a town of three kilometres by three, on streets of which some are
much busier than others. How long a car stays is lognormal with the mean and the median of the product's prior.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log, sqrt

import numpy as np
from numpy.random import Generator

from enforcement.domain.dwell import MEAN_MINUTES, MEDIAN_MINUTES

BEGINS = datetime(2026, 6, 29, 16, tzinfo=UTC)
HOURS = 2.0
CARS_A_MINUTE = 20.0
MINUTES_BEFORE = 30  # of whose cars those that are still there are known at the beginning
WEST, SOUTH = -0.15, 51.50
DEGREES_LON, DEGREES_LAT = 0.0433, 0.0270  # three kilometres each
STREETS = 150
STREET_SHARE = 0.1  # the longest, of the town's side
BUSY = 0.5  # the shape of how much goes on in a street: the smaller, the more unequal
BLOCKS = 3  # zones: so many by so many blocks of the town
VALUES = np.array([3.0, 4.0, 5.0, 6.0, 8.0, 10.0])  # by what is blocked
SHARES = np.array([0.55, 0.15, 0.05, 0.05, 0.12, 0.08])

SIGMA = sqrt(2 * log(MEAN_MINUTES / MEDIAN_MINUTES))


@dataclass(frozen=True, slots=True)
class Car:
    """One overstay. Times are in seconds from the beginning of the evening."""

    id: int
    lon: float
    lat: float
    zone: int
    value: float
    over_from: float
    leaves: float

    def is_there(self, at: float) -> bool:
        return at < self.leaves


@dataclass(frozen=True, slots=True)
class Start:
    """Where an officer is at the beginning, and the zones of the shift."""

    lon: float
    lat: float
    zones: frozenset[int]


@dataclass(frozen=True, slots=True)
class Evening:
    """`cars` in the order in which they begin to overstay."""

    cars: tuple[Car, ...]
    starts: tuple[Start, ...]
    seconds: float


def evening(seed: int, officers: int, hours: float = HOURS, cars_a_minute: float = CARS_A_MINUTE) -> Evening:
    """The same cars for any number of officers."""
    cars = _cars(np.random.default_rng([seed, 0]), hours * 60, cars_a_minute)
    random = np.random.default_rng([seed, 1])
    starts = tuple(_start(random, number) for number in range(officers))
    return Evening(cars, starts, hours * 3600)


def at(seconds: float) -> datetime:
    """So many seconds into the evening."""
    return BEGINS + timedelta(seconds=seconds)


def _cars(random: Generator, minutes: float, a_minute: float) -> tuple[Car, ...]:
    begins = -60 * MINUTES_BEFORE
    count = random.poisson(a_minute * (minutes + MINUTES_BEFORE))
    over_from = np.sort(random.uniform(begins, 60 * minutes, count))
    leaves = over_from + 60 * random.lognormal(log(MEDIAN_MINUTES), SIGMA, count)
    east, north = _places(random, count)
    values = random.choice(VALUES, count, p=SHARES)
    return tuple(
        Car(
            id=number,
            lon=WEST + DEGREES_LON * east[number],
            lat=SOUTH + DEGREES_LAT * north[number],
            zone=_zone(int(BLOCKS * east[number]), int(BLOCKS * north[number])),
            value=float(values[number]),
            over_from=float(over_from[number]),
            leaves=float(leaves[number]),
        )
        for number in range(count)
        if leaves[number] > 0
    )


def _places(random: Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """On streets that run east or north, as shares of the town's side."""
    middles = random.uniform(STREET_SHARE / 2, 1 - STREET_SHARE / 2, (STREETS, 2))
    runs_north = random.random(STREETS) < 0.5
    busy = random.gamma(BUSY, size=STREETS)
    street = random.choice(STREETS, count, p=busy / busy.sum())
    along = random.uniform(-STREET_SHARE / 2, STREET_SHARE / 2, count)
    east = middles[street, 0] + np.where(runs_north[street], 0.0, along)
    north = middles[street, 1] + np.where(runs_north[street], along, 0.0)
    return east, north


def _zone(column: int, row: int) -> int:
    return BLOCKS * row + column


def _start(random: Generator, number: int) -> Start:
    """In the middle of four blocks, which are the officer's zones: in turn each four that touch."""
    row, column = divmod(number % (BLOCKS - 1) ** 2, BLOCKS - 1)
    zones = frozenset(_zone(column + right, row + up) for right in (0, 1) for up in (0, 1))
    east, north = (np.array([column, row]) + random.uniform(0, 2, 2)) / BLOCKS
    return Start(WEST + DEGREES_LON * float(east), SOUTH + DEGREES_LAT * float(north), zones)
