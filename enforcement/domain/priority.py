"""How urgent is a task? Harm and likelihood, never revenue, with the reasons in plain words."""

from dataclasses import astuple, dataclass
from math import exp

HARM: dict[str, tuple[float, str]] = {
    # what a car over its time does to others there (0 to 1), and how to say so
    "suspended": (1.0, "in a suspended bay"),
    "bus-stop": (1.0, "blocks a bus stop"),
    "school": (1.0, "blocks a school entrance"),
    "loading": (0.8, "blocks a loading bay"),
    "taxi": (0.6, "blocks a taxi rank"),
    "charging": (0.5, "blocks a charging place"),
    "car-club": (0.5, "blocks a car club place"),
    "permit": (0.4, "in a permit holders' place"),
    "limited-waiting": (0.3, ""),
    "paid": (0.3, ""),
    "disabled": (0.0, ""),  # a badge-holder's place with a car in it is what it is for
}
USUAL_HARM = (0.3, "")

MOST_URGENT = 100.0  # as a supervisor's word makes a task
PUT_FIRST = "the desk asks for this first"

_OVER_MINUTES = 60.0  # at this much over, the time over counts for 63 % of its weight
_WAIT_MINUTES = 30.0  # a task that has waited so long counts its waiting in full
_REPEATS = 3  # more repeats than this add nothing
_SOON_MINUTES = 15.0  # a task that turns lawful later than this is discounted in full
_ORDINALS = {1: "second", 2: "third", 3: "fourth", 4: "fifth"}


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; `WEIGHT_BOUNDS` are the bounds of each.

    `harm`, `over`, `waiting` and `repeats` are shares of one whole. `likelihood` is how far the chance
    that the car has gone lowers the score (1: in proportion), `early` how far not being lawful yet
    does, `unchecked` how far unchecked rights do.
    """

    harm: float = 4.0
    over: float = 3.0
    waiting: float = 2.0
    repeats: float = 1.0
    likelihood: float = 1.0
    early: float = 0.5
    unchecked: float = 0.1


WEIGHT_BOUNDS: dict[str, tuple[float, float]] = {
    "harm": (0.1, 10.0),
    "over": (0.0, 10.0),
    "waiting": (0.0, 10.0),
    "repeats": (0.0, 2.0),
    "likelihood": (0.0, 1.0),
    "early": (0.0, 1.0),
    "unchecked": (0.0, 0.5),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a task. Times are in minutes, `chance_still_there` is 0 to 1 on arrival.

    `bay_class` is a key of HARM (an unknown one counts as usual harm; a suspended bay is "suspended",
    whatever it is otherwise); `repeats_at_bay` counts earlier overstays there within seven days;
    `minutes_to_lawful` is zero or less once a penalty would be lawful.
    """

    minutes_over: float
    bay_class: str
    chance_still_there: float
    minutes_waiting: float = 0.0
    repeats_at_bay: int = 0
    minutes_to_lawful: float = 0.0
    rights_checked: bool = True


@dataclass(frozen=True, slots=True)
class Priority:
    """`score` from 0 to 100, and the reasons for it, the weightiest kind first."""

    score: float
    reasons: tuple[str, ...]


def priority(facts: Facts, weights: Weights) -> Priority:
    """How urgent a task is. The score rises with harm, time over, waiting, repeats and likelihood."""
    shares = astuple(weights)[:4]
    urgency = sum(share * part for share, part in zip(shares, _parts(facts), strict=True)) / sum(shares)
    kept = (
        (1 - weights.likelihood * (1 - _unit(facts.chance_still_there)))
        * (1 - weights.early * _unit(facts.minutes_to_lawful / _SOON_MINUTES))
        * (1 if facts.rights_checked else 1 - weights.unchecked)
    )
    return Priority(score=100 * _unit(urgency * kept), reasons=tuple(filter(None, _reasons(facts))))


def _parts(facts: Facts) -> tuple[float, float, float, float]:
    """Harm, time over, waiting and repeats, each from 0 to 1."""
    return (
        HARM.get(facts.bay_class, USUAL_HARM)[0],
        1 - exp(-max(facts.minutes_over, 0.0) / _OVER_MINUTES),
        _unit(facts.minutes_waiting / _WAIT_MINUTES),
        _unit(facts.repeats_at_bay / _REPEATS),
    )


def _reasons(facts: Facts) -> tuple[str, ...]:
    return (
        HARM.get(facts.bay_class, USUAL_HARM)[1],
        _likelihood(facts.chance_still_there),
        f"lawful in {facts.minutes_to_lawful:.0f} min" if facts.minutes_to_lawful >= 1 else "",
        _repeated(facts.repeats_at_bay),
        f"waiting {facts.minutes_waiting:.0f} min for an officer" if facts.minutes_waiting >= 5 else "",
        "" if facts.rights_checked else "rights not checked",
    )


def _likelihood(chance: float) -> str:
    if chance >= 0.8:
        return "likely still there"
    return "may be gone on arrival" if chance < 0.5 else ""


def _repeated(repeats: int) -> str:
    if repeats < 1:
        return ""
    times = _ORDINALS.get(repeats)
    return f"{times} time here this week" if times else f"{repeats + 1} times here this week"


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
