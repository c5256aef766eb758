"""Written hours as days to look at: what they come to in the weeks ahead, by the clock on the wall. Reads only."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ..adapters.tables import Authority
from ..domain.expressions import Calendar, holiday_names
from ..domain.hours import ControlledHours, check_hours
from ..domain.refusals import about
from ..pipeline.rules import rules_of

DAY = timedelta(days=1)
END_OF_DAY = "24:00"


def weeks_ahead(session: Session, expression: str, days: int, now: datetime) -> list[dict[str, Any]]:
    """From today on, each day with its holiday, its events and its spans, as `from` and `until` of the wall's clock.

    Raises BadHours at /hours for an expression that can't be used here.
    """
    rules = rules_of(session, now)
    with about("/hours"):
        check_hours(expression, rules.calendar)
    first = now.astimezone(rules.zone).date()
    hours = ControlledHours(expression, rules.zone, rules.calendar)
    holidays = _holidays(session, first, days)
    return [
        {
            "day": day,
            "holiday": holidays.get(day),
            "events": _events(rules.calendar, day),
            "spans": list(_spans(hours, day, rules.zone)),
        }
        for day in (first + number * DAY for number in range(days))
    ]


def _holidays(session: Session, first: date, days: int) -> dict[date, str]:
    authority = session.get_one(Authority, session.info["authority_id"])
    years = {first.year, (first + days * DAY).year}
    return dict(holiday_names(authority.country, authority.subdivision, years))


def _events(calendar: Calendar, day: date) -> list[str]:
    return sorted(name for name, dates in calendar.events.items() if day in dates)


def _spans(hours: ControlledHours, day: date, zone: ZoneInfo) -> Iterator[dict[str, str]]:
    begins, ends = (datetime.combine(each, time(), zone) for each in (day, day + DAY))
    for start, end in hours.intervals(begins, ends):
        shown = END_OF_DAY if end >= ends else _clock(end, zone)
        yield {"from": _clock(start, zone), "until": shown}


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")
