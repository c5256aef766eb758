"""What came of the two patrols, and how certain it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import nan
from statistics import fmean

import numpy as np
from scipy.special import stdtrit

from ..dispatch.figures import Estimate
from .history import History, Place
from .patrols import BLANKET, OURS, Patrol, Tell, patrol, streets_of, there, visits_by_street
from .stops import Stops

SURE = 0.95
A_FIFTH = 0.2


@dataclass(frozen=True)
class Figures:
    """Two patrols of the same days. Streets are in the order of their overstays, most first."""

    history: History
    stops: Stops
    too_far: tuple[Place, ...]
    officers: int
    attendance_minutes: float
    blanket: Patrol
    ours: Patrol

    @property
    def patrols(self) -> tuple[Patrol, Patrol]:
        return self.blanket, self.ours

    @cached_property
    def overstays(self) -> int:
        """That were there at some moment while officers were out."""
        return len(self._there)

    @cached_property
    def _there(self) -> frozenset[int]:
        return there(self.history, self.stops)

    def a_day(self, patrol: Patrol) -> float:
        """Attended on the mean day."""
        return fmean(patrol.attended)

    def share(self, patrol: Patrol) -> float:
        """Of all overstays, 0 to 1, to which an officer came; 0 where there were none."""
        return sum(patrol.attended) / max(self.overstays, 1)

    def within(self, patrol: Patrol, share: float) -> float:
        """Minutes within which an officer came to this share of those in `patrol.minutes`; NaN where none are."""
        return float(np.quantile(patrol.minutes, share)) if patrol.minutes else nan

    def in_vain(self, patrol: Patrol) -> float:
        """Of all walks to a stop, 0 to 1, those that led to nothing."""
        return patrol.in_vain / max(patrol.walks, 1)

    def km(self, patrol: Patrol) -> float:
        """Walked by each officer on a day."""
        return patrol.walked_km / len(self.history.days) / self.officers

    @cached_property
    def more(self) -> Estimate:
        """How many more we attended on a day: the difference day by day."""
        days = zip(self.ours.attended, self.blanket.attended, strict=True)
        return Estimate.of([ours - theirs for ours, theirs in days])

    @cached_property
    def most_likely(self) -> tuple[float, float]:
        """Between which the mean difference of many such days lies, with a chance of `SURE`; NaN for one day."""
        days = len(self.history.days)
        if days < 2:
            return nan, nan
        reach = float(stdtrit(days - 1, (1 + SURE) / 2)) * self.more.error
        return self.more.mean - reach, self.more.mean + reach

    @property
    def days_ahead(self) -> int:
        """On how many days we attended more."""
        return sum(a > b for a, b in zip(self.ours.attended, self.blanket.attended, strict=True))

    @cached_property
    def streets(self) -> tuple[str, ...]:
        over = self.overstays_by_street
        return tuple(
            sorted({stop.street for stop in self.stops.stops}, key=lambda name: (-over.get(name, 0), name))
        )

    @cached_property
    def overstays_by_street(self) -> Mapping[str, int]:
        return streets_of(self._there, self.history, self.stops)

    @cached_property
    def visits_by_street(self) -> Mapping[str, Mapping[str, int]]:
        """By patrol."""
        return {each.name: visits_by_street(each, self.stops) for each in self.patrols}

    @cached_property
    def reached_by_street(self) -> Mapping[str, Mapping[str, int]]:
        """By patrol."""
        return {
            each.name: streets_of(
                [who.overstay for day in each.reached for who in day], self.history, self.stops
            )
            for each in self.patrols
        }

    def visits_a_day(self, patrol: Patrol) -> list[float]:
        """Street by street."""
        visits = self.visits_by_street[patrol.name]
        return [visits[street] / len(self.history.days) for street in self.streets]

    def never_seen(self, patrol: Patrol) -> list[str]:
        """The streets to which no officer came."""
        return [street for street in self.streets if not self.visits_by_street[patrol.name][street]]

    def share_in_quiet_streets(self, patrol: Patrol) -> float:
        """`share` in the half of the streets that had fewest overstays."""
        quiet = self.streets[len(self.streets) // 2 :]
        reached = self.reached_by_street[patrol.name]
        there = sum(self.overstays_by_street.get(street, 0) for street in quiet)
        return sum(reached.get(street, 0) for street in quiet) / max(there, 1)

    def left_alone(self, patrol: Patrol) -> list[str]:
        """The streets that had overstays, and no officer came to any of them."""
        reached = self.reached_by_street[patrol.name]
        return [
            street
            for street in self.streets
            if self.overstays_by_street.get(street) and not reached.get(street)
        ]


def evenness(visits: Sequence[float]) -> float:
    """1 if all streets had the same, towards 0 the more a few of them had it all (1 − the Gini coefficient)."""
    total = sum(visits)
    if not total:
        return 1.0
    running = accumulate(sorted(visits))
    return (2 * sum(running) / total - 1) / len(visits)


def share_of_the_busiest(visits: Sequence[float]) -> float:
    """The share of all visits that went to the fifth of the streets that had most, 0 to 1."""
    fifth = max(1, round(A_FIFTH * len(visits)))
    return sum(sorted(visits)[-fifth:]) / max(sum(visits), 1e-9)


def figures_of(
    history: History,
    stops: Stops,
    too_far: Sequence[Place],
    *,
    officers: int,
    attendance_minutes: float,
    tell: Tell,
) -> Figures:
    """Walk both patrols. Takes seconds to minutes."""
    seconds = round(attendance_minutes * 60)
    blanket, ours = (patrol(history, stops, name, officers, seconds, tell) for name in (BLANKET, OURS))
    return Figures(history, stops, tuple(too_far), officers, attendance_minutes, blanket, ours)
