"""How long an overstaying car stays: the longer it has, the longer it will."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain.dwell import MEDIAN_MINUTES, chance_still_there

minutes = st.floats(-100, 1e7)


def test_half_of_all_overstays_outlast_the_median():
    assert chance_still_there(0, MEDIAN_MINUTES) == pytest.approx(0.5)


def test_five_more_minutes_are_likelier_after_two_hours_than_after_ten_minutes():
    assert chance_still_there(10, 5) == pytest.approx(0.88, abs=0.02)
    assert chance_still_there(120, 5) == pytest.approx(0.96, abs=0.01)


def test_the_mean_length_is_that_of_the_source():
    # The mean of a length is the area under its survival curve.
    assert sum(chance_still_there(0, n + 0.5) for n in range(200_000)) == pytest.approx(77, abs=0.5)


def test_a_car_within_its_time_counts_as_there_until_it_is_over():
    assert chance_still_there(-30, 20) == 1
    assert chance_still_there(-30, 30 + MEDIAN_MINUTES) == pytest.approx(0.5)


@given(minutes, minutes)
def test_it_is_always_a_chance(over, ahead):
    assert 0 <= chance_still_there(over, ahead) <= 1


@given(st.floats(0, 1000), st.floats(0, 500), st.floats(0, 500))
def test_a_longer_walk_never_makes_it_likelier(over, ahead, further):
    assert chance_still_there(over, ahead + further) <= chance_still_there(over, ahead)
