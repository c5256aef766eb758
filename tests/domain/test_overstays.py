"""The clock of an overstay: permitted period, grace, controlled hours, suspensions, claims."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.hours import Calendar, ControlledHours, public_holidays
from enforcement.domain.overstays import Overstay, Restriction, Suspension, overstay_of
from enforcement.domain.policy import EnforcementPolicy, Reason

LONDON = ZoneInfo("Europe/London")
ENGLAND = Calendar(public_holidays("GB", "ENG", [2026, 2027]))
POLICY = EnforcementPolicy("ours")


def at(text):
    """A London time: `09:00` is on Tuesday 25 August 2026, `Fr 17:00` in the same week."""
    if len(text) < 11:
        day = {"Mo": 24, "Tu": 25, "We": 26, "Th": 27, "Fr": 28}.get(text[:2], 25)
        text = f"2026-08-{day} {text[-5:]}"
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def bay(hours="Mo-Fr 08:30-18:30; PH off", *, limit=timedelta(hours=2), code="30", **other):
    control = ControlledHours(hours, LONDON, ENGLAND)
    reason = other.pop("reason", Reason.PERIOD_ENDED)
    return Restriction("limited-waiting", control, limit, code, "u", reason, **other)


def overstay(arrived, rule=None, policy=POLICY, suspensions=(), **other):
    return overstay_of(at(arrived), rule or bay(), policy, suspensions, **other)


def test_a_two_hour_stay_from_nine_is_lawfully_over_at_eleven_past_eleven():
    assert overstay("09:00") == Overstay(
        at("11:00"), at("11:11"), at("18:30"), "30", "u", Reason.PERIOD_ENDED
    )


def test_ten_minutes_over_is_not_yet_lawful():
    assert overstay("09:00").lawful_from > at("11:10")


def test_the_clock_waits_for_the_controlled_hours():
    assert overstay("06:00").lawful_from == at("10:41")


def test_a_stay_that_the_hours_overtake_starts_afresh_the_next_morning():
    assert overstay("17:00").overstay_from == at("We 10:30")


def test_a_period_that_ends_just_before_the_hours_gives_no_lawful_moment_that_day():
    assert overstay("16:25").lawful_from == at("We 10:41")  # over at 18:25, lawful at 18:36 only
    assert overstay("16:19").lawful_from == at("We 10:41")  # 18:30 itself is no longer controlled
    assert overstay("16:18").lawful_from == at("18:29")


def test_a_carried_period_adds_up_from_one_day_to_the_next():
    found = overstay("17:00", bay(carried=True))
    assert (found.overstay_from, found.lawful_from) == (at("We 09:00"), at("We 09:11"))


def test_carried_grace_runs_in_controlled_hours_too():
    found = overstay("16:25", bay(carried=True))
    assert (found.overstay_from, found.lawful_from) == (at("18:25"), at("We 08:36"))
    found = overstay("16:19", bay(carried=True))
    assert (found.overstay_from, found.lawful_from) == (at("18:19"), at("We 08:30"))


def test_the_bank_holiday_is_skipped():
    assert overstay("Fr 17:00").lawful_from == at("2026-09-01 10:41")


def test_round_the_clock_has_no_last_lawful_moment():
    assert overstay("09:00", bay("24/7")).lawful_until is None


def test_a_bay_that_is_never_controlled_has_no_overstays():
    assert overstay("09:00", bay("off")) is None


def test_the_doubled_hour_of_october_counts_as_two():
    night = overstay_of(at("2026-10-25 00:30"), bay("24/7"), POLICY)
    assert night.overstay_from == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 01:30 for the second time


def test_the_missing_hour_of_march_counts_for_nothing():
    night = overstay_of(at("2026-03-29 00:30"), bay("24/7"), POLICY)
    assert night.overstay_from == at("2026-03-29 03:30")


def test_a_second_day_is_found_when_the_first_is_past():
    assert overstay("09:00", after=at("18:29")).lawful_from == at("11:11")
    assert overstay("09:00", after=at("18:30")).lawful_from == at("We 10:41")
    assert overstay("09:00", bay(carried=True), after=at("18:30")).lawful_from == at("We 08:30")


def test_a_car_left_for_weeks_is_still_found():
    left = overstay("09:00", after=at("2026-10-01 12:00"))
    assert left.lawful_from == at("2026-10-01 10:41")
    assert overstay("09:00", bay("24/7"), after=at("2026-10-01 12:00")).overstay_from == at("11:00")


def test_without_grace_the_end_of_the_period_is_lawful():
    strict = replace(POLICY, grace_period=timedelta())
    assert overstay("09:00", policy=strict).lawful_from == at("11:00")


# A network's own claim


def test_a_network_s_claim_stands_in_for_our_clock():
    found = overstay("09:00", since=at("09:30"))
    assert (found.overstay_from, found.lawful_from) == (at("09:30"), at("09:41"))


def test_a_claim_has_lawful_moments_in_controlled_hours_only():
    found = overstay("16:00", since=at("18:25"))
    assert (found.overstay_from, found.lawful_from) == (at("18:25"), at("We 08:41"))


def test_a_claim_from_before_the_car_came_counts_from_its_arrival():
    assert overstay("09:00", since=at("08:45")).overstay_from == at("09:00")


# Suspensions

WORKS = Suspension(at("10:00"), at("16:00"))


def test_a_car_in_a_suspended_bay_is_over_at_once_and_without_grace():
    assert overstay("12:00", suspensions=[WORKS]) == Overstay(
        at("12:00"), at("12:00"), at("16:00"), "21", "", Reason.SUSPENDED
    )


def test_a_car_that_stays_into_a_suspension_is_over_when_it_starts():
    found = overstay("09:00", suspensions=[WORKS])
    assert (found.code, found.lawful_from) == ("21", at("10:00"))


def test_off_street_the_suspension_has_the_off_street_code():
    assert overstay("12:00", bay(code="80"), suspensions=[WORKS]).code == "78"


def test_a_car_there_before_the_sign_went_up_raises_nothing_by_the_suspension():
    late_sign = replace(WORKS, sign_up_at=at("09:15"))
    assert overstay("09:15", suspensions=[late_sign]).code == "21"
    before = overstay("09:00", suspensions=[late_sign])
    assert (before.code, before.overstay_from) == ("30", at("18:00"))  # two hours from 16:00


def test_a_sensor_that_lost_sight_of_a_car_does_not_make_its_driver_read_the_sign():
    sign = replace(WORKS, sign_up_at=at("09:15"))
    flickered = overstay_of(at("11:00"), bay(), POLICY, [sign], came_at=at("09:00"))
    assert (flickered.code, flickered.overstay_from) == ("30", at("18:00"))
    assert overstay_of(at("11:00"), bay(), POLICY, [sign], came_at=at("09:15")).code == "21"


def test_a_sign_that_went_up_in_the_middle_counts_for_who_came_after_it():
    late = replace(WORKS, sign_up_at=at("12:00"))
    assert overstay("11:59", suspensions=[late]).code == "30"
    assert overstay("12:00", suspensions=[late]).lawful_from == at("12:00")


def test_a_suspension_beats_the_bay_s_own_clock_while_it_lasts():
    noon = Suspension(at("12:00"), at("14:00"))
    own = overstay("09:00", suspensions=[noon])
    assert (own.code, own.lawful_from, own.lawful_until) == ("30", at("11:11"), at("12:00"))
    assert overstay("09:00", suspensions=[noon], after=at("12:00")).code == "21"
    afterwards = overstay("09:00", suspensions=[noon], after=at("14:00"))
    assert (afterwards.code, afterwards.lawful_from) == ("30", at("16:11"))


def test_a_suspension_that_was_over_before_the_car_came_is_nothing():
    assert overstay("16:00", suspensions=[WORKS]).code == "30"


def test_a_suspension_also_holds_outside_the_bay_s_hours():
    assert overstay("20:00", suspensions=[Suspension(at("19:00"), at("22:00"))]).code == "21"


# Codes that turn on presence alone


def permit_bay(reason=Reason.NO_PERMIT, code="16"):
    return bay(limit=timedelta(), code=code, reason=reason)


def test_presence_alone_raises_nothing_by_default():
    assert overstay("09:00", permit_bay()) is None
    assert overstay("09:00", permit_bay(), since=at("09:30")) is None
    assert overstay("09:00", permit_bay(Reason.PERIOD_ENDED, "40")) is None


def test_presence_alone_where_it_is_switched_on_leaves_time_to_pay():
    switched_on = replace(POLICY, presence_codes=frozenset({"16"}))
    found = overstay("09:00", permit_bay(), switched_on)
    assert (found.lawful_from, found.reason) == (at("09:10"), Reason.NO_PERMIT)
    assert overstay("06:00", permit_bay(), switched_on).lawful_from == at("08:40")


def test_a_suspended_permit_bay_is_suspended_all_the_same():
    assert overstay("12:00", permit_bay(), suspensions=[WORKS]).code == "21"


# Whatever the arrival


@given(
    st.integers(0, 10 * 1440),
    st.integers(0, 240),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 5 * 1440), st.integers(1, 600)), max_size=2),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_lawful_moment_is_always_controlled_beyond_grace_and_outside_suspensions(
    arrival, limit, carried, gaps
):
    arrived = at("2026-10-20 00:00") + timedelta(minutes=arrival)
    rule = bay("Mo-Fr 08:30-18:30; Sa 00:30-01:45", limit=timedelta(minutes=limit), carried=carried)
    signs_later = arrived + timedelta(minutes=1)
    gaps = [(arrived + timedelta(minutes=start), timedelta(minutes=length)) for start, length in gaps]
    suspensions = [Suspension(start, start + length, sign_up_at=signs_later) for start, length in gaps]
    found = overstay_of(arrived, rule, POLICY, suspensions)
    if found is None:
        return
    assert found.overstay_from >= arrived + rule.permitted_period
    assert found.lawful_from >= found.overstay_from + timedelta(minutes=11)
    assert rule.hours.controlled(found.lawful_from)
    assert found.lawful_from < found.lawful_until <= rule.hours.end_of(found.lawful_from)
    assert not any(start <= found.lawful_from < start + length for start, length in gaps)


@pytest.mark.parametrize("seconds", [0, 1, 59])
def test_seconds_of_the_arrival_are_kept(seconds):
    late = timedelta(seconds=seconds)
    assert overstay_of(at("09:00") + late, bay(), POLICY).lawful_from == at("11:11") + late
