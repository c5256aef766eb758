"""Routes through a day that is known beforehand: what the clairvoyant searches with.

A beam of routes is grown minute by minute. Of those that stand at some kerb in the same minute the best are kept:
those with the most cars, where the cars count too that an earlier route still finds later in the day. So a car
that will be met anyway is not worth a detour, and each route grown this way is as a rule better than the last.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from .ground import Ground
from .rules import Rules
from .truth import Car

BRANCHES = 12  # ways on from each route
NEAREST = 40  # kerbs looked at for them
MINUTE = 60  # cars come and go at whole minutes
STANDSTILL = 20  # seconds: so that the nearest car isn't worth infinitely much a second

Cars = int
"""A set of cars, as bits."""
Walk = tuple[int, int, int]
"""A kerb, when one sets out for it and when one is there: meanwhile nobody else is offered it."""


@dataclass(slots=True, frozen=True)
class Route:
    """A leg of a route, its end: at `kerb`, walked to or (`waited`) not left. `cars`: attended so far."""

    kerb: int
    now: int
    cars: Cars
    waited: bool = False
    before: "Route | None" = field(repr=False, default=None)

    def legs(self) -> list["Route"]:
        """All but the first, where the officer already is."""
        found, here = [], self
        while here.before is not None:
            found.append(here)
            here = here.before
        return found[::-1]

    def walks(self) -> Iterator[Walk]:
        for leg in self.legs():
            if leg.before is not None and not leg.waited:
                yield leg.kerb, leg.before.now, leg.now

    def later(self, minutes: int) -> list[Cars]:
        """For each minute of the day, the cars that are attended after it."""
        found, attended = [], 0
        legs = self.legs()
        for minute in range(minutes):
            while legs and legs[0].now <= minute * MINUTE:
                attended = legs.pop(0).cars
            found.append(self.cars & ~attended)
        return found


@dataclass(slots=True)
class Wish:
    """How to grow routes. `later`: by minute, cars that will be found anyway; `taken`: walks of others."""

    width: int
    until: int
    later: Sequence[Cars] | None = None
    taken: Sequence[Walk] = ()
    offered: Collection[int] | None = None  # for the first walk


class Foresight:
    """The cars of one day on their streets."""

    def __init__(self, streets: Ground, cars: Sequence[Car], rules: Rules) -> None:
        self._streets, self._rules = streets, rules
        self.minutes = rules.ends // MINUTE + 1
        self._walks = streets.seconds.tolist()
        self._home = streets.home.tolist() if rules.ends_at_start else [0] * len(streets)
        self._near = np.argsort(streets.seconds, axis=1, kind="stable").tolist()
        self._over = [[0] * self.minutes for _ in range(len(streets))]
        for car in cars:
            for minute in range(car.over_from // MINUTE, min(car.leaves, rules.ends) // MINUTE):
                self._over[car.kerb][minute] |= 1 << car.number

    def best(self, start: Route, wish: Wish) -> Route:
        """The best route found from here until the wished time."""
        grower = _Grower(self, wish, start)
        minutes: dict[int, dict[tuple[int, Cars], Route]] = defaultdict(dict)
        minutes[start.now // MINUTE][start.kerb, start.cars] = best = start
        for minute in range(start.now // MINUTE, min(wish.until // MINUTE + 1, self.minutes)):
            rank = partial(_rank, wish.later[minute] if wish.later else 0)
            for route in sorted(minutes.pop(minute, {}).values(), key=rank)[: wish.width]:
                best = min(best, route, key=_most_cars)
                for further in grower.further(route):
                    same = minutes[further.now // MINUTE].setdefault((further.kerb, further.cars), further)
                    if further.now < same.now:
                        minutes[further.now // MINUTE][further.kerb, further.cars] = further
        return best

    def near(self, kerb: int) -> list[int]:
        """All kerbs, the nearest first."""
        return self._near[kerb]

    def worth(self, route: Route, kerbs: Sequence[int]) -> dict[int, float]:
        """Of these kerbs those with cars on arrival: how many for each second of the walk."""
        walks, day_ends, attended = self._walks[route.kerb], self._rules.ends, route.cars
        found = {}
        for kerb in kerbs:
            there = route.now + walks[kerb]
            if there + self._home[kerb] < day_ends and (
                cars := self._over[kerb][there // MINUTE] & ~attended
            ):
                found[kerb] = cars.bit_count() / (walks[kerb] + STANDSTILL)
        return found

    def walked(self, route: Route, kerb: int) -> Route:
        now, cars, walked = route.now, route.cars, 0
        for passed, after in self._streets.passings(route.kerb, kerb):
            now, walked = now + after - walked, after
            if now >= self._rules.ends:
                break
            if not self._rules.service:
                cars |= self._over[passed][now // MINUTE]
                continue
            still = self._rules.service + self._walks[route.kerb][kerb] - after + self._home[kerb]
            latest = self._rules.ends - (still if self._rules.ends_at_start else 1)
            while now <= latest and (there := self._over[passed][now // MINUTE] & ~cars):
                cars |= there & -there  # the lowest bit: the car that has been over for longest
                now += self._rules.service
        return self._ended(kerb, now, cars, route)

    def waited(self, route: Route) -> Route | None:
        now = route.now + self._rules.waits
        if now + self._home[route.kerb] >= self._rules.ends:
            return None
        return self._ended(route.kerb, now, route.cars, route, waited=True)

    def _ended(self, kerb: int, now: int, cars: Cars, before: Route, *, waited: bool = False) -> Route:
        """A leg, with the break after it if that is due."""
        rests = self._rules.rests if before.now < self._rules.rests_from <= now else 0
        return Route(kerb, now + rests, cars, waited, before)


class _Grower:
    def __init__(self, foresight: Foresight, wish: Wish, start: Route) -> None:
        self._foresight, self._wish, self._start = foresight, wish, start
        self._taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for kerb, begins, ends in wish.taken:
            self._taken[kerb].append((begins, ends))

    def further(self, route: Route) -> Iterator[Route]:
        """Routes that are a walk longer, or a wait where no walk finds a car."""
        near = self._foresight.near(route.kerb)
        if route is self._start and self._wish.offered is not None:
            near = [kerb for kerb in near if kerb in self._wish.offered]
        found = self._foresight.worth(route, near[:NEAREST]) or self._foresight.worth(route, near[NEAREST:])
        walks = 0
        for kerb in sorted(found, key=lambda kerb: -found[kerb]):
            walked = self._foresight.walked(route, kerb)
            if self._is_free(kerb, route.now, walked.now):
                walks += 1
                yield walked
            if walks == BRANCHES:
                return
        if not walks and (waited := self._foresight.waited(route)) is not None:
            yield waited

    def _is_free(self, kerb: int, begins: int, ends: int) -> bool:
        return all(
            ends < theirs_begins or theirs_ends < begins
            for theirs_begins, theirs_ends in self._taken.get(kerb, ())
        )


def _rank(later: Cars, route: Route) -> tuple[int, int, int]:
    return -(route.cars | later).bit_count(), -route.cars.bit_count(), route.now


def _most_cars(route: Route) -> tuple[int, int]:
    return -route.cars.bit_count(), route.now
