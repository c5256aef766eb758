"""Stops along streets, and the walks between them."""

from functools import partial

import pytest

from enforcement.adapters.travel.walks import GraphFolder, Walks
from enforcement.simulation.whatif.stops import MOST_STOPS, NO_STREET, Stops, stops_of

from ...adapters.travel import streets as laid_out
from .towns import EAST, HIGH, MIDDLE, PLACES, WALK, WEST, place


def along(street, *metres):
    return [place(f"{street}-{east}", street, east) for east in metres]


def stops(*places):
    return stops_of(places)[0]


def test_bays_close_together_on_a_street_are_one_stop():
    [stop] = stops(*along("High Street", 0, 15, 30))
    assert stop.bays == ("High Street-0", "High Street-15", "High Street-30")
    assert stop.point.metres_to(MIDDLE.moved(east_m=15, north_m=0)) < 0.1
    assert stop.reach_m == pytest.approx(15, abs=0.1)


def test_a_long_street_has_several_stops_and_every_bay_is_near_its_own():
    found = stops(*along("High Street", *range(0, 270, 9)))
    assert [len(stop.bays) for stop in sorted(found, key=lambda stop: stop.point.lon)] == [5, 5, 5, 5, 5, 5]
    assert all(stop.reach_m <= 40 for stop in found)


def test_bays_of_two_streets_are_never_one_stop():
    assert {stop.street for stop in stops(place("A", "High Street"), place("B", "Mill Lane", 3))} == {
        "High Street",
        "Mill Lane",
    }


def test_a_street_is_known_however_it_is_written():
    [stop] = stops(place("A", "High  Street "), place("B", "HIGH STREET", 5))
    assert stop.street == "High Street"


def test_bays_without_a_street_are_gathered_by_where_they_are():
    found = stops(place("A", " "), place("B", "", 5), place("C", "", 500))
    assert [(stop.street, len(stop.bays)) for stop in found] == [(NO_STREET, 2), (NO_STREET, 1)]


def test_a_bay_that_nobody_can_walk_to_is_left_out_and_told():
    lost = place("null island", "High Street", -5_000_000)
    found, far = stops_of([*PLACES, lost])
    assert (len(found), far) == (3, [lost])


def test_the_day_begins_in_the_middle():
    assert [stop.street for stop in stops(*PLACES)] == ["High Street", "East Lane", "West Lane"]


def test_between_streets_a_walk_is_longer_than_the_straight_line():
    walks = Stops(stops(*PLACES))
    assert walks.seconds[HIGH].tolist() == [30, WALK, WALK]
    assert walks.seconds[EAST, WEST] == 562
    assert walks.home.tolist() == [0, WALK, WALK]
    assert walks.kerb_of == {"M": HIGH, "E": EAST, "W": WEST}


def test_along_a_street_it_is_straight_and_passes_the_stops_between():
    walks = Stops(stops(*along("High Street", 0, 99, 198)))
    west, east = walks.kerb_of["High Street-0"], walks.kerb_of["High Street-198"]
    assert walks.seconds[west, east] == 143
    assert walks.passings(west, east) == ((walks.kerb_of["High Street-99"], 72), (east, 143))


def test_the_shortest_way_to_another_street_may_lead_along_ones_own():
    walks = Stops(stops(*along("High Street", 0, 200), place("L", "Mill Lane", 200, 100)))
    corner, lane = walks.kerb_of["High Street-200"], walks.kerb_of["L"]
    way = walks.passings(walks.kerb_of["High Street-0"], lane)
    assert [stop for stop, _ in way] == [lane]
    far = Stops(stops(*along("High Street", 0, 200), place("L", "Mill Lane", 300)))
    assert [stop for stop, _ in far.passings(far.kerb_of["High Street-0"], far.kerb_of["L"])] == [
        corner,
        lane,
    ]


def test_whoever_stands_at_a_stop_has_to_look_along_it():
    walks = Stops(stops(*along("High Street", 0, 30)))
    assert walks.passings(0, 0) == ((0, 30),)
    assert walks.homeward(0) == ()


def test_a_graph_tells_the_way_round_and_what_is_passed_on_it(tmp_path):
    """A river: from High Street to East Lane one has to go round by Mill Lane."""
    nodes = [(0, 0), (0, 400), (300, 400), (300, 0)]
    folder = laid_out.lay_out(tmp_path, nodes, [(0, 1), (1, 2), (2, 3)])
    places = [
        place("M", "High Street"),
        place("N", "Mill Lane", 150, 395),
        place("E", "East Lane", 300),
    ]
    walks = Stops(stops(*places), partial(Walks, GraphFolder(folder)), "graph")
    high, mill, east = (walks.kerb_of[bay] for bay in "MNE")
    assert walks.seconds[high, east] == pytest.approx(1100 * 3.6 / 5, abs=5)
    assert [stop for stop, _ in walks.passings(high, east)] == [mill, east]
    assert not walks.estimated


def test_what_the_graph_can_not_tell_is_estimated_and_told(tmp_path):
    folder = laid_out.lay_out(tmp_path, [(0, 0), (100, 0)], [(0, 1)])
    walks = Stops(
        stops(place("A", "High Street"), place("B", "Far Lane", 5000)),
        partial(Walks, GraphFolder(folder)),
        "graph",
    )
    assert walks.estimated
    assert walks.seconds[0, 1] == pytest.approx(5000 * 1.3 * 3.6 / 5, abs=2)


def test_bays_on_top_of_each_other_have_points_of_their_own():
    walks = Stops(stops(place("A", "High Street"), place("B", "Car park")))
    assert len(set(walks.points)) == 2
    assert walks.seconds.min() >= 1


def test_a_big_council_has_longer_stops():
    grid = [place(f"{x} {y}", f"Street {y}", 15 * x, 60 * y) for x in range(40) for y in range(40)]
    found = stops(*grid)
    assert len(found) <= MOST_STOPS
    assert sum(len(stop.bays) for stop in found) == 1600
