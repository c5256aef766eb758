"""The reckoning of reports: periods, shares, and how evenly things are spread."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain import reports
from enforcement.domain.refusals import Invalid
from enforcement.domain.reports import Duty, Period, banded, gini, period, share, spread, within, workload

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 6, 29, 8, tzinfo=UTC)


def test_a_day_is_the_councils_own_also_when_the_clocks_change():
    spring = Period(date(2026, 3, 29), date(2026, 3, 29), LONDON)
    assert (spring.begins, spring.ends) == (
        datetime(2026, 3, 29, tzinfo=UTC),
        datetime(2026, 3, 29, 23, tzinfo=UTC),
    )
    assert spring.ends == Period(date(2026, 3, 30), date(2026, 3, 30), LONDON).begins


def test_today_is_the_councils_own():
    late = datetime(2026, 6, 28, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert period(None, None, LONDON, late).last == date(2026, 6, 29)


def test_without_days_it_is_four_weeks_with_today():
    asked = period(None, None, LONDON, NOW)
    assert (asked.first, asked.last, asked.days) == (date(2026, 6, 2), date(2026, 6, 29), 28)
    assert period(None, date(2026, 1, 28), LONDON, NOW).first == date(2026, 1, 1)


def test_the_period_before_is_as_long_and_ends_where_it_begins():
    before = Period(date(2026, 6, 1), date(2026, 6, 28), LONDON).before()
    assert (before.first, before.last) == (date(2026, 5, 4), date(2026, 5, 31))


def test_a_period_may_be_so_long_and_no_longer():
    last = date(2026, 6, 29)
    assert period(last - 399 * reports.DAY, last, LONDON, NOW).days == reports.MOST_DAYS
    with pytest.raises(Invalid):
        period(last - 400 * reports.DAY, last, LONDON, NOW)


@given(st.dates(date(2020, 1, 1), date(2025, 12, 31)), st.integers(1, 400))
def test_every_day_is_in_one_of_its_weeks(first: date, days: int):
    asked = Period(first, first + (days - 1) * reports.DAY, LONDON)
    assert asked.weeks[0] <= first < asked.weeks[0] + 7 * reports.DAY
    assert asked.weeks[-1] <= asked.last < asked.weeks[-1] + 7 * reports.DAY
    assert all(monday.weekday() == 0 for monday in asked.weeks)


def test_a_share_of_nothing_is_none():
    assert share(0, 0) is None
    assert share(1, 4) == 0.25


def test_half_of_them_within_and_nine_in_ten():
    minutes = [9, 1, 2, 3, 4, 5, 6, 7, 8, 50]
    assert (within(minutes, 0.5), within(minutes, 0.9)) == (5, 9)
    assert within([], 0.5) is None
    assert within([3], 0.9) == 3


@given(st.lists(st.floats(0, 1e4), min_size=1), st.sampled_from([0.5, 0.9]))
def test_so_many_are_within_it(minutes: list[float], part: float):
    edge = within(minutes, part)
    assert sum(each <= edge for each in minutes) >= part * len(minutes)


@given(st.lists(st.floats(0, 1e4)))
def test_every_wait_is_in_one_band(minutes: list[float]):
    assert sum(count for _, count in banded(minutes)) == len(minutes)


def test_a_wait_of_just_five_minutes_is_within_five():
    assert [count for _, count in banded([0, 5, 5.1, 61])] == [2, 1, 0, 0, 0, 1]


def test_evenly_spread_visits_have_a_gini_of_nothing_and_one_street_with_all_nearly_one():
    assert gini([3, 3, 3, 3]) == pytest.approx(0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([0, 0]) is None
    assert gini([]) is None


def test_the_tenth_of_streets_with_most_visits():
    visits = [10, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1]  # of eleven streets the tenth are two
    told = spread(visits)
    assert (told.streets, told.none, told.top, told.top_share) == (11, 1, 2, 12 / 20)
    assert spread([]) == reports.Spread(0, 0, 0, 0, None, None)


def test_of_fewer_than_five_officers_nothing_is_told():
    four = [Duty(60.0, 1)] * 4
    assert workload([*four, Duty(59.0, 9)]) is None
    told = workload([*four, Duty(120.0, 6)])
    assert told is not None
    assert (told.officers, told.hours.most, told.visits_an_hour.middle, told.visits_an_hour.most) == (
        5,
        2,
        1,
        3,
    )
