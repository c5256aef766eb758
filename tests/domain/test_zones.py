"""When a patrol area is active."""

from datetime import date
from zoneinfo import ZoneInfo

from enforcement.domain.hours import Calendar, ControlledHours
from enforcement.domain.zones import Activity, activity, next_opening

from ..builders import at

LONDON = ZoneInfo("Europe/London")


def hours(expression: str) -> ControlledHours:
    return ControlledHours(expression, LONDON, Calendar(frozenset({date(2026, 8, 31)})))


SHOPS = hours("Mo-Sa 08:00-18:30; PH off")


def test_a_zone_without_times_is_always_active():
    assert activity(None, at("03:00")) == Activity(active=True)


def test_within_its_times_it_is_active_until_they_end():
    assert activity(SHOPS, at("08:00")) == Activity(active=True, changes_at=at("18:30"))
    assert activity(SHOPS, at("18:29")) == Activity(active=True, changes_at=at("18:30"))


def test_outside_them_it_says_from_when_it_is_active_again():
    assert activity(SHOPS, at("18:30")) == Activity(active=False, changes_at=at("08:00", "2026-06-30"))
    saturday_night, monday = at("20:00", "2026-07-04"), at("08:00", "2026-07-06")
    assert activity(SHOPS, saturday_night) == Activity(active=False, changes_at=monday)


def test_on_a_bank_holiday_it_rests():
    assert activity(SHOPS, at("12:00", "2026-08-31")) == Activity(
        active=False, changes_at=at("08:00", "2026-09-01")
    )


def test_a_season_is_found_months_ahead():
    assert activity(hours("Sep-Oct 10:00-16:00"), at("12:00")).changes_at == at("10:00", "2026-09-01")


def test_times_that_never_change_name_no_change():
    assert activity(hours("24/7"), at("12:00")) == Activity(active=True)
    assert activity(hours("2020 Jan 1"), at("12:00")) == Activity(active=False)


def test_the_next_opening_is_the_first_of_those_that_rest_now():
    evening, night = hours("Mo-Su 17:00-20:00"), hours("Mo-Su 22:00-23:00")
    assert next_opening([SHOPS, night, evening], at("12:00")) == at("17:00")
    assert next_opening([SHOPS], at("12:00")) is None, "it is active"
    assert next_opening([], at("12:00")) is None
