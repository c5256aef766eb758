"""How often nothing was there when an officer came, and how surely that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from .outcomes import RULES, Outcome

CONFIDENCE = 0.95
ENOUGH_VISITS = 5

# Of these nobody knows whether a car stood there: the officer never saw, or wrote down something else.
SAY_NOTHING = frozenset(
    {
        Outcome.CANNOT_BE_REACHED,
        Outcome.UNSAFE,
        Outcome.WELFARE_CONCERN,
        Outcome.INCIDENT,
        Outcome.SIGNS_DEFECTIVE,
    }
)
FALSE_ALARMS = frozenset(outcome for outcome, rule in RULES.items() if rule.false_alarm)
COUNTED = frozenset(Outcome) - SAY_NOTHING


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """Of so many visits to a bay, to so many in vain: the share, and between which shares it surely lies.

    `suspect`: even the low end is above the share of all bays together, so it is hardly by chance.
    """

    bay_id: UUID
    visits: int
    in_vain: int
    share: float
    low: float
    high: float
    suspect: bool


@lru_cache(maxsize=4096)
def interval(in_vain: int, visits: int) -> tuple[float, float]:
    """Between which shares (0 to 1) the true one lies, with 95 % confidence; (0, 1) without a visit.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    if visits == 0:
        return 0.0, 1.0
    from scipy.stats import binomtest  # slow to load, and no other step of a web process needs it

    found = binomtest(in_vain, visits).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def worst_first(
    counts: Iterable[tuple[UUID, int, int]], enough: int = ENOUGH_VISITS
) -> Sequence[FalseAlarms]:
    """The bays with enough visits, of all that were counted (bay, visits, in vain): the surely bad first."""
    counts = list(counts)
    visits, in_vain = sum(v for _, v, _ in counts), sum(n for _, _, n in counts)
    usual = in_vain / visits if visits else 0.0
    judged = [_judged(*each, usual) for each in counts if each[1] >= enough]
    return sorted(judged, key=lambda each: (-each.low, -each.share, str(each.bay_id)))


def _judged(bay_id: UUID, visits: int, in_vain: int, usual: float) -> FalseAlarms:
    low, high = interval(in_vain, visits)
    return FalseAlarms(bay_id, visits, in_vain, in_vain / visits, low, high, low > usual)
