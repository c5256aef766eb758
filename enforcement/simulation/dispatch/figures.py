"""What comes of a measurement: figures by policy, differences by day, and the JSON that lets anyone recompute."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import isnan, nan, sqrt
from statistics import fmean, stdev
from typing import Any

from .rules import Rules
from .world import Played


@dataclass(frozen=True, slots=True)
class Run:
    """One policy with so many officers, day by day. `present`: the day's overstays in working hours."""

    policy: str
    officers: int
    played: tuple[Played, ...]
    present: tuple[int, ...]

    @property
    def attended(self) -> tuple[int, ...]:
        return tuple(len(day.attended_at) for day in self.played)

    @property
    def pairs(self) -> tuple[int, ...]:
        return tuple(day.pairs for day in self.played)

    @property
    def share(self) -> float:
        """Of the overstays of all days, 0 to 1; 0 where there were none."""
        return sum(self.attended) / max(sum(self.present), 1)

    @property
    def ms_per_decision(self) -> float:
        decisions = sum(day.decisions for day in self.played)
        return 1000 * sum(day.thinking_seconds for day in self.played) / max(decisions, 1)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over days and its standard error, NaN for a single day."""

    mean: float
    error: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Estimate":
        error = stdev(values) / sqrt(len(values)) if len(values) > 1 else nan
        return cls(fmean(values), error)

    def words(self, sign: str = "") -> str:
        mean = f"{self.mean:{sign}.1f}"
        return mean if isnan(self.error) else f"{mean} ± {self.error:.1f}"


def ahead_of(run: Run, other: Run) -> Estimate:
    """How many more a policy attended a day than another: the paired difference."""
    return Estimate.of([ours - theirs for ours, theirs in zip(run.attended, other.attended, strict=True)])


@dataclass(frozen=True, slots=True)
class Report:
    """A whole measurement. `arrivals_known`: first looks could be counted, so pairs are."""

    area: str
    days: tuple[date, ...]
    fit_days: tuple[date, ...]
    runs: tuple[Run, ...]
    rules: Rules
    seed: int
    arrivals_known: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "days": [_written(day) for day in self.days],
            "fit_days": [_written(day) for day in self.fit_days],
            "profile": self.rules.profile,
            "rules": {name: value for name, value in asdict(self.rules).items() if name != "profile"},
            "seed": self.seed,
            "runs": [self._run_as_json(run) for run in self.runs],
        }

    def _run_as_json(self, run: Run) -> dict[str, Any]:
        figures = {
            "policy": run.policy,
            "officers": run.officers,
            "attended": list(run.attended),
            "present": list(run.present),
            "ms_per_decision": round(run.ms_per_decision, 3),
        }
        return figures | ({"pairs": list(run.pairs)} if self.arrivals_known else {})

    def lines(self) -> Iterator[str]:
        """For a terminal: one block for each number of officers."""
        yield f"{self.area}: {_days(self.days)} measured; learned from {_days(self.fit_days)}; {self.rules.words}"
        for officers in dict.fromkeys(run.officers for run in self.runs):
            yield from self._block([run for run in self.runs if run.officers == officers])

    def _block(self, runs: Sequence[Run]) -> Iterator[str]:
        blanket = next((run for run in runs if run.policy == "blanket"), None)
        ours = next((run for run in runs if run.policy == "openpatrol"), None)
        yield ""
        yield of_officers(runs[0].officers)
        yield f"{'':24}{'attended/day':>16}{'share':>8}{'× blanket':>11}{'ms/decision':>13}  openpatrol ahead by"
        for run in runs:
            attended = Estimate.of(run.attended)
            times = attended.mean / fmean(blanket.attended) if blanket and any(blanket.attended) else nan
            ahead = ahead_of(ours, run).words("+") if ours and run is not ours else ""
            pairs = f"  pairs/day {fmean(run.pairs):.1f}" if self.arrivals_known else ""
            yield (
                f"{run.policy:24}{attended.words():>16}{run.share:>8.1%}{times:>11.2f}"
                f"{run.ms_per_decision:>13.2f}  {ahead}{pairs}"
            )


def of_officers(number: int) -> str:
    return "1 officer" if number == 1 else f"{number} officers"


def _written(day: date) -> str:
    """As in the recording's own files."""
    return f"{day:%Y%m%d}"


def _days(days: Sequence[date]) -> str:
    if not days:
        return "no days"
    return f"{len(days)} {'day' if len(days) == 1 else 'days'} ({days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d})"
