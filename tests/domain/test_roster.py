"""A planned time on another day is the same by the clock on the wall."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from enforcement.domain.roster import Span, on_day

LONDON = ZoneInfo("Europe/London")


def span(begins: str, ends: str) -> Span:
    """A time by the clock in London, as the database has it."""
    there = (datetime.fromisoformat(each).replace(tzinfo=LONDON) for each in (begins, ends))
    return Span(*(each.astimezone(UTC) for each in there))


def utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="minutes").removesuffix("+00:00")


@pytest.mark.parametrize(
    ("begins", "ends", "day", "there"),
    [
        ("2026-06-29T08:00", "2026-06-29T16:00", date(2026, 7, 6), ("2026-07-06T07:00", "2026-07-06T15:00")),
        ("2026-03-27T08:00", "2026-03-27T16:00", date(2026, 4, 3), ("2026-04-03T07:00", "2026-04-03T15:00")),
        ("2026-03-21T22:00", "2026-03-22T06:00", date(2026, 3, 28), ("2026-03-28T22:00", "2026-03-29T05:00")),
        ("2026-10-17T22:00", "2026-10-18T06:00", date(2026, 10, 24), ("2026-10-24T21:00", "2026-10-25T06:00")),
    ],
    ids=["a week on", "over the change of clocks", "the short night", "the long night"],
)  # fmt: skip
def test_the_hours_are_those_of_the_clock_on_the_wall(begins, ends, day, there):
    moved = on_day(span(begins, ends), day, LONDON)
    assert (utc(moved.begins), utc(moved.ends)) == there


def test_one_may_begin_when_the_other_ends():
    early = span("2026-06-29T08:00", "2026-06-29T12:00")
    assert not early.meets(span("2026-06-29T12:00", "2026-06-29T16:00"))
    assert early.meets(span("2026-06-29T11:59", "2026-06-29T16:00"))
