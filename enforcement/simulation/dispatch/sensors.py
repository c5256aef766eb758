"""What the sensors show of a day: every car at once, and what is left out when they fail or can't see."""

from collections.abc import Collection, Mapping, Sequence
from random import Random

from .rules import Rules
from .truth import Car
from .view import Shown


class Sensors:
    """One bay, one car shown at most: the last one that was reported. Reports are lost by chance, by `random`.

    A car is reported when it arrives if `arrivals_known`, else when its overstay begins. What was known when the
    day began is right.
    """

    def __init__(self, cars: Sequence[Car], rules: Rules, random: Random, *, arrivals_known: bool) -> None:
        self._arrivals_known = arrivals_known
        seen = [car for car in cars if arrivals_known or car.overstays]
        self._shown = {car.bay: car for car in seen if self._known_from(car) <= rules.starts < car.leaves}
        self._reports = sorted(self._reported(seen, rules, random), reverse=True)  # the next one last
        self._cars = {car.number: car for car in seen}

    def shown(self, now: int, looked: Mapping[int, Collection[int]]) -> tuple[Shown, ...]:
        """The cars shown, by when their overstays begin. `looked`: by car, the officers who saw it in time."""
        self._until(now)
        cars = sorted(self._shown.values(), key=lambda car: (car.over_from, car.bay))
        return tuple(self._as_shown(car, tuple(looked.get(car.number, ()))) for car in cars)

    def clear(self, car: Car) -> None:
        """An officer has attended this car, or seen that it is gone."""
        if self._shown.get(car.bay) is car:
            del self._shown[car.bay]

    def at(self, kerb: int, now: int) -> list[Car]:
        """The cars shown at a kerb."""
        self._until(now)
        return [car for car in self._shown.values() if car.kerb == kerb]

    def _until(self, now: int) -> None:
        while self._reports and self._reports[-1][0] <= now:
            _, begins, number = self._reports.pop()
            car = self._cars[number]
            if begins:
                self._shown[car.bay] = car
            else:
                self.clear(car)

    def _as_shown(self, car: Car, looked_by: tuple[int, ...]) -> Shown:
        arrived = car.arrives if self._arrivals_known else None
        return Shown(car.bay, car.kerb, car.over_from, arrived, looked_by)

    def _known_from(self, car: Car) -> int:
        return car.arrives if self._arrivals_known else car.over_from

    def _reported(self, cars: Sequence[Car], rules: Rules, random: Random) -> list[tuple[int, bool, int]]:
        """(when, whether a car is there from now on, its number); at the same second departures come first."""
        reports = []
        for car in cars:
            begin_arrives, end_arrives = random.random() >= rules.lost, random.random() >= rules.lost
            if self._known_from(car) > rules.starts and begin_arrives:
                reports.append((self._known_from(car), True, car.number))
            if car.leaves > rules.starts and end_arrives and rules.departures_shown:
                reports.append((car.leaves, False, car.number))
        return reports
