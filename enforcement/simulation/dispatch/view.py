"""What a policy is shown, and what it answers. Times are seconds after local midnight."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol

from .ground import Ground
from .past import Past
from .rules import period_ends


@dataclass(frozen=True, slots=True)
class Shown:
    """A car that the sensors show. `over_since` lies ahead while it is still within its time.

    `arrived`: None where arrivals are not known. `looked_by`: the officers who saw it within its permitted
    time; a second look by one of them, once it is over, completes a pair.
    """

    bay: str
    kerb: int
    over_since: int
    arrived: int | None = None
    looked_by: tuple[int, ...] = ()

    @property
    def period_ends(self) -> int:
        """From now on a first look is too late."""
        return period_ends(self.over_since)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another officer: where they are going, and when they should be there."""

    officer: int
    target: int
    free_at: int


@dataclass(frozen=True, slots=True)
class View:
    """The moment of a decision, as the officer's control room sees it. Nothing in it lies in the future.

    `shown`: the cars that are over. `parked`: those that are within their time still, known only where
    arrivals are (never in a recording of overstays). `offered`: the kerbs that may be named, nobody else's
    target among them.
    """

    day: date
    now: int
    starts: int
    ends: int
    officer: int
    officers: int
    at: int
    shown: tuple[Shown, ...]
    offered: frozenset[int]
    colleagues: tuple[Colleague, ...]
    random: Random
    parked: tuple[Shown, ...] = ()

    @property
    def within_reach(self) -> tuple[Shown, ...]:
        """The cars that are over, at offered kerbs."""
        return tuple(car for car in self.shown if car.kerb in self.offered)


class Policy(Protocol):
    """Who goes where, one decision at a time."""

    def decide(self, view: View) -> int | None:
        """An offered kerb to walk to, or None: wait a minute."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a policy is built from: the streets, the days that are over, seconds spent on each car.

    Where `departures_seen` is False a shown car may have left unseen: it was there when its overstay began.
    """

    streets: Ground
    past: Past
    service_seconds: int = 0
    departures_seen: bool = True


Build = Callable[[Setting], Policy]
