"""Controlled hours: holidays, event days, and the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.hours import (
    BadHours,
    Calendar,
    ControlledHours,
    check_hours,
    public_holidays,
)
from enforcement.domain.refusals import Invalid

LONDON, MELBOURNE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Melbourne")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MINUTE = timedelta(minutes=1)
ENGLAND = Calendar(
    holidays=public_holidays("GB", "ENG", range(2025, 2028)),
    events={"match": frozenset({date(2026, 8, 29), date(2026, 9, 2)}), "market": frozenset()},
)
CHANGES = [  # each zone's clock changes of 2026, as instants
    (LONDON, datetime(2026, 3, 29, 1, tzinfo=UTC)),
    (LONDON, datetime(2026, 10, 25, 1, tzinfo=UTC)),
    (MELBOURNE, datetime(2026, 4, 4, 16, tzinfo=UTC)),
    (MELBOURNE, datetime(2026, 10, 3, 16, tzinfo=UTC)),
]


def hours(expression, zone=LONDON, calendar=ENGLAND):
    return ControlledHours(expression, zone, calendar)


def wall(text, zone=LONDON, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_on(expression, day):
    """The hours of one London day, as text, by the wall's clock."""
    spans = hours(expression).intervals(wall(f"{day} 00:00"), wall(f"{day} 23:59"))
    return [f"{a.astimezone(LONDON):%H:%M}-{b.astimezone(LONDON):%H:%M}" for a, b in spans]


# Holidays and event days


def test_england_keeps_the_august_bank_holiday_and_scotland_another():
    assert date(2026, 8, 31) in public_holidays("GB", "ENG", [2026])
    assert date(2026, 8, 31) not in public_holidays("GB", "SCT", [2026])


def test_holidays_of_an_unknown_place_are_refused():
    for country, subdivision in [("XX", None), ("GB", "NOPE")]:
        with pytest.raises(Invalid):
            public_holidays(country, subdivision, [2026])


def test_the_august_bank_holiday_is_free_where_holidays_are_off():
    assert open_on("Mo-Fr 08:30-18:30; PH off", "2026-08-31") == []
    assert open_on("Mo-Fr 08:30-18:30; PH off", "2026-09-01") == ["08:30-18:30"]


@pytest.mark.parametrize("selector", ["Mo-Fr,PH", "PH,Mo-Fr"])
def test_weekdays_and_holidays_in_one_list_mean_either(selector):
    written = f"Sa 09:00-13:00; {selector} 08:30-18:30"
    assert open_on(written, "2026-12-26") == ["08:30-18:30"]  # a holiday on a Saturday
    assert open_on(written, "2026-08-31") == ["08:30-18:30"]  # a holiday on a Monday
    assert open_on(written, "2026-12-19") == ["09:00-13:00"]
    assert open_on(written, "2026-12-20") == []


def test_event_days_have_hours_of_their_own():
    written = "Mo-Fr 08:30-18:30; PH off; EV:match 08:30-21:00"
    assert open_on(written, "2026-08-29") == ["08:30-21:00"]
    assert open_on(written, "2026-09-02") == ["08:30-21:00"]
    assert open_on(written, "2026-08-30") == []


def test_event_days_can_be_narrowed_to_weekdays():
    assert open_on("EV:match Sa 12:00-21:00", "2026-08-29") == ["12:00-21:00"]
    assert open_on("EV:match Sa 12:00-21:00", "2026-09-02") == []


def test_added_hours_on_event_days_leave_the_usual_ones():
    assert open_on("Mo-Fr 08:30-18:30, EV:match 19:00-21:00", "2026-09-02") == ["08:30-18:30", "19:00-21:00"]


def test_an_event_without_dates_yet_changes_nothing():
    assert open_on("Mo-Fr 08:30-18:30; EV:market off", "2026-09-01") == ["08:30-18:30"]


def test_the_new_year_holiday_is_seen_from_the_old_year():
    spans = hours("Mo-Su 08:00-09:00; PH off").intervals(wall("2026-12-31 00:00"), wall("2027-01-02 12:00"))
    assert [begin.day for begin, _ in spans] == [31, 2]


def test_a_comment_is_no_rule_even_if_it_names_holidays():
    assert open_on('Mo-Fr 08:30-18:30 "not on PH; nor EV:cup"', "2026-08-31") == ["08:30-18:30"]


# What is refused


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("garbage", "expected"),  # the parser's own words
        ("every morning", "can't be read from “every morning” on"),
        ("Mo-Fr 08:00-", "break off after “Mo-Fr 08:00-”"),
        ("Mo-Fr 8.30am-6.30pm", "expected"),
        ("", "empty"),
        ("   ", "empty"),
        ('"permit holders only"', "comment"),
        ("Mo-Fr 08:00-18:00; SH off", "School holidays"),
        ("Mo-Fr sunrise-18:00", "sun"),
        ("Mo-Fr 08:00-10:00 , 11:00-12:00", "space before a comma"),
        ("Mo, Tu 08:00-10:00", "all day"),
        ("Mo-Fr, PH 08:00-10:00", "all day"),
        ("PH Mo-Fr off", "ambiguous"),
        ("Mo-Fr PH off", "come first"),
        ("Mo-Fr,PH Sa off", "expected"),
        ("Dec PH off", "come first"),
        ("PH +1 day off", "come first"),
        ("Mo-Su 22:00-02:00; PH off", "midnight"),
        ("Mo-Su 08:00-26:00; EV:match off", "midnight"),
    ],
)
def test_hours_that_cannot_be_read_or_would_mislead_are_refused_with_words(expression, words):
    with pytest.raises(BadHours) as refused:
        check_hours(expression)
    assert words in refused.value.detail
    with pytest.raises(BadHours):
        hours(expression).controlled(utc("2026-08-28 12:00"))


@pytest.mark.parametrize(
    "expression",
    [
        "24/7",
        "Mo-Fr 08:30-18:30; PH off",
        "Mo-Fr 08:00-10:00, 16:00-18:00; PH off",
        "Mo-Su 22:00-02:00",
        "Mo-Su 00:00-02:00,22:00-24:00; PH off",
        "Mo-Fr,PH,EV:match 08:30-18:30",
        "Apr-Sep Mo-Fr 08:00-20:00; Oct-Mar Mo-Fr 08:00-18:00",
    ],
)
def test_hours_as_councils_write_them_are_taken(expression):
    check_hours(expression, ENGLAND)


def test_event_days_that_the_calendar_lacks_are_refused_not_ignored():
    check_hours("EV:cup off")
    with pytest.raises(BadHours, match="cup"):
        check_hours("EV:cup off", ENGLAND)
    with pytest.raises(BadHours, match="cup"):
        hours("24/7; EV:cup off").controlled(utc("2026-08-28 12:00"))


# The nights when the clocks change


def test_the_doubled_hour_of_october_is_controlled_twice_by_the_wall():
    spans = hours("00:30-01:30").intervals(utc("2026-10-24 22:00"), utc("2026-10-25 12:00"))
    assert spans == [
        (utc("2026-10-24 23:30"), utc("2026-10-25 00:30")),
        (utc("2026-10-25 01:00"), utc("2026-10-25 01:30")),
    ]


def test_the_missing_hour_of_march_leaves_no_empty_interval():
    assert hours("01:15-01:45").intervals(utc("2026-03-28 12:00"), utc("2026-03-29 12:00")) == []


def test_durations_are_elapsed_time_on_both_nights():
    nightly = hours("Mo-Su 22:00-06:00")
    two_hours = timedelta(hours=2)
    assert nightly.add(utc("2026-03-29 00:30"), two_hours) == utc("2026-03-29 02:30")  # 03:30 on the wall
    assert nightly.add(wall("2026-10-25 00:30"), two_hours) == wall("2026-10-25 01:30", fold=1)


weekly = st.tuples(
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 1439),
    st.integers(1, 1440),
)


def written(rule):
    days, start, length = rule
    names = ",".join(WEEKDAYS[day] for day in sorted(days))
    end = start + length
    return f"{names} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def on_the_wall(rule, at, zone):
    """The rule as a person reads it off the sign: today's hours, and what is left of yesterday's."""
    days, start, length = rule
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    today, yesterday = local.weekday(), (local.weekday() - 1) % 7
    return (today in days and start <= minute < start + length) or (
        yesterday in days and start <= minute + 1440 < start + length
    )


@given(weekly, st.sampled_from(CHANGES), st.integers(-3 * 86400, 3 * 86400), st.integers(0, 2 * 86400))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_an_instant_is_controlled_exactly_if_the_wall_clock_says_so(rule, change, seconds, length):
    zone, moment = change
    start = moment + timedelta(seconds=seconds)
    end = start + timedelta(seconds=length)
    control = hours(written(rule), zone)
    spans = control.intervals(start, end)
    assert control.controlled(start) == on_the_wall(rule, start, zone)
    assert all(start <= begin < finish <= end for begin, finish in spans)
    assert all(finish < begin for (_, finish), (begin, _) in pairwise(spans))
    for at in [*(start + (end - start) * n / 97 for n in range(97)), *(b for span in spans for b in span)]:
        inside = any(begin <= at < finish for begin, finish in spans)
        assert inside == (at < end and on_the_wall(rule, at, zone))


def minute_by_minute(rule, zone, start, period, carried):
    used = timedelta()
    for n in range(8 * 24 * 60):
        at = start + n * MINUTE
        if on_the_wall(rule, at, zone):
            if used == period:
                return at
            used += MINUTE
            if used == period:
                return at + MINUTE
        elif not carried:
            used = timedelta()
    return None


@given(weekly, st.sampled_from(CHANGES), st.integers(-2880, 600), st.integers(0, 600), st.booleans())
@settings(max_examples=120, deadline=None, derandomize=True)
def test_the_period_ends_when_counting_minute_by_minute_says_so(rule, change, minutes, period, carried):
    zone, moment = change
    start, length = moment + minutes * MINUTE, period * MINUTE
    found = hours(written(rule), zone).add(start, length, carried=carried)
    assert found == minute_by_minute(rule, zone, start, length, carried)


# The clock within the hours


def test_a_period_that_does_not_fit_starts_afresh_the_next_morning():
    control = hours("Mo-Fr 08:30-18:30; PH off")
    late = wall("2026-08-28 17:00")  # the Friday before a bank holiday
    assert control.add(late, timedelta(hours=2)) == wall("2026-09-01 10:30")
    assert control.add(late, timedelta(hours=2), carried=True) == wall("2026-09-01 09:00")


def test_a_period_may_end_as_the_hours_end():
    assert hours("08:30-18:30").add(wall("2026-08-28 16:30"), timedelta(hours=2)) == wall("2026-08-28 18:30")


def test_no_period_at_all_ends_with_the_first_controlled_instant():
    assert hours("08:30-18:30").add(wall("2026-08-28 06:00"), timedelta()) == wall("2026-08-28 08:30")


def test_a_period_longer_than_any_controlled_interval_never_ends():
    assert hours("08:30-18:30").add(wall("2026-08-28 09:00"), timedelta(hours=11)) is None
    assert hours("off").add(wall("2026-08-28 09:00"), timedelta()) is None


def test_the_end_of_the_hours_is_known_while_they_run():
    control = hours("Mo-Fr 08:30-18:30")
    assert control.end_of(wall("2026-08-28 12:00")) == wall("2026-08-28 18:30")
    assert control.end_of(wall("2026-08-28 18:30")) is None
    assert hours("24/7").end_of(wall("2026-08-28 12:00")) is None


def test_a_year_of_hours_is_whole_on_both_sides_of_the_clock_changes():
    spans = hours("Mo-Su 08:00-09:00").intervals(wall("2026-01-01 00:00"), wall("2027-01-01 00:00"))
    assert len(spans) == 365
    assert {begin.astimezone(LONDON).hour for begin, _ in spans} == {8}
