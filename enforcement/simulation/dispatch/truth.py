"""A day as it really was: known to the world that plays it, and to the clairvoyant."""

from dataclasses import dataclass
from datetime import date

from ..recorded_day import RecordedArea
from .rules import GRACE, Rules
from .streets import Streets


@dataclass(frozen=True, slots=True)
class Car:
    """A car that overstays; seconds after local midnight. It is gone at `leaves`.

    `period_ends`: where a penalty is lawful from `over_from`, the permitted time ended a grace earlier.
    """

    number: int
    bay: str
    kerb: int
    arrives: int
    over_from: int
    leaves: int

    @property
    def period_ends(self) -> int:
        return self.over_from - GRACE

    def is_over_at(self, now: int) -> bool:
        return self.over_from <= now < self.leaves


def cars_of(area: RecordedArea, streets: Streets, day: date) -> tuple[Car, ...]:
    """The overstaying cars of a day, in the order in which their overstays begin."""
    return tuple(
        Car(
            number,
            each.bay,
            streets.kerb_of[each.bay],
            each.arr_min * 60,
            each.vio_min * 60,
            each.dep_min * 60,
        )
        for number, each in enumerate(area.on(day))
    )


def present(cars: tuple[Car, ...], rules: Rules) -> int:
    """How many were overstaying at some moment of the working day."""
    return sum(car.over_from < rules.ends and car.leaves > rules.starts for car in cars)
