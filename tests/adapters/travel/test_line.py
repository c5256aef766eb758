"""Walking along straight lines."""

import pickle

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters.travel import StraightLine

CITY = st.tuples(st.floats(-0.2, 0.2), st.floats(-0.15, 0.15))


@settings(deadline=None)
@given(
    centre=st.tuples(st.floats(-179, 179), st.floats(-60, 60)),
    origins=st.lists(CITY, min_size=1, max_size=4),
    destinations=st.lists(CITY, min_size=1, max_size=4),
)
def test_the_straight_line_is_the_geodesic_within_three_in_a_thousand_over_a_city(
    centre, origins, destinations
):
    here, there = np.array(origins) + centre, np.array(destinations) + centre
    metres = StraightLine(factor=1.0).metres(here, there)
    expected = [[geodesic(a[::-1], b[::-1]).m for b in there] for a in here]
    assert metres == pytest.approx(np.array(expected), rel=0.003, abs=0.01)


def test_the_way_is_longer_than_the_line_and_takes_its_time():
    kilometre_north = np.array([[-0.1, 51.5 + 1000 / 111_262]])
    corner = np.array([[-0.1, 51.5]])
    assert StraightLine().metres(corner, kilometre_north)[0, 0] == pytest.approx(1300, rel=0.001)
    assert StraightLine().seconds(corner, kilometre_north)[0, 0] == pytest.approx(936, rel=0.001)
    assert StraightLine(factor=1.0, speed_kmh=6.0).seconds(corner, kilometre_north)[0, 0] == pytest.approx(
        600, rel=0.001
    )


def test_every_origin_has_a_row_and_every_destination_a_column():
    two, three = np.zeros((2, 2)), np.ones((3, 2))
    assert StraightLine().seconds(two, three).shape == (2, 3)
    assert StraightLine().seconds(two, np.empty((0, 2))).shape == (2, 0)


def test_it_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(StraightLine(factor=1.4))) == StraightLine(factor=1.4)


def test_one_walk_as_a_person_reads_it_is_the_geodesic_and_a_factor():
    seconds, metres = StraightLine().walk(lon1=-0.1276, lat1=51.5072, lon2=-0.1276, lat2=51.5162)
    assert abs(metres - 1.3 * 1001.4) < 2
    assert abs(seconds - metres / (5 / 3.6)) < 1e-6
