"""The ant colony of Shao et al. (2017): routes for the next ten minutes, laid by ants, the best one walked."""

import numpy as np
from numpy.typing import NDArray

from .view import Setting, View

STAYS = 1800.0  # seconds: a car is taken to be there still with exp(−(walk + overstay) / STAYS)
HORIZON = 600  # seconds of a route
ANTS, ROUNDS = 20, 140  # about the published tenth of a second on one core, counted so that a seed is enough
EVAPORATES = 0.2
PHEROMONE_POWER, CHANCE_POWER = 1.0, 2.0

Floats = NDArray[np.float64]


class AntColony:
    """Every ant walks to one shown car's kerb after the other until the horizon; trails of good routes last."""

    def __init__(self, setting: Setting) -> None:
        self._streets = setting.streets

    def decide(self, view: View) -> int | None:
        kerbs = sorted({car.kerb for car in view.within_reach})
        if len(kerbs) < 2:
            return kerbs[0] if kerbs else None
        colony = _Colony(self._walks(view.at, kerbs), _youngest(view, kerbs), view.random.getrandbits(64))
        return kerbs[colony.first_of_best()]

    def _walks(self, at: int, kerbs: list[int]) -> NDArray:
        """Seconds between the kerbs; the last row is from where the officer stands."""
        return self._streets.seconds[np.ix_([*kerbs, at], kerbs)]


def _youngest(view: View, kerbs: list[int]) -> NDArray:
    """The overstay so far of the latest car at each kerb, seconds."""
    place = {kerb: i for i, kerb in enumerate(kerbs)}
    over = np.full(len(kerbs), np.inf)
    for car in view.within_reach:
        over[place[car.kerb]] = min(over[place[car.kerb]], view.now - car.over_since)
    return over


class _Colony:
    def __init__(self, walks: NDArray, over: NDArray, seed: int) -> None:
        self._walks, self._over = walks, over
        self._random = np.random.default_rng(seed)
        self._wanted = np.exp(-(walks + over) / STAYS) ** CHANCE_POWER
        self._trail = np.ones(walks.shape)

    def first_of_best(self) -> int:
        best: tuple[float, list[int]] = (-1.0, [])
        for _ in range(ROUNDS):
            routes = [self._route() for _ in range(ANTS)]
            best = max([best, *routes], key=lambda each: each[0])
            self._trail *= 1 - EVAPORATES
            for worth, route in [*routes, best]:
                self._trail[[len(self._over), *route[:-1]], route] += worth / (1 + best[0])
        return best[1][0]

    def _route(self) -> tuple[float, list[int]]:
        """What an ant expects to find, and its way; the first step is made however far it is."""
        here, after, worth = len(self._over), 0.0, 0.0
        route: list[int] = []
        left = np.ones(len(self._over))
        while True:
            pull = self._trail[here] ** PHEROMONE_POWER * self._wanted[here] * left
            if route:
                pull = pull * (after + self._walks[here] <= HORIZON)
            total = pull.cumsum()
            if total[-1] <= 0:
                return worth, route
            there = int(np.searchsorted(total[:-1], self._random.random() * total[-1], side="right"))
            after += float(self._walks[here, there])
            worth += float(np.exp(-(after + self._over[there]) / STAYS))
            route.append(there)
            left[there] = 0
            here = there
