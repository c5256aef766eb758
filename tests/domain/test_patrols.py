"""When a standing patrol is asked for."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from enforcement.domain.hours import Calendar, ControlledHours
from enforcement.domain.patrols import Term, check_terms, check_windows, next_window
from enforcement.domain.refusals import Invalid

from ..builders import at

LONDON = ZoneInfo("Europe/London")
AUGUST_HOLIDAY = date(2026, 8, 31)


def hours(expression: str, **events: list[date]) -> ControlledHours:
    calendar = Calendar(frozenset({AUGUST_HOLIDAY}), {name: frozenset(days) for name, days in events.items()})
    return ControlledHours(expression, LONDON, calendar)


SCHOOL = hours("Mo-Fr 08:15-09:15; PH off")


def test_the_next_window_is_that_of_the_next_school_morning():
    friday_noon = at("12:00", "2026-07-03")
    assert next_window(SCHOOL, [], friday_noon) == (at("08:15", "2026-07-06"), at("09:15", "2026-07-06"))


def test_of_a_window_that_is_open_the_rest_is_left():
    assert next_window(SCHOOL, [], at("08:45")) == (at("08:45"), at("09:15"))


def test_a_window_that_ends_now_is_over():
    assert next_window(SCHOOL, [], at("09:15")) == (
        at("08:15", "2026-06-30"),
        at("09:15", "2026-06-30"),
    )


def test_there_is_no_school_run_on_a_bank_holiday():
    sunday = at("12:00", "2026-08-30")
    assert next_window(SCHOOL, [], sunday) == (at("08:15", "2026-09-01"), at("09:15", "2026-09-01"))


def test_between_terms_nobody_is_asked_to_go():
    summer, autumn = Term(date(2026, 4, 13), date(2026, 7, 17)), Term(date(2026, 9, 3), date(2026, 12, 18))
    after_the_last_day = at("10:00", "2026-07-17")
    window = next_window(SCHOOL, [autumn, summer], after_the_last_day)
    assert window == (at("08:15", "2026-09-03"), at("09:15", "2026-09-03"))


def test_the_last_day_of_a_term_is_a_school_day():
    term = Term(date(2026, 6, 1), date(2026, 6, 29))
    assert next_window(SCHOOL, [term], at("07:00")) == (at("08:15"), at("09:15"))
    assert next_window(SCHOOL, [term], at("10:00")) is None


def test_a_market_day_is_an_event_of_the_council():
    market = hours("EV:market 06:00-10:00", market=[date(2026, 11, 7)])
    begins, ends = next_window(market, [], at("09:00"))
    assert (ends - begins, begins.date()) == (timedelta(hours=4), date(2026, 11, 7))


def test_a_night_that_runs_past_midnight_is_one_window():
    night = hours("Fr 22:00-26:00")
    assert next_window(night, [], at("12:00")) == (at("22:00", "2026-07-03"), at("02:00", "2026-07-04"))


def test_a_window_does_not_end_where_the_search_for_it_did():
    once = hours("2026 Jul 07 08:15-09:15")
    assert next_window(once, [], at("08:30")) == (at("08:15", "2026-07-07"), at("09:15", "2026-07-07"))


@pytest.mark.parametrize("hour", range(24))
def test_a_night_of_a_long_search_is_found_whole(hour: int):
    night = hours("2027 Feb 01 20:00-24:00; 2027 Feb 02 00:00-04:00")
    begins, ends = next_window(night, [], at(f"{hour:02}:00"))
    assert ends - begins == timedelta(hours=8)


def test_a_patrol_that_would_never_be_asked_for_is_refused():
    with pytest.raises(Invalid, match="does not open once"):
        check_windows(hours("2020 Jan 01 08:00-09:00"), [], 20, at("09:00"))
    with pytest.raises(Invalid, match="does not open once"):
        check_windows(SCHOOL, [Term(date(2026, 7, 4), date(2026, 7, 5))], 20, at("09:00"))


def test_a_window_that_never_ends_is_refused():
    with pytest.raises(Invalid, match="end within 24 hours"):
        check_windows(hours("24/7"), [], 20, at("09:00"))


def test_a_patrol_has_to_fit_into_one_of_its_windows():
    with pytest.raises(Invalid, match="90 min does not fit into a window of 60 min"):
        check_windows(SCHOOL, [], 90, at("12:00"))
    with pytest.raises(Invalid, match="20 min does not fit into a window of 15 min"):
        check_windows(hours("Mo-Fr 08:00-08:10; Sa 09:00-09:15"), [], 20, at("12:00"))
    check_windows(SCHOOL, [], 60, at("12:00"))


def test_the_one_short_night_of_spring_is_no_reason_to_refuse_a_patrol():
    check_windows(hours("Mo-Su 00:30-01:30"), [], 40, at("12:00", "2026-03-10"))


def test_what_is_left_of_a_window_may_be_shorter_than_the_patrol():
    check_windows(SCHOOL, [], 60, at("08:45"))


def test_a_term_that_ends_before_it_begins_is_pointed_at():
    with pytest.raises(Invalid) as refused:
        check_terms([Term(date(2026, 9, 1), date(2026, 9, 1)), Term(date(2026, 9, 2), date(2026, 9, 1))])
    assert [error["pointer"] for error in refused.value.extra["errors"]] == ["/1/last"]
