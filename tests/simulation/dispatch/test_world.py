"""The rules of a day, on a ring of kerbs a hundred seconds apart."""

from dataclasses import replace
from itertools import pairwise

import pytest

from enforcement.simulation.dispatch.rules import LMU, UK
from enforcement.simulation.dispatch.streets import Streets
from enforcement.simulation.dispatch.world import NotOffered, World

from .towns import DAY, MORNING, Orders, Steady, at, car, numbered, play, ring

LONG = 40_000


@pytest.fixture(scope="module")
def streets():
    return Streets(ring(kerbs=6))


def test_a_car_at_the_target_is_attended_on_arrival_and_once(streets):
    assert at(play(streets, [car(2, 0, LONG)], Orders([2, 2]))) == [200]


def test_a_car_that_is_passed_is_attended_in_passing(streets):
    played = play(streets, numbered(car(1, 0, LONG), car(3, 0, LONG)), Orders([3]))
    assert at(played) == [100, 300]


def test_all_cars_at_a_kerb_are_attended_at_once(streets):
    played = play(streets, numbered(car(1, 0, LONG), car(1, 50, LONG), car(1, 100, LONG)), Orders([1]))
    assert at(played) == [100, 100, 100]


def test_a_car_that_left_a_second_before_is_missed(streets):
    assert at(play(streets, [car(1, 0, 100)], Orders([1]))) == []
    assert at(play(streets, [car(1, 0, 101)], Orders([1]))) == [100]


def test_a_car_that_begins_to_overstay_a_second_later_is_missed(streets):
    assert at(play(streets, [car(1, 101, LONG)], Orders([1]))) == []
    assert at(play(streets, [car(1, 100, LONG)], Orders([1]))) == [100]


def test_the_kerb_at_which_the_day_begins_is_not_searched(streets):
    assert at(play(streets, [car(0, 0, LONG)], Orders([]))) == []


def test_a_walk_is_not_interrupted(streets):
    policy = Orders([5])
    play(streets, [car(1, 150, LONG)], policy)
    assert [view.now - MORNING for view in policy.views[:2]] == [0, 500]


def test_with_nothing_to_do_an_officer_waits_a_minute(streets):
    policy = Orders([None, None, 1])
    play(streets, [], policy)
    assert [view.now - MORNING for view in policy.views[:4]] == [0, 60, 120, 220]


def test_nothing_is_attended_in_the_second_in_which_the_day_ends(streets):
    day = LMU.ends - LMU.starts
    until_the_last_walk = [None] * (day // 60 - 5)
    cars = numbered(car(2, 0, 2 * day), car(3, 0, 2 * day))
    assert at(play(streets, cars, Orders([*until_the_last_walk, 3]))) == [day - 100]


def test_a_colleagues_target_is_not_offered_until_they_are_there(streets):
    policy = Orders([4], [None, None, None, None, None, None, None])
    play(streets, [], policy, officers=2)
    seen = {view.now - MORNING: view for view in policy.views if view.officer == 1}
    assert 4 not in seen[0].offered
    assert [(each.target, each.free_at - MORNING) for each in seen[0].colleagues] == [(4, 400)]
    assert 4 not in seen[360].offered
    assert 4 in seen[420].offered


def test_a_car_that_two_officers_pass_is_attended_by_one(streets):
    played = play(streets, [car(1, 0, LONG)], Orders([2], [3]), officers=2)
    assert at(played) == [100]


def test_what_is_not_offered_is_refused(streets):
    with pytest.raises(NotOffered):
        play(streets, [], Orders([4], [4]), officers=2)
    with pytest.raises(NotOffered):
        play(streets, [], Orders([6]))


def test_nobody_is_refused(streets):
    with pytest.raises(ValueError, match="at least one officer"):
        World(streets, [], LMU, 0, DAY)


def test_a_policy_sees_cars_from_the_second_of_their_overstay_until_they_leave(streets):
    policy = Orders([])
    play(streets, [car(3, 60, 180, arrives=-500)], policy)
    assert [bool(view.shown) for view in policy.views[:4]] == [False, True, True, False]
    shown = policy.views[1].shown[0]
    assert (shown.kerb, shown.over_since) == (3, MORNING + 60)


def test_an_attended_car_is_shown_no_more(streets):
    policy = Orders([1])
    play(streets, [car(1, 0, LONG)], policy)
    assert [len(view.shown) for view in policy.views[:2]] == [1, 0]


def test_service_takes_its_time_car_by_car_and_then_the_walk_goes_on(streets):
    cars = numbered(car(1, 0, LONG), car(1, 0, LONG), car(2, 0, LONG))
    assert at(play(streets, cars, Orders([2]), replace(LMU, service=60))) == [100, 160, 320]


def test_a_car_that_leaves_while_another_is_served_is_missed(streets):
    cars = numbered(car(1, 0, LONG), car(1, 1, 160))
    assert at(play(streets, cars, Orders([1]), replace(LMU, service=60))) == [100]


def test_an_unseen_departure_is_shown_until_an_officer_passes(streets):
    policy = Orders([None, 2])
    play(streets, [car(2, 30, 50)], policy, replace(LMU, departures_shown=False))
    assert [len(view.shown) for view in policy.views[:3]] == [0, 1, 0]


def test_who_left_before_the_day_began_is_not_shown_even_where_departures_are_unseen(streets):
    policy = Orders([])
    play(streets, [car(2, -500, -50)], policy, replace(LMU, departures_shown=False))
    assert not policy.views[0].shown


def test_a_lost_report_hides_a_car_that_is_still_attended_in_passing(streets):
    policy = Orders([None, None, 2])
    played = play(streets, [car(1, 30, LONG)], policy, replace(LMU, lost=1.0))
    assert not any(view.shown for view in policy.views)
    assert at(played) == [220]


def test_officers_of_the_united_kingdom_rest_once_and_are_back_when_the_day_ends(streets):
    policy = Steady(4)
    played = play(streets, [], policy, UK)
    times = [view.now for view in policy.views]
    breaks = [later - earlier for earlier, later in pairwise(times) if later - earlier > 1000]
    last = policy.views[-1]
    assert breaks == [30 * 60 + 600]
    assert last.now + streets.home[last.at] <= UK.ends
    assert played.decisions == len(times)


def test_no_walk_is_offered_from_which_one_is_late_back(streets):
    policy = Orders([])
    play(streets, [], policy, replace(UK, ends=MORNING + 700, rests=0))
    assert policy.views[0].offered == {0, 1, 2, 3, 4, 5}
    assert policy.views[2].offered == frozenset()


def test_no_car_is_begun_that_would_make_one_late_back(streets):
    in_time = replace(UK, rests=0, ends=MORNING + 900)
    assert at(play(streets, [car(1, 0, LONG)], Orders([1]), in_time)) == [100]
    assert at(play(streets, [car(1, 0, LONG)], Orders([1]), replace(in_time, ends=MORNING + 899))) == []


def test_what_was_walked_and_passed_and_who_was_attended_is_told(streets):
    cars = numbered(car(1, 0, LONG), car(3, 0, LONG))
    played = play(streets, cars, Orders([1, 3], [2]), officers=2)
    assert played.visits == ((0, 1), (1, 1), (0, 2), (1, 2), (0, 3))
    assert played.attended == (0, 1)
    assert played.walked_seconds == 300 + 200


def test_a_walk_whose_target_holds_nobody_was_in_vain(streets):
    """Whoever was attended on the way."""
    played = play(streets, [car(1, 0, LONG)], Orders([2, 4, 0, 1]))
    assert (len(played.attended), played.walks, played.in_vain) == (1, 4, 4)
    assert play(streets, [car(1, 0, LONG)], Orders([1])).in_vain == 0


def test_a_walk_on_which_a_car_is_served_for_long_is_one_visit(streets):
    played = play(streets, [car(1, 0, LONG)], Orders([1, 2]), replace(LMU, service=60))
    assert (played.visits, played.walks, played.in_vain) == (((0, 1), (0, 2)), 2, 1)
    assert played.walked_seconds == 200


def test_the_way_home_is_walked_too(streets):
    played = play(streets, [], Orders([2]), replace(UK, ends=MORNING + 700, rests=0))
    assert played.walked_seconds == 600
    assert [kerb for _, kerb in played.visits] == [1, 2, 3, 4, 5, 0]
    assert (played.walks, played.in_vain) == (1, 1)
