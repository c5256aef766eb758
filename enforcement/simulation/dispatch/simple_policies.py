"""The policies of the literature that look no farther than the next walk, and the patrol without sensors."""

from collections import defaultdict

import numpy as np

from .survival import Survival
from .tour import short_tour
from .view import Setting, Shown, View


class Blanket:
    """Round and round a short closed tour past all kerbs, whatever the sensors show.

    Several officers follow each other at equal distances: the day begins with a walk to one's place.
    """

    def __init__(self, setting: Setting) -> None:
        seconds = setting.streets.seconds
        self._tour = short_tour(seconds)
        self._place = {kerb: place for place, kerb in enumerate(self._tour)}
        self._after = np.cumsum([0, *seconds[self._tour[:-1], self._tour[1:]].tolist()])
        self._round = int(self._after[-1] + seconds[self._tour[-1], self._tour[0]])

    def decide(self, view: View) -> int | None:
        place = self._first_place(view) if view.now == view.starts else self._place[view.at] + 1
        onward = (self._tour[(place + i) % len(self._tour)] for i in range(len(self._tour)))
        return next((kerb for kerb in onward if kerb in view.offered), None)

    def _first_place(self, view: View) -> int:
        return int(np.searchsorted(self._after, self._round * view.officer / view.officers, side="right"))


class Nearest:
    """The shortest walk."""

    def __init__(self, setting: Setting) -> None:
        self._streets = setting.streets

    def decide(self, view: View) -> int | None:
        walk = self._streets.seconds[view.at]
        return min({car.kerb for car in view.within_reach}, key=lambda kerb: (walk[kerb], kerb), default=None)


class Greedy:
    """The smallest sum of overstay and walk: the car likeliest to be there still if overstays were of
    exponential length (Shao et al. 2017)."""

    def __init__(self, setting: Setting) -> None:
        self._streets = setting.streets

    def decide(self, view: View) -> int | None:
        walk = self._streets.seconds[view.at]

        def cost(car: Shown) -> tuple[int, int]:
            return int(walk[car.kerb]) + view.now - car.over_since, car.kerb

        car = min(view.within_reach, key=cost, default=None)
        return None if car is None else car.kerb


class Probability:
    """The kerb with the car that is the likeliest to be there on arrival."""

    def __init__(self, setting: Setting) -> None:
        self._expected = _Expected(setting)

    def decide(self, view: View) -> int | None:
        chances = self._expected.chances(view)
        return _best({kerb: max(each) for kerb, each in chances.items()})


class ProbabilityPerMinute:
    """The kerb with the most cars expected on arrival, for each minute of the walk."""

    def __init__(self, setting: Setting) -> None:
        self._streets, self._expected = setting.streets, _Expected(setting)

    def decide(self, view: View) -> int | None:
        walk = self._streets.seconds[view.at]
        chances = self._expected.chances(view)
        return _best({kerb: sum(each) / float(walk[kerb]) for kerb, each in chances.items()})


class _Expected:
    def __init__(self, setting: Setting) -> None:
        self._streets, self._seen = setting.streets, setting.departures_seen
        self._survival = Survival(setting.past, setting.streets)

    def chances(self, view: View) -> dict[int, list[float]]:
        """By kerb, the chances of the cars there to be there on arrival, since they were last known to be."""
        cars = view.within_reach
        over = np.array([view.now - car.over_since for car in cars])
        walks = self._streets.seconds[view.at, [car.kerb for car in cars]] if cars else np.array([])
        known, ahead = (over, walks) if self._seen else (np.zeros(len(cars)), over + walks)
        paces = np.array([self._survival.pace(view.day, car.bay, car.over_since) for car in cars])
        found = defaultdict(list)
        for car, chance in zip(cars, self._survival.chances(known, ahead, paces).tolist(), strict=True):
            found[car.kerb].append(chance)
        return found


def _best(worth: dict[int, float]) -> int | None:
    return max(worth, key=lambda kerb: (worth[kerb], -kerb), default=None)
