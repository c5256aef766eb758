"""What the map shows at a bay."""

from datetime import timedelta
from typing import Any

import pytest

from enforcement.domain.marks import Mark, Seen, Work, mark

from ..builders import at

CAME, OVER, LAWFUL, ENDS = at("09:00"), at("11:00"), at("11:11"), at("18:30")


def car(**more: Any) -> Seen:
    """A car that came at nine and may stay two hours."""
    return Seen("occupied", arrived_at=CAME, **more)


def work(**more: Any) -> Work:
    return Work(OVER, LAWFUL, **more)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("10:50", (Mark.OCCUPIED, CAME)),  # somebody is to look at it while it is within its time
        ("11:00", (Mark.OVER, OVER)),
        ("11:10", (Mark.OVER, OVER)),
        ("11:11", (Mark.LAWFUL, LAWFUL)),
        ("18:29", (Mark.LAWFUL, LAWFUL)),
        ("18:30", (Mark.OCCUPIED, CAME)),  # the controlled hours are over
    ],
)
def test_a_car_is_there_then_over_then_a_penalty_is_lawful_until_the_hours_end(clock, expected):
    assert mark(car(work=[work(lawful_until=ENDS)]), at(clock)) == expected


def test_a_car_that_nobody_has_to_see_any_more_is_a_car_in_a_bay():
    assert mark(car(), at("17:00")) == (Mark.OCCUPIED, CAME)


def test_a_free_bay_is_free_since_its_last_car_left():
    left = at("10:30")
    assert mark(Seen("free", arrived_at=CAME, departed_at=left), at("11:00")) == (Mark.FREE, left)
    assert mark(Seen("free"), at("11:00")) == (Mark.FREE, None)


def test_a_car_may_have_left_while_its_task_stands():
    gone = at("11:20")
    seen = Seen("free", arrived_at=CAME, departed_at=gone, work=[work(may_have_left_at=gone)])
    assert mark(seen, at("11:20:10")) == (Mark.MAY_HAVE_LEFT, gone)


def test_of_a_silent_sensor_nothing_is_believed():
    silent = at("12:00")
    assert mark(car(work=[work()], unknown_at=silent), at("12:01")) == (Mark.UNKNOWN, silent)
    assert mark(Seen(None), at("12:01")) == (Mark.UNKNOWN, None)


@pytest.mark.parametrize("seen", [Seen("free"), Seen(None), Seen("occupied", unknown_at=at("08:00"))])
def test_a_suspended_bay_without_a_known_car_is_suspended(seen):
    since = at("07:00")
    suspended = Seen(seen.state, seen.unknown_at, suspended_from=since)
    assert mark(suspended, at("09:00")) == (Mark.SUSPENDED, since)


def test_in_a_suspended_bay_a_car_is_what_counts():
    since = at("07:00")
    assert mark(car(suspended_from=since), at("10:00")) == (Mark.OCCUPIED, CAME)
    at_once = Work(CAME, CAME)
    assert mark(car(suspended_from=since, work=[at_once]), CAME + timedelta(minutes=1)) == (Mark.LAWFUL, CAME)


@pytest.mark.parametrize("sensor", [Seen(None), Seen("free"), Seen("occupied", unknown_at=at("08:00"))])
def test_an_officer_who_saw_a_car_is_believed_whatever_the_sensor_says(sensor):
    seen = Seen(sensor.state, sensor.unknown_at, work=[work(seen_at=at("10:55"))])
    assert mark(seen, at("10:56")) == (Mark.OCCUPIED, at("10:55"))
    assert mark(seen, at("11:00")) == (Mark.OVER, OVER)
    assert mark(seen, at("11:20")) == (Mark.LAWFUL, LAWFUL)


def test_of_two_tasks_about_one_car_the_more_pressing_counts():
    later = Work(at("11:15"), at("11:26"))
    assert mark(car(work=[later, work()]), at("11:12")) == (Mark.LAWFUL, LAWFUL)
    assert mark(car(work=[later, work()]), at("11:05")) == (Mark.OVER, OVER)
