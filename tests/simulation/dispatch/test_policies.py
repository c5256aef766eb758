"""Where each policy goes, on a ring of kerbs a hundred seconds apart."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from random import Random

import numpy as np
import pytest

from enforcement.simulation.dispatch.past import Past, PastOverstay, past_without
from enforcement.simulation.dispatch.policies import POLICIES
from enforcement.simulation.dispatch.streets import Streets
from enforcement.simulation.dispatch.survival import Survival
from enforcement.simulation.dispatch.tour import short_tour, tour_seconds
from enforcement.simulation.dispatch.view import Setting, Shown, View

from .towns import DAY, MORNING, area, overstay, ring

NOON = 12 * 3600


@pytest.fixture(scope="module")
def streets():
    return Streets(ring(kerbs=6))


def policy(name, streets, *overstays):
    return POLICIES[name](Setting(streets, past_without(ring(*overstays), {DAY})))


def view(*cars, now=NOON, at=0, officer=0, officers=1, offered=range(6)):
    shown = tuple(Shown(str(kerb), kerb, now - over) for kerb, over in cars)
    return View(DAY, now, MORNING, 19 * 3600, officer, officers, at, shown, frozenset(offered), (), Random(1))


def test_the_nearest_is_the_shortest_walk(streets):
    assert policy("nearest", streets).decide(view((4, 60), (2, 3600))) == 2


def test_the_greedy_one_prefers_who_came_lately(streets):
    assert policy("greedy", streets).decide(view((4, 60), (2, 3600))) == 4


def test_the_likeliest_is_the_one_that_has_been_over_for_long(streets):
    assert policy("probability", streets).decide(view((2, 60), (4, 3 * 3600))) == 4


def test_where_departures_are_not_seen_the_one_that_has_been_over_for_long_has_probably_left(streets):
    setting = Setting(streets, past_without(ring(), {DAY}), departures_seen=False)
    for name in ("probability", "probability-per-minute"):
        assert POLICIES[name](setting).decide(view((2, 60), (1, 3 * 3600))) == 2


def test_at_a_fork_ours_goes_to_the_likelier_car_as_far_as_anybody_knows():
    there_and_back = [(5, 0, 10), (0, 5, 10), (0, 1, 700), (1, 0, 700), (0, 2, 700), (2, 0, 700)]
    fork = area(there_and_back, {"start": 0, "long": 2, "lately": 4})
    at_the_fork = view((1, 3 * 3600), (2, 60))
    for seen, kerb in ((True, 1), (False, 2)):
        setting = Setting(Streets(fork), past_without(fork, set()), departures_seen=seen)
        assert POLICIES["openpatrol"](setting).decide(at_the_fork) == kerb


def test_for_each_minute_of_the_walk_the_near_one_is_worth_more(streets):
    assert policy("probability-per-minute", streets).decide(view((1, 60), (4, 3 * 3600))) == 1


def test_ants_find_the_way_past_most_cars(streets):
    assert policy("ant-colony", streets).decide(view((1, 60), (2, 60), (3, 60))) == 1


@pytest.mark.parametrize("name", [name for name in POLICIES if name != "blanket"])
def test_whoever_looks_at_sensors_waits_when_they_show_nothing_that_is_offered(streets, name):
    assert policy(name, streets).decide(view()) is None
    assert policy(name, streets).decide(view((3, 60), offered=[0, 1, 2])) is None


def test_a_blanket_patrol_goes_round_whatever_is_shown(streets):
    blanket = policy("blanket", streets)
    assert [blanket.decide(view((3, 60), at=at)) for at in range(6)] == [1, 2, 3, 4, 5, 0]


def test_several_on_a_blanket_patrol_begin_at_equal_distances(streets):
    blanket = policy("blanket", streets)
    begins = [blanket.decide(view(now=MORNING, officer=officer, officers=3)) for officer in range(3)]
    assert begins == [1, 3, 5]


def test_a_bay_where_cars_leave_at_once_is_learned(streets):
    other = DAY + timedelta(days=1)
    quick = [overstay("2", minute, minute + 2, other) for minute in range(420, 620, 2)]
    slow = [overstay("4", minute, minute + 90, other) for minute in range(420, 620, 2)]
    learned = Survival(past_without(ring(*quick, *slow), {DAY}), streets)
    assert learned.pace(DAY, "2", NOON) > 2 * learned.pace(DAY, "4", NOON)


def test_who_was_not_seen_to_leave_counts_for_as_long_as_they_were_seen(streets):
    days = [PastOverstay(DAY, "2", MORNING + 60 * car, MORNING + 60 * car + 600) for car in range(300)]
    unseen = [replace(each, seen_to_leave=False) for each in days]
    gone, lost = (Survival(Past((DAY,), tuple(each)), streets) for each in (days, unseen))
    assert gone.model.chance(5, 10) < 0.5 < 0.8 < lost.model.chance(5, 10)


@pytest.mark.parametrize("seed", range(4))
def test_the_tour_of_a_small_town_is_the_shortest_there_is(seed):
    seconds = np.random.default_rng(seed).integers(10, 500, size=(7, 7))
    best = min(tour_seconds([0, *rest], seconds) for rest in permutations(range(1, 7)))
    tour = short_tour(seconds)
    assert sorted(tour) == list(range(7))
    assert tour_seconds(tour, seconds) == best


def test_the_tour_of_a_chessboard_never_crosses_itself():
    places = np.array([(10 * x, 10 * y) for x in range(6) for y in range(6)])
    places = np.random.default_rng(0).permutation(places)
    seconds = np.rint(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))).astype(np.int64)
    assert tour_seconds(short_tour(seconds), seconds) == 36 * 10
