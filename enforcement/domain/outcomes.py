"""How a visit ended: the words for it, what must be said with it, and what follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from .refusals import Invalid

LOOK_AGAIN_MINUTES = range(1, 121)
REFERENCE_LENGTH = 100
RIGHTS = ("permit", "payment", "badge")
RIGHTS_FOR_THE_STAY = ("permit", "badge")  # a payment runs out


class Outcome(StrEnum):
    """What the officer found or did."""

    NOTICE_SERVED = "notice_served"
    DROVE_AWAY_BEFORE_PREPARATION = "drove_away_before_preparation"
    DROVE_AWAY_AFTER_PREPARATION = "drove_away_after_preparation"
    PREVENTED = "prevented"
    GONE_ON_ARRIVAL = "gone_on_arrival"
    ADVISED_AND_MOVED = "advised_and_moved"
    WITHIN_TIME = "within_time"
    NO_CONTRAVENTION = "no_contravention"
    PATROLLED = "patrolled"
    RIGHT_SEEN = "right_seen"
    LOADING_LOOK_AGAIN = "loading_look_again"
    BROKEN_DOWN = "broken_down"
    BAY_EMPTY_SENSOR_WRONG = "bay_empty_sensor_wrong"
    SIGNS_DEFECTIVE = "signs_defective"
    CANNOT_BE_REACHED = "cannot_be_reached"
    UNSAFE = "unsafe"
    WELFARE_CONCERN = "welfare_concern"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows. `closes_stay`: no further task for this stay.

    `look_again_minutes`: the task waits so long instead of closing; without them, one that does not close waits
    until a notice could be lawful. `freezes_area`: nobody is sent there
    until a supervisor releases it. `corrects_sensor`: the journal counts it against the bay's sensor, whose next
    report is believed again. `goes_on`: it was about one car; a standing patrol looks on while its window lasts.
    """

    closes_task: bool = True
    closes_stay: bool = False
    pauses_bay: bool = False
    look_again_minutes: int | None = None
    corrects_sensor: bool = False
    freezes_area: bool = False
    tells_supervisor: bool = False
    goes_on: bool = False


class Cause(StrEnum):
    """What sent the officer there."""

    STAY = "stay"
    PATROL = "patrol"
    FOUND = "found"  # nothing did: the officer raised it themselves


ALL = frozenset(Cause)


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One row of the table: `needs` names the fields of `details` that must come with the outcome.

    `causes`: at what it can be said.
    """

    words: str
    needs: tuple[str, ...] = ()
    effect: Effect = Effect()
    false_alarm: bool = False
    causes: frozenset[Cause] = ALL


_A_CAR = Effect(goes_on=True)
_STAY, _PATROL, _FOUND = (frozenset({cause}) for cause in Cause)

RULES: Mapping[Outcome, OutcomeRule] = MappingProxyType(
    {
        Outcome.NOTICE_SERVED: OutcomeRule("Notice served", effect=Effect(closes_stay=True, goes_on=True)),
        Outcome.DROVE_AWAY_BEFORE_PREPARATION: OutcomeRule(
            "Drove away before I began the notice", effect=_A_CAR
        ),
        Outcome.DROVE_AWAY_AFTER_PREPARATION: OutcomeRule(
            "Drove away after I began the notice", needs=("preparation_began_at",), effect=_A_CAR
        ),
        Outcome.PREVENTED: OutcomeRule(
            "Prevented from serving", effect=Effect(tells_supervisor=True, goes_on=True)
        ),
        Outcome.GONE_ON_ARRIVAL: OutcomeRule("Gone when I arrived", false_alarm=True, causes=_STAY),
        Outcome.ADVISED_AND_MOVED: OutcomeRule("Advised and moved", effect=_A_CAR),
        Outcome.WITHIN_TIME: OutcomeRule("Within its time after all", causes=_STAY | _FOUND),
        Outcome.NO_CONTRAVENTION: OutcomeRule(
            "No contravention after all, or raised by mistake", causes=_FOUND
        ),
        Outcome.PATROLLED: OutcomeRule("Patrolled: nothing found, or nothing more", causes=_PATROL),
        Outcome.RIGHT_SEEN: OutcomeRule("Permit, payment or badge seen", needs=("which",), effect=_A_CAR),
        Outcome.LOADING_LOOK_AGAIN: OutcomeRule(
            "Loading: look again later", needs=("minutes",), effect=Effect(closes_task=False)
        ),
        Outcome.BROKEN_DOWN: OutcomeRule("Broken down", effect=Effect(closes_stay=True, goes_on=True)),
        Outcome.BAY_EMPTY_SENSOR_WRONG: OutcomeRule(
            "Bay empty: the sensor is wrong",
            effect=Effect(corrects_sensor=True, closes_stay=True),
            false_alarm=True,
            causes=_STAY,
        ),
        Outcome.SIGNS_DEFECTIVE: OutcomeRule(
            "Signs or lines defective", effect=Effect(pauses_bay=True, tells_supervisor=True)
        ),
        Outcome.CANNOT_BE_REACHED: OutcomeRule("Cannot be reached"),
        Outcome.UNSAFE: OutcomeRule("Unsafe here", effect=Effect(freezes_area=True, tells_supervisor=True)),
        Outcome.WELFARE_CONCERN: OutcomeRule("Worried about someone", effect=Effect(tells_supervisor=True)),
        Outcome.INCIDENT: OutcomeRule("Incident", needs=("reference",), effect=Effect(tells_supervisor=True)),
    }
)


def check(outcome: Outcome, details: Mapping[str, Any], cause: Cause = Cause.STAY) -> None:
    """Raise Invalid for an outcome that can't be said of this cause; also for each field of `details` that it
    needs and that is missing or wrong, by its name."""
    if cause not in RULES[outcome].causes:
        words = f"“{RULES[outcome].words}” can't be said {_CAUSES[cause]}."
        raise Invalid.at("/outcome", words)
    errors = [
        {"pointer": f"/details/{field}", "detail": words}
        for field in RULES[outcome].needs
        for right, words in [_FIELDS[field]]
        if not right(details.get(field))
    ]
    if errors:
        raise Invalid(" ".join(error["detail"] for error in errors), errors=errors)


def effect(outcome: Outcome, details: Mapping[str, Any], *, early: bool = False) -> Effect:
    """What follows from the outcome with these (checked) details.

    `early`: recorded before the overstay began. Of a car within its time that says nothing about later, so
    the task stays.
    """
    following = RULES[outcome].effect
    if outcome is Outcome.RIGHT_SEEN:
        return replace(following, closes_stay=details["which"] in RIGHTS_FOR_THE_STAY)
    if outcome is Outcome.WITHIN_TIME and early:
        return replace(following, closes_task=False)
    if outcome is Outcome.LOADING_LOOK_AGAIN:
        return replace(following, look_again_minutes=details["minutes"])
    return following


_CAUSES = MappingProxyType(
    {
        Cause.STAY: "of a car that a sensor reported",
        Cause.PATROL: "of a standing patrol",
        Cause.FOUND: "of what an officer raised themselves",
    }
)


def _is_minutes(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in LOOK_AGAIN_MINUTES


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= REFERENCE_LENGTH


_FIELDS: Mapping[str, tuple[Callable[[object], bool], str]] = MappingProxyType(
    {
        "which": (lambda value: value in RIGHTS, "Say which was seen: permit, payment or badge."),
        "minutes": (_is_minutes, f"Say in how many minutes to look again: 1 to {LOOK_AGAIN_MINUTES[-1]}."),
        "preparation_began_at": (
            lambda value: isinstance(value, datetime),
            "Say when you began to prepare the notice.",
        ),
        "reference": (_is_reference, f"Give the incident's reference, up to {REFERENCE_LENGTH} characters."),
    }
)
