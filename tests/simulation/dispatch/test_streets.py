"""The streets: walking times and what is passed on the way."""

import pytest

from enforcement.simulation.dispatch.streets import Streets, edge_seconds
from enforcement.simulation.recorded_day import BadRecording

from .towns import area, ring


@pytest.mark.parametrize(("length_m", "seconds"), [(0.0, 1), (1.0, 1), (13.88, 9), (13.89, 10), (15.2, 10)])
def test_an_edge_takes_whole_seconds_rounded_down_and_at_least_one(length_m, seconds):
    assert edge_seconds(length_m) == seconds


def test_a_walk_ends_at_the_end_of_the_kerb_it_leads_to():
    streets = Streets(ring(kerbs=4, seconds=100))
    assert streets.seconds[0].tolist() == [400, 100, 200, 300]


def test_kerbs_on_the_way_are_passed_in_order_and_the_target_comes_last():
    streets = Streets(ring(kerbs=4))
    assert streets.passings(1, 3) == ((2, 100), (3, 200))
    assert streets.passings(1, 1) == ((2, 100), (3, 200), (0, 300), (1, 400))


def test_of_parallel_edges_the_quickest_is_walked_and_the_others_can_still_be_targets():
    town = area([(0, 1, 50), (0, 1, 10), (1, 2, 5), (2, 0, 5)], {"slow": 0, "quick": 1, "behind": 2})
    streets = Streets(town)
    assert streets.passings(2, 2) == ((1, 15), (2, 20))
    assert streets.passings(2, 0) == ((0, 55),)


def test_edges_without_bays_are_walked_but_not_kerbs():
    streets = Streets(area([(0, 1, 7), (1, 2, 8), (2, 0, 9)], {"A": 0, "B": 2}))
    assert len(streets) == 2
    assert streets.passings(0, 1) == ((1, 17),)


def test_the_way_home_ends_where_the_day_began():
    streets = Streets(ring(kerbs=4))
    assert streets.home.tolist() == [0, 300, 200, 100]
    assert streets.homeward(2) == ((3, 100), (0, 200))


def test_each_kerb_has_a_point_of_its_own():
    streets = Streets(area([(0, 1, 50), (0, 1, 50), (1, 0, 50)], {"A": 0, "B": 1, "C": 2}))
    assert len(set(streets.points)) == 3


def test_a_graph_in_pieces_is_refused():
    with pytest.raises(BadRecording, match=r"bays\.csv, line 3: bay B is on edge 2, to which no way leads"):
        Streets(area([(0, 1, 5), (1, 0, 5), (2, 3, 5), (3, 2, 5)], {"A": 0, "B": 2}))


def test_an_area_without_bays_is_refused():
    with pytest.raises(BadRecording, match=r"bays\.csv, line 2: there is no bay"):
        Streets(area([(0, 1, 5), (1, 0, 5)], {}))
