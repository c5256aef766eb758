"""Arrived, left, or neither."""

from datetime import UTC, datetime, timedelta
from math import cos, hypot, radians
from random import Random

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.fences import Fence, Fix, Presence, metres, step

BAY = {"lon": -0.1276, "lat": 51.5072}
START = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)
NOWHERE_YET = Presence()
NORTH = 1 / 111_262
EAST = NORTH / cos(radians(51.5072))


def fix(distance: float, accuracy: float, second: int) -> Fix:
    """A fix so many metres north of the bay."""
    at = START + timedelta(seconds=second)
    return Fix(BAY["lon"], BAY["lat"] + distance * NORTH, accuracy, at)


def after(*fixes: Fix, presence: Presence = NOWHERE_YET) -> Presence:
    for each in fixes:
        presence = step(presence, each, **BAY)
    return presence


THERE = after(fix(10, 5, 0), fix(10, 5, 1))


def test_an_officer_has_arrived_on_the_second_fix_inside():
    assert after(fix(40, 9, 0)).state is Fence.AWAY
    arrived = after(fix(40, 9, 0), fix(38, 9, 5))
    assert arrived.state is Fence.ARRIVED
    assert arrived.since == START + timedelta(seconds=5)


def test_the_same_fix_sent_twice_is_one_fix():
    assert after(fix(10, 5, 0), fix(10, 5, 0)).state is Fence.AWAY


def test_distance_and_accuracy_together_must_be_within_fifty_metres():
    assert after(fix(40, 11, 0), fix(40, 11, 1)).state is Fence.AWAY
    assert after(fix(0, 51, 0), fix(0, 51, 1)).state is Fence.AWAY


def test_walking_past_in_between_starts_the_count_again():
    assert after(fix(10, 5, 0), fix(200, 5, 1), fix(10, 5, 2)).state is Fence.AWAY


def test_a_vague_fix_between_two_good_ones_changes_nothing():
    assert after(fix(10, 5, 0), fix(100, 400, 1), fix(10, 5, 2)).state is Fence.ARRIVED
    assert after(fix(300, 400, 2), presence=THERE).state is Fence.ARRIVED


def test_an_officer_has_left_when_surely_beyond_sixty_five_metres():
    assert after(fix(74, 10, 2), presence=THERE).state is Fence.ARRIVED
    left = after(fix(76, 10, 2), presence=THERE)
    assert (left.state, left.since) == (Fence.AWAY, START + timedelta(seconds=2))


def test_a_late_fix_never_moves_an_officer_back():
    here = after(fix(10, 5, 60), fix(10, 5, 61))
    assert after(fix(500, 5, 30), presence=here) == here
    gone = after(fix(500, 5, 90), presence=here)
    assert after(fix(10, 5, 70), fix(10, 5, 71), presence=gone) == gone


def changes(fixes: list[Fix]) -> int:
    presence, count = Presence(), 0
    for each in fixes:
        before, presence = presence, step(presence, each, **BAY)
        count += before.state is not presence.state
    return count


def lying_still(distance: float, error: list[tuple[float, float]], accuracy: float) -> list[Fix]:
    return [
        Fix(
            BAY["lon"] + east * EAST,
            BAY["lat"] + (distance + north) * NORTH,
            accuracy,
            START + timedelta(seconds=10 * i),
        )
        for i, (east, north) in enumerate(error)
    ]


@pytest.mark.parametrize("distance", range(0, 120, 10))
def test_a_phone_lying_still_for_an_hour_with_jitter_of_thirty_metres_makes_one_transition_at_most(distance):
    random = Random(distance)
    # 95 % of the fixes of a phone that reports 30 m lie within 30 m: 12.3 m in each direction.
    error = [(random.gauss(0, 12.3), random.gauss(0, 12.3)) for _ in range(360)]
    assert changes(lying_still(distance, error, accuracy=30)) <= 1


def test_a_phone_lying_on_the_bay_does_arrive_in_spite_of_the_jitter():
    random = Random(1)
    error = [(random.gauss(0, 12.3), random.gauss(0, 12.3)) for _ in range(360)]
    assert changes(lying_still(0, error, accuracy=30)) == 1


@settings(deadline=None)
@given(
    st.floats(0, 150),
    st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)).filter(lambda e: hypot(*e) <= 29.9)),
)
def test_no_jitter_within_the_reported_accuracy_makes_the_fence_flutter(distance, error):
    assert changes(lying_still(distance, error, accuracy=30)) <= 1


@settings(deadline=None)
@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_metres_agree_with_the_geodesic_over_a_city(lat, lon, north, east):
    ours = metres(lon1=lon, lat1=lat, lon2=lon + east, lat2=lat + north)
    assert ours == pytest.approx(geodesic((lat, lon), (lat + north, lon + east)).m, rel=0.001, abs=0.01)
