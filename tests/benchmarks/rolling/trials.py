"""Policies beside each other: the same evenings for all, and their differences evening by evening."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from statistics import fmean
from typing import Any

from enforcement.simulation.dispatch.figures import Estimate

from .by_vroom import Vroom
from .evening import CARS_A_MINUTE, HOURS, evening
from .patrol import Patrol, Played, Policy
from .policies import Assignment, NearestFirst, OpenPatrol

OURS = "openpatrol"
POLICIES: Mapping[str, Callable[[], Policy]] = {
    OURS: OpenPatrol,
    "nearest-first": NearestFirst,
    "assignment": Assignment,
    "vroom": Vroom,
}

COLUMNS = (
    "officers",
    "policy",
    "value",
    "attended",
    "gone on arrival",
    "cut short",
    "ms a plan",
    "slowest",
    "ours ahead by",
    "walks saved",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One policy with so many officers, evening by evening."""

    policy: str
    officers: int
    played: tuple[Played, ...]

    @property
    def value(self) -> list[float]:
        return [each.value for each in self.played]

    @property
    def attended(self) -> list[int]:
        return [each.attended for each in self.played]

    @property
    def in_vain(self) -> list[int]:
        """Walks to a car that was gone on arrival, or left while an officer was on the way."""
        return [each.wasted + each.cut_short for each in self.played]

    @property
    def ms_a_plan(self) -> float:
        thinking = self.thinking
        return 1000 * fmean(thinking) if thinking else 0.0

    @property
    def thinking(self) -> list[float]:
        """Seconds, by plan, of all evenings."""
        return [seconds for each in self.played for seconds in each.thinking]


def trial(
    policy: str,
    officers: int,
    seeds: Sequence[int],
    departures_shown: bool = False,
    hours: float = HOURS,
    cars_a_minute: float = CARS_A_MINUTE,
) -> Trial:
    """Play the evenings of these seeds."""
    evenings = (evening(seed, officers, hours, cars_a_minute) for seed in seeds)
    played = (Patrol(each, POLICIES[policy](), departures_shown).play() for each in evenings)
    return Trial(policy, officers, tuple(played))


def trials(
    policies: Iterable[str], officers: int, seeds: Sequence[int], processes: int, **conditions: Any
) -> Iterator[Trial]:
    """The trials of several policies in their order, an evening at a time in each process."""
    running = {
        policy: [_pool(processes).submit(trial, policy, officers, [seed], **conditions) for seed in seeds]
        for policy in policies
    }
    for policy, evenings in running.items():
        played = (one for each in evenings for one in each.result().played)
        yield Trial(policy, officers, tuple(played))


@cache
def _pool(processes: int) -> ProcessPoolExecutor:
    """Kept for the next: such a process takes seconds to start."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def ahead_of(ours: Trial, other: Trial) -> Estimate:
    """By how many per cent of its value we caught more than another, evening by evening."""
    pairs = zip(ours.value, other.value, strict=True)
    return Estimate.of([100 * (mine / theirs - 1) for mine, theirs in pairs])


def walks_saved(ours: Trial, other: Trial) -> Estimate:
    """How many fewer walks in vain we made, evening by evening."""
    pairs = zip(ours.in_vain, other.in_vain, strict=True)
    return Estimate.of([float(theirs - mine) for mine, theirs in pairs])


def heading() -> Iterator[str]:
    """Of a table in Markdown."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"


def row(each: Trial, trials: Sequence[Trial]) -> str:
    """A trial, and by how much ours, if it is among these, is ahead of it."""
    ours = next((one for one in trials if (one.policy, one.officers) == (OURS, each.officers)), None)
    return f"| {' | '.join(_cells(each, ours))} |"


def _cells(each: Trial, ours: Trial | None) -> Iterator[str]:
    played = each.played
    yield str(each.officers)
    yield each.policy
    yield Estimate.of(each.value).words()
    yield f"{fmean(each.attended):.1f}"
    yield f"{fmean(one.wasted for one in played):.1f}"
    yield f"{fmean(one.cut_short for one in played):.1f}"
    yield f"{each.ms_a_plan:.1f}"
    yield f"{1000 * max(each.thinking, default=0.0):.0f}"
    rival = ours is not None and ours is not each
    yield f"{ahead_of(ours, each).words('+')} %" if rival else ""
    yield walks_saved(ours, each).words("+") if rival else ""
