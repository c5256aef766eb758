"""Two hours of patrol under each policy: `rolling` has the rules, this the figures."""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from .harness import Beside, Figure, Figures, Tell, at_least, at_most, case
from .rolling.trials import POLICIES, Trial, ahead_of, trials

SEEDS = (0, 1, 2)
PROCESSES = 2
TINY = {"officers": 3, "seeds": (0, 1), "hours": 0.1, "cars_a_minute": 5.0, "processes": 1}
QUICK = [policy for policy in POLICIES if policy != "vroom"]  # as which it takes minutes


@case("rolling-10", "rolling-10-in-vain", "rolling-10-shown", tiny=TINY)
def ten(tell: Tell, officers: int = 10, **sizes: Any) -> Figures:
    """Many more cars than can be attended."""
    yield from _evenings("rolling-10", tell, officers, **sizes)


@case("rolling-50", "rolling-50-in-vain", "rolling-50-shown", tiny=TINY)
def fifty(tell: Tell, officers: int = 50, **sizes: Any) -> Figures:
    yield from _evenings("rolling-50", tell, officers, **sizes)


@case("rolling-100", "rolling-100-in-vain", "rolling-100-shown", tiny=TINY)
def hundred(tell: Tell, officers: int = 100, **sizes: Any) -> Figures:
    """Nearly as many officers as there is work for."""
    yield from _evenings("rolling-100", tell, officers, **sizes)


def _evenings(
    name: str,
    tell: Tell,
    officers: int,
    seeds: Sequence[int] = SEEDS,
    processes: int = PROCESSES,
    **sizes: Any,
) -> Figures:
    """By how much we are ahead of whoever comes closest, and our walks in vain beside the fewest of the others.

    `-shown`: by how much we are ahead where the sensors show departures at once (without VROOM, for its time).
    """
    tell(f"{len(seeds)} evenings of {officers} officers: {', '.join(POLICIES)}")
    ours, *others = trials(POLICIES, officers, seeds, processes, **sizes)
    yield Figure(name, _lead(ours, others), "%", None, at_least(0), _beside(ours, others))
    fewest = min(fmean(each.in_vain) for each in others)
    yield Figure(f"{name}-in-vain", fmean(ours.in_vain), "walks", None, at_most(fewest))
    tell("the same with departures shown")
    ours, *others = trials(QUICK, officers, seeds, processes, departures_shown=True, **sizes)
    yield Figure(f"{name}-shown", _lead(ours, others), "%", None, None, _beside(ours, others))


def _lead(ours: Trial, others: Sequence[Trial]) -> float:
    return min(ahead_of(ours, each).mean for each in others)


def _beside(ours: Trial, others: Sequence[Trial]) -> Beside:
    return {each.policy: _numbers(each, ours) for each in (ours, *others)}


def _numbers(each: Trial, ours: Trial) -> dict[str, float | None]:
    ahead = ahead_of(ours, each)
    return {
        "value": fmean(each.value),
        "attended": fmean(each.attended),
        "in vain": fmean(each.in_vain),
        "ms a plan": each.ms_a_plan,
        "ours ahead by %": ahead.mean if each is not ours else None,
        "±": ahead.error if each is not ours else None,
    }
