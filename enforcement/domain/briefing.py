"""What an officer is told before going out: of which days, and a sum by which what was read is known again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Day:
    """The days of a shift, by the authority's calendar, and when they begin and end. A night shift has two."""

    first: date
    last: date
    begins: datetime
    ends: datetime

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def day_of(planned_from: datetime, planned_to: datetime, zone: ZoneInfo) -> Day:
    """The days from the one on which a shift begins to the one on which it ends."""
    first = planned_from.astimezone(zone).date()
    last = (planned_to - timedelta(microseconds=1)).astimezone(zone).date()
    begins, ends = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + timedelta(days=1))
    )
    return Day(first, last, begins, ends)


def digest(told: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of what is told: the same things in the same order give the same sum, whenever it is made."""
    return sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()
