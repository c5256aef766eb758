"""Safety: who is inside a frozen place, who has left their zones, and when silence is an alarm."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from enforcement.domain.safety import (
    Circle,
    frozen,
    leads_outside,
    metres_away,
    missed_at,
    outside,
    warn_at,
)

LON, LAT = -0.1276, 51.5072
EAST_M = 1 / 69_450  # degrees a metre, there
ZONE = box(LON - 0.01, LAT - 0.01, LON + 0.01, LAT + 0.01)
EDGE = LON + 0.01


def test_what_lies_on_the_edge_of_the_circle_is_inside():
    circle = Circle(LON, LAT, 150.0)
    assert frozen([circle], lon=LON + 149 * EAST_M, lat=LAT)
    assert not frozen([circle], lon=LON + 151 * EAST_M, lat=LAT)
    assert not frozen([], lon=LON, lat=LAT)


def test_metres_from_the_edge_of_the_zones_are_below_zero_inside():
    assert metres_away(ZONE, lon=EDGE + 40 * EAST_M, lat=LAT) == pytest.approx(40, abs=0.5)
    assert metres_away(ZONE, lon=EDGE - 40 * EAST_M, lat=LAT) == pytest.approx(-40, abs=0.5)


@pytest.mark.parametrize(
    ("metres", "accuracy", "said"),
    [
        (10, 3, False),
        (14, 3, None),
        (17, 3, None),
        (19, 3, True),
        (60, 50, None),
        (-20, 30, False),
        (-5, 30, None),
    ],
)
def test_out_is_surely_more_than_fifteen_metres_away(metres: float, accuracy: float, said: bool | None):
    assert outside(ZONE, lon=EDGE + metres * EAST_M, lat=LAT, accuracy_m=accuracy) is said


@given(
    true=st.floats(-200, 200),
    accuracy=st.floats(1, 60),
    errors=st.lists(st.floats(-1, 1), min_size=2, max_size=20),
)
def test_a_phone_that_lies_still_is_never_both_in_and_out(true: float, accuracy: float, errors: list[float]):
    said = {
        outside(ZONE, lon=EDGE + (true + error * (accuracy - 0.5)) * EAST_M, lat=LAT, accuracy_m=accuracy)
        for error in errors
    }
    assert not {True, False} <= said


def test_the_phone_is_asked_two_minutes_before_silence_is_an_alarm():
    heard = datetime(2026, 6, 29, 9, tzinfo=UTC)
    assert missed_at(heard, 20) == heard + timedelta(minutes=20)
    assert warn_at(heard, 20) == heard + timedelta(minutes=18)


def test_the_way_to_a_task_in_the_zones_stays_inside_them_where_they_are_one_piece():
    assert not leads_outside(ZONE, lon=LON, lat=LAT)
    assert leads_outside(ZONE, lon=LON + 0.02, lat=LAT)


def test_between_two_zones_that_do_not_touch_one_walks_outside():
    other = box(LON + 0.02, LAT - 0.01, LON + 0.03, LAT + 0.01)
    assert leads_outside(ZONE | other, lon=LON, lat=LAT)
