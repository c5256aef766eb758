"""A day as it really was: known to the world that plays it, and to the clairvoyant."""

from dataclasses import dataclass
from datetime import date

from ..recorded_day import RecordedArea
from .rules import Rules
from .streets import Streets


@dataclass(frozen=True, slots=True)
class Car:
    """A car; seconds after local midnight. It is gone at `leaves`; if that is not after `over_from`, in time."""

    number: int
    bay: str
    kerb: int
    arrives: int
    over_from: int
    leaves: int

    @property
    def overstays(self) -> bool:
        return self.leaves > self.over_from

    def is_there_at(self, now: int) -> bool:
        return self.arrives <= now < self.leaves

    def is_over_at(self, now: int) -> bool:
        return self.over_from <= now < self.leaves


def cars_of(area: RecordedArea, streets: Streets, day: date) -> tuple[Car, ...]:
    """The cars of a day: those that overstay in the order in which they begin to, then others that are known."""
    in_time = [each for each in area.in_time or () if each.day == day]
    return tuple(
        Car(
            number,
            each.bay,
            streets.kerb_of[each.bay],
            each.arr_min * 60,
            each.vio_min * 60,
            each.dep_min * 60,
        )
        for number, each in enumerate([*area.on(day), *in_time])
    )


def present(cars: tuple[Car, ...], rules: Rules) -> int:
    """How many were overstaying at some moment of the working day."""
    return sum(car.overstays and car.over_from < rules.ends and car.leaves > rules.starts for car in cars)
