"""Sensor networks: what they usually do at an hour, and when their silence is an alarm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain.networks import LONGEST_USUAL, Gap, Patience, is_quiet, missed, usual

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 6, 29, tzinfo=LONDON)
PATIENCE = Patience(intervals=3, at_least=timedelta(minutes=15))


def at(clock: str, days: int = 0) -> datetime:
    """A time of that Monday, or of a day so many days later, as a clock in London shows it."""
    hour, minute = map(int, clock.split(":"))
    return (MONDAY.replace(hour=hour, minute=minute) + timedelta(days=days)).astimezone(UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def habit(**by_hour: float) -> dict[int, timedelta]:
    """How many minutes it usually says nothing in these hours: `h09=2`."""
    return {int(hour[1:]): minutes(gap) for hour, gap in by_hour.items()}


def quiet(heard: str, now: str, usual: dict[int, timedelta]) -> bool:
    return is_quiet(at(heard), at(now), usual, LONDON, PATIENCE)


def test_what_usually_speaks_every_ten_minutes_is_quiet_after_thirty():
    busy = habit(h09=10)
    assert not quiet("09:00", "09:29", busy)
    assert quiet("09:00", "09:30", busy)


def test_what_usually_speaks_every_minute_still_has_its_quarter_of_an_hour():
    busy = habit(h09=1)
    assert not quiet("09:00", "09:14", busy)
    assert quiet("09:00", "09:15", busy)


def test_a_night_in_which_nothing_usually_comes_is_no_alarm():
    night = habit(h01=90, h02=90, h03=90, h04=90)
    assert not quiet("01:00", "04:59", night)


def test_the_silence_of_a_night_counts_little_in_the_morning_and_its_own_minutes_much():
    day = habit(h04=120, h05=120, h06=60, h07=10)
    assert not quiet("04:30", "07:00", day)
    assert missed(at("04:30"), at("07:00"), day, LONDON, 3) == pytest.approx(1.75)
    assert quiet("04:30", "07:13", day)


def test_a_network_that_is_new_is_given_an_hour_for_each_interval():
    assert not quiet("09:00", "11:59", {})
    assert quiet("09:00", "12:00", {})


def test_an_hour_is_known_after_three_days_and_one_outage_teaches_nothing():
    gaps = [Gap(at("09:00", day), minutes(lasted)) for day, lasted in enumerate((2, 5))]
    assert usual(gaps, LONDON) == {}
    gaps.append(Gap(at("09:00", 2), minutes(300)))
    assert usual(gaps, LONDON) == habit(h09=5)
    gaps.append(Gap(at("09:00", 3), minutes(3)))
    assert usual(gaps, LONDON) == habit(h09=5)


def test_however_long_the_outages_were_the_next_one_is_noticed_within_hours():
    gaps = [Gap(at("09:00", day), timedelta(days=2)) for day in range(5)]
    assert usual(gaps, LONDON) == {9: LONGEST_USUAL}


def test_an_hour_is_that_of_the_wall_also_after_the_clocks_went_back():
    winter = datetime(2026, 11, 2, 9, tzinfo=LONDON).astimezone(UTC)
    gaps = [Gap(hour, minutes(4)) for hour in (at("09:00"), at("09:00", 1), winter)]
    assert usual(gaps, LONDON) == habit(h09=4)


@given(
    st.dictionaries(st.integers(0, 23), st.integers(1, 120).map(minutes)),
    st.integers(0, 1440),
    st.integers(0, 1440),
)
def test_who_is_quiet_stays_quiet_until_it_is_heard(known, silent, longer):
    heard = at("00:00")
    then, later = heard + minutes(silent), heard + minutes(silent + longer)
    if is_quiet(heard, then, known, LONDON, PATIENCE):
        assert is_quiet(heard, later, known, LONDON, PATIENCE)
