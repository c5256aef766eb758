"""What an officer raises at the kerb: from when a penalty could be lawful where only they saw the car."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from .hours import HORIZON
from .overstays import Overstay, Restriction, Suspension, by_the_clock
from .policy import EnforcementPolicy, Reason, presence_only
from .refusals import Invalid

SHIFT_ENDED = "The shift ended."  # why a case that is open then ends
PERIOD_ENDED = frozenset({"05", "30", "80", "82"})
"""Codes that say by themselves that a permitted period, paid or free, is over."""


def clock_of(
    first_seen: datetime,
    code: str,
    suffix: str,
    rule: Restriction | None,
    policy: EnforcementPolicy,
    suspensions: Sequence[Suspension] = (),
) -> Overstay:
    """The clock of a case that began when its officer first saw the car. `rule` is that of the bay, if it is one.

    Where the code is that of a permitted period of this bay, the first look counts as the arrival: nobody knows
    how long the car had stood, and the doubt is the motorist's. Where it says that some other period is over, grace
    counts from the first look. All else is seen with one's own eyes, and lawful from then on.
    Raises Invalid where no stay from then on can be too long.
    """
    if rule and turns_on_time(code, rule):
        return _run_out(first_seen, suffix, rule, policy, suspensions)
    known_otherwise = rule is not None and rule.code == code
    if code in PERIOD_ENDED and not known_otherwise:
        lawful_from = first_seen + policy.until_lawful(Reason.PERIOD_ENDED)
        return Overstay(first_seen, lawful_from, None, code, suffix, Reason.PERIOD_ENDED)
    return Overstay(first_seen, first_seen, None, code, suffix, Reason.OTHER)


def turns_on_time(code: str, rule: Restriction) -> bool:
    """Is it for this bay's own permitted period that the code is raised?"""
    return rule.code == code and rule.reason is Reason.PERIOD_ENDED and not presence_only(code, rule.reason)


def _run_out(
    first_seen: datetime,
    suffix: str,
    rule: Restriction,
    policy: EnforcementPolicy,
    suspensions: Sequence[Suspension],
) -> Overstay:
    over = by_the_clock(first_seen, rule, policy, suspensions, None, first_seen + HORIZON)
    first = next(iter(over), None)
    if first is None:
        words = "By the hours of this bay no stay from now on can be too long."
        raise Invalid.at("/code", words)
    return replace(first, suffix=suffix)
