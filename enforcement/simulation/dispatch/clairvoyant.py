"""A policy that knows the whole day beforehand: a search, so what it reaches is a lower bound of the best possible.

It is no rival: it shows how much there is to win by knowing more. When the day begins, routes for all officers are
found together: each is grown again and again among the cars that the others leave, led by a random part of what it
found the last time, and kept if it is no worse. Where a route can't be kept (a colleague stopped at a car of ours)
the next two hours are planned anew.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from random import Random

from .foresight import Cars, Foresight, Route, Walk, Wish
from .ground import Ground
from .rules import Rules
from .truth import Car
from .view import View

WIDTH = 100  # routes kept in each minute, of all officers together
LEAST_WIDTH = 20
ROUNDS = 8
KEPT = 0.85  # share of the cars of the last route by which the next one is led
LAGS = (0, 2)  # minutes by which it is led further
NARROW, AHEAD = 20, 2 * 3600  # when a plan could not be kept


class Clairvoyant:
    """Made for one day."""

    def __init__(self, streets: Ground, cars: Sequence[Car], rules: Rules) -> None:
        self._search = Foresight(streets, cars, rules)
        self._random = Random(1)
        self._routes: dict[int, Route] = {}  # by officer, for the whole day
        self._found: dict[int, Cars] = {}
        self._plans: dict[int, list[Route]] = {}  # by officer, the legs that are still to be walked
        self._attended: Cars = 0

    def decide(self, view: View) -> int | None:
        if not self._plans:
            self._plan_the_day(view)
        plan = self._plans[view.officer]
        if not plan or not _can_be_kept(plan[0], view):
            plan = self._plans[view.officer] = self._planned_anew(view)
        if not plan:
            return None  # nothing more can be reached
        leg = plan.pop(0)
        self._attended |= leg.cars & ~self._of_others(view.officer)
        return None if leg.waited else leg.kerb

    def _plan_the_day(self, view: View) -> None:
        start = Route(view.at, view.now, 0)
        width = max(LEAST_WIDTH, WIDTH // view.officers)
        for _ in range(ROUNDS):
            for officer in range(view.officers):
                self._grow(officer, start, Wish(width, view.ends))
        self._plans = {officer: route.legs() for officer, route in self._routes.items()}

    def _grow(self, officer: int, start: Route, wish: Wish) -> None:
        """Another route for this officer, kept if it is no worse."""
        others = self._of_others(officer)
        wish.taken = self._walks_of_others(officer, self._routes)
        if officer in self._routes:
            wish.later = self._led_by(self._routes[officer])
        route = self._search.best(Route(start.kerb, start.now, others), wish)
        if route.cars.bit_count() >= (others | self._found.get(officer, 0)).bit_count():
            self._routes[officer], self._found[officer] = route, route.cars & ~others

    def _led_by(self, route: Route) -> list[Cars]:
        kept = sum(1 << car for car in range(route.cars.bit_length()) if self._random.random() < KEPT)
        lag = self._random.choice(LAGS)
        later = [cars & kept for cars in route.later(self._search.minutes)]
        return [*later[lag:], *[0] * lag]

    def _planned_anew(self, view: View) -> list[Route]:
        start = Route(view.at, view.now, self._attended | self._of_others(view.officer))
        ends = min(view.now + AHEAD, view.ends)
        later = self._routes[view.officer].later(self._search.minutes)
        taken = self._walks_of_others(view.officer, {o: plan[-1] for o, plan in self._plans.items() if plan})
        return self._search.best(start, Wish(NARROW, ends, later, taken, view.offered)).legs()

    def _of_others(self, officer: int) -> Cars:
        return reduce(or_, (cars for other, cars in self._found.items() if other != officer), 0)

    def _walks_of_others(self, officer: int, routes: Mapping[int, Route]) -> list[Walk]:
        return [walk for other, route in routes.items() if other != officer for walk in route.walks()]


def _can_be_kept(leg: Route, view: View) -> bool:
    set_out = leg.before
    as_planned = set_out is not None and (set_out.kerb, set_out.now) == (view.at, view.now)
    return as_planned and (leg.waited or leg.kerb in view.offered)
