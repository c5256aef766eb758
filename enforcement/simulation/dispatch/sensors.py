"""What the sensors show of a day: every overstay at once, and what is left out when they fail or can't see."""

from collections.abc import Sequence
from random import Random

from .rules import Rules
from .truth import Car
from .view import Shown


class Sensors:
    """One bay, one car shown at most: the last one that was reported. Reports are lost by chance, by `random`.

    What was known when the day began is right.
    """

    def __init__(self, cars: Sequence[Car], rules: Rules, random: Random) -> None:
        self._shown = {car.bay: car for car in cars if car.is_over_at(rules.starts)}
        self._reports = sorted(_reports(cars, rules, random), reverse=True)  # the next one last
        self._cars = cars

    def shown(self, now: int) -> tuple[Shown, ...]:
        """The cars shown as overstaying, in the order in which they began to."""
        while self._reports and self._reports[-1][0] <= now:
            _, begins, number = self._reports.pop()
            self._report(self._cars[number], begins)
        cars = sorted(self._shown.values(), key=lambda car: car.number)
        return tuple(Shown(car.bay, car.kerb, car.over_from) for car in cars)

    def clear(self, car: Car) -> None:
        """An officer has attended this car, or seen that it is gone."""
        if self._shown.get(car.bay) is car:
            del self._shown[car.bay]

    def at(self, kerb: int, now: int) -> list[Car]:
        """The cars shown at a kerb."""
        self.shown(now)
        return [car for car in self._shown.values() if car.kerb == kerb]

    def _report(self, car: Car, begins: bool) -> None:
        if begins:
            self._shown[car.bay] = car
        else:
            self.clear(car)


def _reports(cars: Sequence[Car], rules: Rules, random: Random) -> list[tuple[int, bool, int]]:
    """(when, whether an overstay begins, the car's number); at the same second departures come first."""
    reports = []
    for car in cars:
        begin_arrives, end_arrives = random.random() >= rules.lost, random.random() >= rules.lost
        if car.over_from > rules.starts and begin_arrives:
            reports.append((car.over_from, True, car.number))
        if car.leaves > rules.starts and end_arrives and rules.departures_shown:
            reports.append((car.leaves, False, car.number))
    return reports
