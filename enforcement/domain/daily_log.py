"""The log of a shift, in lines that a person reads before they sign: what was done, and nothing that was missed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from uuid import UUID
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
    """One thing that the journal knows of the shift. As far as there is one: `place` is the bay's street and
    reference, `about` whose entry it is, `notice` the number of the notice that was served."""

    at: datetime
    kind: str
    facts: Mapping[str, Any]
    place: str | None = None
    about: UUID | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """Whose shift it was, and when; `ended_at` None while it goes on."""

    authority: str
    officer: str
    shift_id: str
    started_at: datetime
    ended_at: datetime | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Counts:
    """A shift in numbers: tasks attended, notices served, tasks called off, cars that its officer raised, breaks."""

    attended: int
    notices: int
    called_off: int
    raised: int
    breaks: int
    break_minutes: int


AT_THE_CAR = frozenset({"task.arrive", "task.sight", "task.close", "task.look_again", "task.noted"})


def counts(done: Iterable[Done]) -> Counts:
    """Each task once, however often it was seen. A break that goes on counts, but not its minutes yet."""
    entries = sorted(done, key=lambda each: each.at)
    breaks = [each for each in entries if each.kind == f"shift.{ShiftState.BREAK}"]
    return Counts(
        attended=len({each.about for each in entries if each.kind in AT_THE_CAR}),
        notices=sum(each.facts.get("outcome") == Outcome.NOTICE_SERVED for each in _tasks(entries, "close")),
        called_off=sum(each.facts.get("why") != SHIFT_ENDED for each in _tasks(entries, "withdraw")),
        raised=len(_tasks(entries, "found")),
        breaks=len(breaks),
        break_minutes=_rested(entries) // timedelta(minutes=1),
    )


def _tasks(entries: Sequence[Done], event: str) -> list[Done]:
    return [each for each in entries if each.kind == f"task.{event}"]


def _rested(entries: Sequence[Done]) -> timedelta:
    states = [each for each in entries if each.kind.startswith("shift.") and each.kind != BRIEFED]
    rests = [after.at - now.at for now, after in pairwise(states) if now.kind == f"shift.{ShiftState.BREAK}"]
    return sum(rests, timedelta())


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
    done = sorted(done, key=lambda each: each.at)
    lines = [
        "Daily log",
        f"Authority: {shift.authority}",
        f"Officer: {shift.officer}",
        f"Shift: {shift.shift_id}",
        f"Began: {_time(shift.started_at, shift.zone)}",
        f"Ended: {_time(shift.ended_at, shift.zone) if shift.ended_at else 'not yet'}",
        f"Times: {shift.zone.key}",
        _in_numbers(counts(done)),
        "",
        *[_line(each, shift.zone) for each in done],
    ]
    return "".join(f"{shortened(line, LONGEST_LINE)}\n" for line in lines)


def _in_numbers(number: Counts) -> str:
    return (
        f"In numbers: attended {number.attended}, notices {number.notices}, called off {number.called_off}, "
        f"raised {number.raised}, breaks {number.breaks} ({number.break_minutes} min)"
    )


def signed(log: str, name: str, sha256: str, at: datetime, zone: ZoneInfo) -> str:
    """The log with its officer's word under it."""
    word = f"Signed by its officer as “{name}”, {_time(at, zone)}; SHA-256 of the lines above: {sha256}"
    return f"{log}\n{shortened(word, 2 * LONGEST_LINE)}\n"


def _line(done: Done, zone: ZoneInfo) -> str:
    place = f" · {done.place}" if done.place else ""
    radio = " · by radio" if done.facts.get("radio") else ""
    notice = f", number {done.notice}" if done.notice else ""
    return f"{_time(done.at, zone)} {WORDS[done.kind](done.facts)}{notice}{place}{radio}"


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"
