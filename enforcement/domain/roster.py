"""Who works when: a planned time, on another day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Span:
    """A time of work, from its first moment to the last; both aware."""

    begins: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        """Would somebody have to be at both? One may begin when the other ends."""
        return self.begins < other.ends and self.ends > other.begins


def on_day(span: Span, day: date, zone: ZoneInfo) -> Span:
    """The same hours by the clock on the wall, begun on this day: an hour shorter or longer where clocks change."""
    days = day - span.begins.astimezone(zone).date()
    return Span(_moved(span.begins, days, zone), _moved(span.ends, days, zone))


def _moved(at: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    there = at.astimezone(zone)
    return datetime.combine(there.date() + days, there.time(), zone)
