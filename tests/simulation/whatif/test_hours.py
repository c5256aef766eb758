"""When officers are out: by the clock on the wall, in seconds that really pass."""

from datetime import date, timedelta

import pytest

from enforcement.domain.hours import Calendar, ControlledHours
from enforcement.simulation.whatif.hours import A_DAY, Hours, controlled, days_of

from .towns import LONDON, MONDAY, local

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (MONDAY, 24)])
def test_a_whole_day_has_as_many_hours_as_pass(day, hours):
    [whole] = days_of(day, day, Hours(0, A_DAY), LONDON)
    assert whole.ends - whole.begins == timedelta(hours=hours)
    assert whole.second(whole.ends) == hours * 3600


@pytest.mark.parametrize("day", [SPRING, AUTUMN, MONDAY])
def test_a_working_day_begins_at_seven_by_the_wall_on_every_day(day):
    [working] = days_of(day, day, Hours(), LONDON)
    assert working.begins == local("07:00", day)
    assert (working.second(local("07:00", day)), working.second(local("18:30", day))) == (
        7 * 3600,
        18.5 * 3600,
    )


def test_what_was_before_has_smaller_seconds():
    [day] = days_of(MONDAY, MONDAY, Hours(), LONDON)
    assert day.second(local("19:00", MONDAY - timedelta(days=1))) == -5 * 3600


def test_days_on_which_nothing_is_controlled_then_are_left_out():
    week = days_of(MONDAY, MONDAY + timedelta(days=6), Hours(), LONDON)
    weekdays = ControlledHours("Mo-Fr 08:00-18:00", LONDON, Calendar(frozenset(), {}))
    evenings = ControlledHours("Sa-Su 19:00-22:00", LONDON, Calendar(frozenset(), {}))
    assert [day.day.isoweekday() for day in controlled(week, [weekdays, evenings])] == [1, 2, 3, 4, 5]
