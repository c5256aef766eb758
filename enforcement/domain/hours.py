"""Controlled hours: when a restriction is in force, as instants.

Hours are wall-clock and durations are elapsed time. An instant is controlled if and only if the
clock on the wall then shows a time within the hours, also in the hour that autumn repeats and around
the one that spring leaves out. Only hours that are certainly open count (`unknown` ones don't).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from .expressions import BadHours, Calendar, check_hours, event_names, parsed, public_holidays

__all__ = [
    "HORIZON",
    "BadHours",
    "Calendar",
    "ControlledHours",
    "Span",
    "check_hours",
    "event_names",
    "public_holidays",
]

HORIZON = timedelta(days=8)  # weekly hours come round within it
Span = tuple[datetime, datetime]

_STEP = timedelta(days=10)  # no zone changes its clocks twice within it
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ControlledHours:
    """An `opening_hours` expression, the zone of its clock and the special days of its authority.

    Its methods raise BadHours for an expression that `check_hours` would refuse, and for event days
    that the calendar lacks. They take aware times and give aware UTC.
    """

    expression: str
    zone: ZoneInfo
    calendar: Calendar

    def intervals(self, start: datetime, end: datetime) -> list[Span]:
        """The controlled parts of [start, end), in order; none are empty and none touch."""
        return _merged(
            (begin - offset, finish - offset)
            for first, last, offset in _steady_spans(start.astimezone(UTC), end.astimezone(UTC), self.zone)
            for begin, finish in self._by_the_wall(first + offset, last + offset)
        )

    def controlled(self, at: datetime) -> bool:
        """Do the hours run at this instant?"""
        wall = at.astimezone(self.zone).replace(tzinfo=None, fold=0)
        return self._parsed(wall, wall).is_open(wall)

    def add(self, start: datetime, period: timedelta, *, carried: bool = False) -> datetime | None:
        """When a car that arrived at `start` has used up the permitted period; None if not in 8 days.

        In the motorist's favour the period must fit into one controlled interval, and starts afresh
        with the next one; `carried`, where the order says so, adds controlled time up across them. A
        period of zero is used up at the first controlled instant.
        """
        used = timedelta()
        for begin, end in self.intervals(start, start + HORIZON):
            if begin + period - used <= end:
                return begin + period - used
            if carried:
                used += end - begin
        return None

    def end_of(self, at: datetime) -> datetime | None:
        """The end of the controlled interval around `at`.

        None if `at` is not controlled, or if the hours run on for more than 8 days (as 24/7 does).
        """
        horizon = at.astimezone(UTC) + HORIZON
        spans = self.intervals(at, horizon)
        return spans[0][1] if spans and spans[0][0] == at and spans[0][1] < horizon else None

    def _by_the_wall(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The open spans between two UTC times that have been shifted to show the wall's clock."""
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
        for begin, finish, state, _ in self._parsed(start, end).intervals(start, end):
            if state == State.OPEN:
                yield begin.replace(tzinfo=UTC), finish.replace(tzinfo=UTC)

    def _parsed(self, start: datetime, end: datetime) -> OpeningHours:
        return parsed(self.expression, self.calendar, start.year, end.year)


def _steady_spans(
    start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """[start, end) in pieces within which the zone keeps one offset from UTC, and that offset."""
    while start < end:
        offset, stop = _offset(start, zone), min(start + _STEP, end)
        if _offset(stop, zone) != offset:
            stop = _change(start, stop, zone)
        yield start, stop, offset
        start = stop


def _change(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The whole second at which the zone's offset changes between two times that differ in it."""
    start = start.replace(microsecond=0)
    before, seconds = _offset(start, zone), ceil((end - start) / _SECOND)
    after = bisect_left(range(seconds), True, key=lambda n: _offset(start + n * _SECOND, zone) != before)
    return start + after * _SECOND


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # a ZoneInfo always knows
    return offset


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, without the empty ones, joined where they touch."""
    merged: list[Span] = []
    for begin, end in spans:
        if merged and merged[-1][1] == begin:
            merged[-1] = (merged[-1][0], end)
        elif begin < end:
            merged.append((begin, end))
    return merged
