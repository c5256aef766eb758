"""Cars within their time: shown where all cars are known, hidden where only overstays were recorded."""

from dataclasses import replace

import pytest

from enforcement.simulation.dispatch import policies
from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.city import city
from enforcement.simulation.dispatch.policies import POLICIES
from enforcement.simulation.dispatch.rules import GRACE
from enforcement.simulation.dispatch.streets import Streets

from .towns import MORNING, Orders, car, numbered, overstay, play, ring

LONG = 40_000


@pytest.fixture(scope="module")
def streets():
    return Streets(ring(kerbs=6))


def test_a_pair_needs_a_first_look_within_the_period_by_the_same_officer(streets):
    seen = car(1, 100 + GRACE + 1, LONG)
    late = car(1, 100 + GRACE, LONG)
    assert play(streets, [seen], Orders([1, None, None, 1, 1, 1]), arrivals_known=True).pairs == 1
    assert play(streets, [late], Orders([1, None, None, 1, 1, 1]), arrivals_known=True).pairs == 0
    other = Orders(
        [1], [None, None, None, None, None, None, None, None, None, None, None, None, None, None, 1]
    )
    assert play(streets, [seen], other, officers=2, arrivals_known=True).pairs == 0


def test_a_car_that_has_not_arrived_is_not_looked_at(streets):
    later = car(1, 300 + GRACE, LONG, arrives=101)
    assert play(streets, [later], Orders([1, None, None, 1, 1, 1]), arrivals_known=True).pairs == 0


def test_a_parked_car_is_shown_from_its_arrival_where_arrivals_are_known(streets):
    policy = Orders([])
    play(streets, [car(3, 180, 240, arrives=60)], policy, arrivals_known=True)
    views = policy.views[:5]
    assert [len(view.parked) for view in views] == [0, 1, 1, 0, 0]
    assert [len(view.shown) for view in views] == [0, 0, 0, 1, 0]
    parked = views[1].parked[0]
    assert (parked.arrived, parked.over_since) == (MORNING + 60, MORNING + 180)


def test_a_car_that_leaves_in_time_is_shown_like_any_other_until_it_does(streets):
    policy = Orders([])
    play(streets, [car(3, 180, 120, arrives=60)], policy, arrivals_known=True)
    assert [len(view.parked) for view in policy.views[:4]] == [0, 1, 0, 0]
    assert not any(view.shown for view in policy.views)


def test_where_arrivals_are_not_known_no_car_is_shown_before_its_overstay_begins(streets):
    policy = Orders([2, 2])
    play(streets, [car(1, 780, LONG), car(2, 650, 640)], policy)
    assert not any(view.parked for view in policy.views)
    assert all(each.over_since <= view.now for view in policy.views for each in view.shown)
    assert {(each.arrived, each.looked_by) for view in policy.views for each in view.shown} <= {(None, ())}


def test_the_control_room_knows_who_had_a_first_look(streets):
    policy = Orders([2], [])
    play(streets, [car(1, 100 + GRACE + 1, LONG)], policy, officers=2, arrivals_known=True)
    assert policy.views[0].parked[0].looked_by == ()
    assert next(view.shown[0].looked_by for view in policy.views if view.shown) == (0,)


def test_parked_cars_are_told_in_an_order_that_does_not_tell_which_will_overstay(streets):
    policy = Orders([])
    stays = numbered(car(1, 800, 801), car(2, 900, LONG))
    in_time = replace(car(3, 850, 700), number=2)
    play(streets, [*stays, in_time], policy, arrivals_known=True)
    assert [each.kerb for each in policy.views[0].parked] == [1, 3, 2]


def remembered(area, monkeypatch):
    """What `nearest` was shown on a day of the area."""
    views = []

    class Remembers(POLICIES["nearest"]):
        def decide(self, view):
            views.append(view)
            return super().decide(view)

    monkeypatch.setitem(policies.POLICIES, "nearest", Remembers)
    measure(Wanted(area, "an area", area.days[:1], area, policies=("nearest",)), lambda line: None)
    return views


def test_a_recording_of_overstays_shows_nothing_before_they_begin(monkeypatch):
    area = ring(overstay("1", 430, 500, arrived=400), overstay("4", 900, 960, arrived=410))
    views = remembered(area, monkeypatch)
    assert views
    assert not any(view.parked for view in views)
    assert all(each.over_since <= view.now for view in views for each in view.shown)


def test_the_city_shows_its_parked_cars_and_most_of_them_leave_in_time(monkeypatch):
    town = city(days=1)
    views = remembered(town, monkeypatch)
    assert all(len(view.parked) > 20 for view in views if view.now < 18 * 3600)
    assert len(town.in_time) > 4 * len(town.overstays)


def afternoon_changed(town, noon):
    """Whoever is there at noon stays for five hours more."""
    later = [
        replace(each, dep_min=each.dep_min + 300) if each.dep_min > noon else each
        for each in (*town.overstays, *town.in_time)
        if each.arr_min < noon
    ]
    over = tuple(each for each in later if each.dep_min > each.vio_min)
    in_time = tuple(each for each in later if each.dep_min <= each.vio_min)
    return replace(town, overstays=over, in_time=in_time)


def test_what_is_shown_does_not_tell_what_is_yet_to_happen(monkeypatch):
    noon = 12 * 60
    town = city(days=1)
    mornings = [
        [(view.now, view.at, view.shown, view.parked) for view in views if view.now < noon * 60]
        for views in (remembered(area, monkeypatch) for area in (town, afternoon_changed(town, noon)))
    ]
    assert len(mornings[0]) > 20
    assert mornings[0] == mornings[1]
