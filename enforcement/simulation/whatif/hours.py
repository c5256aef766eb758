"""When officers are out: the hours of a day by the council's clock, and the days that are walked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...domain.hours import ControlledHours

SECOND = timedelta(seconds=1)
A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Hours:
    """From and until when officers are out, in seconds by the clock on the wall."""

    starts: int = 7 * 3600
    ends: int = 19 * 3600

    @property
    def words(self) -> str:
        return f"{_clock(self.starts)} to {_clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which officers are out from `begins` to `ends`; `starts` is what the clock then shows, in seconds.

    Seconds of the day are counted on from there, so that a day has as many as really pass, also when the
    clocks change.
    """

    day: date
    starts: int
    begins: datetime
    ends: datetime

    def second(self, at: datetime) -> int:
        """Rounded down; below `starts` for what was before, and below 0 for the day before."""
        return self.starts + (at - self.begins) // SECOND


def days_of(first: date, last: date, hours: Hours, zone: ZoneInfo) -> list[Day]:
    """Every day from the first to the last."""
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    return [
        Day(day, hours.starts, _instant(day, hours.starts, zone), _instant(day, hours.ends, zone))
        for day in days
    ]


def controlled(days: Sequence[Day], in_force: Iterable[ControlledHours]) -> list[Day]:
    """The days on which anything is controlled while officers are out."""
    hours = list(in_force)
    return [day for day in days if any(each.intervals(day.begins, day.ends) for each in hours)]


def _instant(day: date, second: int, zone: ZoneInfo) -> datetime:
    if second == A_DAY:
        return _instant(day + timedelta(days=1), 0, zone)
    at = time(second // 3600, second // 60 % 60)
    return datetime.combine(day, at, zone).astimezone(UTC)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}"
