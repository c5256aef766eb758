"""A policy that knows the whole day beforehand: a search, so what it reaches is a lower bound of the best possible.

It is no rival: it shows how much there is to win by knowing more. A beam of routes is grown through the day,
minute by minute; of the routes that stand at some kerb in the same minute, those with the most cars are kept.
Officers are planned one after the other, each among the cars that the earlier ones leave.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from .rules import Rules
from .streets import Streets
from .truth import Car
from .view import View

WIDTH = 40  # routes kept in each minute
BRANCHES = 10  # ways on from each
NEAREST = 40  # kerbs looked at for them
MINUTE = 60  # cars come and go at whole minutes
STANDSTILL = 20  # seconds: so that the nearest car isn't worth infinitely much a second


@dataclass(slots=True, frozen=True)
class Route:
    """A leg of a route, its end: at `kerb`, walked to or (`waited`) not left. `cars`: attended so far, as bits."""

    kerb: int
    now: int
    cars: int
    waited: bool = False
    before: "Route | None" = field(repr=False, default=None)

    def legs(self) -> list["Route"]:
        """All but the first, where the officer already is."""
        found, here = [], self
        while here.before is not None:
            found.append(here)
            here = here.before
        return found[::-1]


class Clairvoyant:
    """Made for one day. It searches again when a plan can't be kept: after a break, or where a colleague goes."""

    def __init__(self, streets: Streets, cars: Sequence[Car], rules: Rules, width: int = WIDTH) -> None:
        self._streets = streets
        self._search = _Search(streets, cars, rules, width)
        self._plans: dict[int, list[Route]] = {}
        self._claimed: dict[int, int] = defaultdict(int)  # by officer: had by others when planned
        self._taken = 0

    def decide(self, view: View) -> int | None:
        plan = self._plans.get(view.officer)
        if plan is None or (plan and not self._can_be_kept(plan[0], view)):
            plan = self._plans[view.officer] = self._planned(view)
        if not plan:
            return None  # nothing more can be reached
        leg = plan.pop(0)
        self._taken |= leg.cars & ~self._claimed[view.officer]
        return None if leg.waited else leg.kerb

    def _can_be_kept(self, leg: Route, view: View) -> bool:
        set_out = leg.before
        as_planned = set_out is not None and (set_out.kerb, set_out.now) == (view.at, view.now)
        return as_planned and (leg.waited or leg.kerb in view.offered)

    def _planned(self, view: View) -> list[Route]:
        others = (plan[-1].cars for officer, plan in self._plans.items() if officer != view.officer and plan)
        claimed = 0
        for cars in others:
            claimed |= cars
        self._claimed[view.officer] = claimed & ~self._taken
        return self._search.best(Route(view.at, view.now, self._taken | claimed), view.offered).legs()


class _Search:
    def __init__(self, streets: Streets, cars: Sequence[Car], rules: Rules, width: int) -> None:
        self._streets, self._rules, self._width = streets, rules, width
        self._walks = streets.seconds.tolist()
        self._home = streets.home.tolist() if rules.ends_at_start else [0] * len(streets)
        self._near = np.argsort(streets.seconds, axis=1, kind="stable").tolist()
        self._over = [[0] * (rules.ends // MINUTE + 1) for _ in range(len(streets))]
        for car in cars:
            for minute in range(car.over_from // MINUTE, min(car.leaves, rules.ends) // MINUTE):
                self._over[car.kerb][minute] |= 1 << car.number

    def best(self, start: Route, offered: Collection[int]) -> Route:
        """The route with the most cars until the day ends; its first walk is to an offered kerb."""
        minutes: dict[int, dict[tuple[int, int], Route]] = defaultdict(dict)
        minutes[start.now // MINUTE][start.kerb, start.cars] = best = start
        for minute in range(start.now // MINUTE, self._rules.ends // MINUTE + 1):
            kept = sorted(minutes.pop(minute, {}).values(), key=_most_cars)[: self._width]
            for route in kept:
                best = min(best, route, key=_most_cars)
                for further in self._further(route, offered if route is start else None):
                    same = minutes[further.now // MINUTE].setdefault((further.kerb, further.cars), further)
                    if further.now < same.now:
                        minutes[further.now // MINUTE][further.kerb, further.cars] = further
        return best

    def _further(self, route: Route, offered: Collection[int] | None) -> Iterator[Route]:
        """Routes that are a walk longer, or a wait where no walk finds a car."""
        worth = partial(self._worth, route)
        near = [kerb for kerb in self._near[route.kerb] if offered is None or kerb in offered]
        found = {kerb: rate for kerb in near[:NEAREST] if (rate := worth(kerb)) > 0}
        found = found or {kerb: rate for kerb in near[NEAREST:] if (rate := worth(kerb)) > 0}
        for kerb in sorted(found, key=lambda kerb: -found[kerb])[:BRANCHES]:
            yield self._walked(route, kerb)
        if not found and route.now + self._rules.waits < self._rules.ends:
            yield Route(route.kerb, route.now + self._rules.waits, route.cars, waited=True, before=route)

    def _worth(self, route: Route, kerb: int) -> float:
        """Cars at the kerb on arrival, for each second of the walk."""
        walk = self._walks[route.kerb][kerb]
        there = route.now + walk
        if there + self._home[kerb] >= self._rules.ends:
            return 0.0
        return (self._over[kerb][there // MINUTE] & ~route.cars).bit_count() / (walk + STANDSTILL)

    def _walked(self, route: Route, kerb: int) -> Route:
        now, cars, walked = route.now, route.cars, 0
        for passed, after in self._streets.passings(route.kerb, kerb):
            now, walked = now + after - walked, after
            if now >= self._rules.ends:
                break
            if not self._rules.service:
                cars |= self._over[passed][now // MINUTE]
                continue
            while now < self._rules.ends and (there := self._over[passed][now // MINUTE] & ~cars):
                cars |= there & -there  # the lowest bit: the car that has been over for longest
                now += self._rules.service
        return Route(kerb, now, cars, before=route)


def _most_cars(route: Route) -> tuple[int, int]:
    return -route.cars.bit_count(), route.now
