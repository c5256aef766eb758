"""The log of a shift, in lines that a person reads before they sign: what was done, and nothing that was missed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from .found import SHIFT_ENDED
from .notices import ALERTS, shortened
from .outcomes import RULES, Outcome
from .safety import AlertKind
from .tasks import ON_DUTY, ShiftState

LONGEST_LINE = 300  # bytes
BRIEFED = "shift.briefed"  # of the shift that it is for, also if it was done before
Words = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that the journal knows of the shift; `place` is the bay's street and reference, if it has one."""

    at: datetime
    kind: str
    facts: Mapping[str, Any]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """Whose shift it was, and when; `ended_at` None while it goes on."""

    authority: str
    officer: str
    shift_id: str
    started_at: datetime
    ended_at: datetime | None
    zone: ZoneInfo


def _closed(facts: Mapping[str, Any]) -> str:
    return f"Closed: {RULES[Outcome(facts['outcome'])].words}"


def _alarm(facts: Mapping[str, Any]) -> str:
    return f"Alert: {ALERTS[AlertKind(facts['alert'])]}"


def _now(state: ShiftState) -> Words:
    return lambda _: f"Now: {state.value.replace('_', ' ')}"


def _briefed(facts: Mapping[str, Any]) -> str:
    faults = facts.get("faults", 0)
    return f"Briefing read; equipment: {f'{faults} not in order' if faults else 'in order'}"


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        **{f"shift.{state.value}": _now(state) for state in ON_DUTY},
        BRIEFED: _briefed,
        "shift.ended": lambda _: "Shift ended",
        "task.found": lambda facts: f"Raised: code {facts['code']}",
        "task.accept": lambda _: "Accepted",
        "assignment.answered": lambda _: "Accepted",
        "task.noted": lambda facts: f"Found: {RULES[Outcome(facts['outcome'])].words}",
        "task.decline": lambda facts: f"Declined: {str(facts.get('reason', '')).replace('_', ' ')}",
        "task.arrive": lambda _: "Arrived",
        "task.sight": lambda _: "Sighting recorded",
        "task.look_again": lambda _: "To be looked at again later",
        "task.close": _closed,
        "task.release": lambda _: "Given back at the end of the shift",
        "task.freeze": lambda _: "Called back: unsafe there",
        "task.withdraw": lambda facts: (
            "Left open at the end of the shift" if facts.get("why") == SHIFT_ENDED else "Called off"
        ),
        "alert.raised": _alarm,
        "alert.taken-back": lambda _: "SOS taken back",
    }
)
"""The kinds of entries that a log tells of. An offer that was not answered is none of them, on purpose."""


def text(shift: ShiftFacts, done: Iterable[Done]) -> str:
    """The log, line by line, in the authority's time. The same entries make the same text."""
    lines = [
        "Daily log",
        f"Authority: {shift.authority}",
        f"Officer: {shift.officer}",
        f"Shift: {shift.shift_id}",
        f"Began: {_time(shift.started_at, shift.zone)}",
        f"Ended: {_time(shift.ended_at, shift.zone) if shift.ended_at else 'not yet'}",
        f"Times: {shift.zone.key}",
        "",
        *[_line(each, shift.zone) for each in sorted(done, key=lambda each: each.at)],
    ]
    return "".join(f"{shortened(line, LONGEST_LINE)}\n" for line in lines)


def signed(log: str, name: str, sha256: str, at: datetime, zone: ZoneInfo) -> str:
    """The log with its officer's word under it."""
    word = f"Signed by its officer as “{name}”, {_time(at, zone)}; SHA-256 of the lines above: {sha256}"
    return f"{log}\n{shortened(word, 2 * LONGEST_LINE)}\n"


def _line(done: Done, zone: ZoneInfo) -> str:
    place = f" · {done.place}" if done.place else ""
    radio = " · by radio" if done.facts.get("radio") else ""
    return f"{_time(done.at, zone)} {WORDS[done.kind](done.facts)}{place}{radio}"


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"
