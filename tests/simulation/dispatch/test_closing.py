"""When controlled hours end, learned from days that are over."""

from datetime import timedelta

import pytest

from enforcement.simulation.dispatch.closing import Closing
from enforcement.simulation.dispatch.past import past_without
from enforcement.simulation.dispatch.streets import Streets

from .towns import DAY, overstay, ring

HALF_PAST_SIX = 18 * 60 + 30
SATURDAY = DAY + timedelta(days=5)


def closing(*overstays):
    area = ring(*overstays)
    return Closing(past_without(area, set()), Streets(area))


def ends(bay, at, *, days=12, over=1000):
    return [overstay(bay, over, at, DAY + timedelta(days=7 * week)) for week in range(days)]


def told(closing, bay, over=1000, day=DAY):
    at = closing.ends(day, bay, over * 60)
    return at if at is None else at // 60


def test_a_bay_whose_overstays_ended_at_half_past_six_is_expected_to_do_so_again():
    assert told(closing(*ends("2", HALF_PAST_SIX)), "2") == HALF_PAST_SIX


def test_an_overstay_that_begins_then_is_not_ended_by_it():
    assert told(closing(*ends("2", HALF_PAST_SIX)), "2", over=HALF_PAST_SIX) is None


def test_a_bay_where_cars_stay_on_is_not_expected_to_close_with_the_others():
    stayed = [overstay("3", 1000, 1300)]
    assert told(closing(*ends("2", HALF_PAST_SIX), *stayed), "3") is None


def test_a_bay_that_nothing_is_known_of_closes_with_the_area():
    assert told(closing(*ends("2", HALF_PAST_SIX)), "5") == HALF_PAST_SIX
    few = [overstay("3", 1000, HALF_PAST_SIX, DAY + timedelta(days=1))]
    assert told(closing(*ends("2", HALF_PAST_SIX), *few), "5", day=SATURDAY) is None


def test_on_a_saturday_a_bay_may_close_earlier():
    saturdays = [overstay("2", 700, 750, SATURDAY + timedelta(days=7 * week)) for week in range(10)]
    known = closing(*ends("2", HALF_PAST_SIX), *saturdays)
    assert told(known, "2", over=700, day=SATURDAY) == 750
    assert told(known, "2", over=700) == HALF_PAST_SIX


@pytest.mark.parametrize(("days", "minute"), [(9, HALF_PAST_SIX), (12, HALF_PAST_SIX + 1)])
def test_a_few_that_left_in_the_same_minute_are_no_sign(days, minute):
    assert told(closing(*ends("2", minute, days=days)), "2") is None
