"""The benchmark as a whole: what a policy may learn, what is written down, and that a seed is enough."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from enforcement.simulation.dispatch import policies
from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.city import city
from enforcement.simulation.dispatch.figures import Estimate, ahead_of
from enforcement.simulation.dispatch.past import past_without
from enforcement.simulation.dispatch.policies import NAMES
from enforcement.simulation.dispatch.rules import Rules
from enforcement.simulation.recorded_day import read_area

from .towns import DAY, overstay, ring

BLIND = {"blanket", "clairvoyant"}  # they do not look at sensors
LATER, LATEST = DAY + timedelta(days=1), DAY + timedelta(days=2)


def quiet(line):
    """Nobody is told."""


def two_days():
    return ring(
        overstay("1", 430, 500),
        overstay("4", 431, 700),
        overstay("2", 425, 426),
        overstay("1", 450, 460, LATER),
    )


def busy_ring():
    """A day with more than one officer can attend."""
    random = Random(1)
    overs = [(str(random.randrange(12)), random.randrange(400, 1100)) for _ in range(150)]
    return ring(*(overstay(bay, over, over + random.randrange(2, 40)) for bay, over in overs), kerbs=12)


def wanted(area, days, **changes):
    return Wanted(**{"area": area, "name": "a ring", "days": days, "learn_from": area} | changes)


def test_every_policy_walks_the_same_days():
    area = two_days()
    report = measure(wanted(area, [DAY], officers=(1, 2)), quiet)
    assert [(run.officers, run.policy) for run in report.runs] == [
        (k, name) for k in (1, 2) for name in NAMES
    ]
    assert {run.present for run in report.runs} == {(3,)}
    assert all(0 < run.attended[0] <= 3 for run in report.runs)


@pytest.fixture
def settings(monkeypatch):
    """What each policy is built from."""
    seen = []

    def curious(build):
        def built(setting):
            seen.append(setting)
            return build(setting)

        return built

    for name, build in policies.POLICIES.items():
        monkeypatch.setitem(policies.POLICIES, name, curious(build))
    return seen


def test_a_policy_is_built_from_the_other_days_only(settings):
    report = measure(wanted(two_days(), [DAY]), quiet)
    assert len(settings) == len(policies.POLICIES)
    assert {each.day for setting in settings for each in setting.past.overstays} == {LATER}
    assert report.fit_days == (LATER,)


def test_a_policy_that_learns_from_another_area_sees_nothing_of_this_one(settings):
    there = ring(overstay("3", 500, 520), overstay("3", 600, 610, LATER), overstay("3", 700, 710, LATEST))
    report = measure(wanted(two_days(), [DAY, LATER], learn_from=there), quiet)
    assert {(each.day, each.bay) for setting in settings for each in setting.past.overstays} == {
        (LATEST, "3")
    }
    assert report.fit_days == (LATEST,)


def test_a_policy_is_told_what_a_car_takes_and_whether_departures_are_seen(settings):
    rules = Rules(ends=8 * 3600, service=60, departures_shown=False)
    measure(wanted(two_days(), [DAY], rules=rules), quiet)
    assert {(setting.service_seconds, setting.departures_seen) for setting in settings} == {(60, False)}


def test_days_of_another_folder_that_are_measured_are_not_learned_from():
    assert past_without(two_days(), {DAY, LATER}).overstays == ()


def test_no_policy_but_the_clairvoyant_is_touched_by_what_is_yet_to_happen():
    """The same day twice, once with another afternoon: the morning is the same."""
    area, noon = busy_ring(), 12 * 60
    other = [each for each in area.overstays if each.vio_min < noon]
    changed = [replace(each, dep_min=each.dep_min + 300) if each.dep_min > noon else each for each in other]
    blind = tuple(name for name in NAMES if name != "clairvoyant")
    walked = {"policies": blind, "rules": Rules(ends=13 * 3600)}
    mornings = [
        [[at for at in run.played[0].attended_at if at < noon * 60] for run in measure(each, quiet).runs]
        for each in (
            wanted(area, [DAY], **walked),
            wanted(replace(area, overstays=tuple(changed)), [DAY], **walked),
        )
    ]
    assert all(len(morning) > 20 for morning in mornings[0])
    assert mornings[0] == mornings[1]


def test_the_same_seed_gives_the_same_days():
    area = busy_ring()
    once, again = (
        measure(wanted(area, [DAY], rules=Rules(lost=0.2, ends=9 * 3600)), quiet) for _ in range(2)
    )
    assert [run.played[0].attended_at for run in once.runs] == [
        run.played[0].attended_at for run in again.runs
    ]


def test_a_city_is_made_from_its_seed():
    assert city(seed=3, days=2) == city(seed=3, days=2)
    assert city(seed=4, days=2) != city(seed=3, days=2)


def test_a_day_of_the_city_does_not_depend_on_how_many_follow():
    first = date(2024, 1, 1)
    assert city(seed=1, days=1).on(first) == city(seed=1, days=2).on(first)


def test_the_clairvoyant_is_ahead_of_those_who_do_not_know():
    area = busy_ring()
    nearest, clairvoyant = measure(wanted(area, [DAY], policies=("nearest", "clairvoyant")), quiet).runs
    assert clairvoyant.attended > nearest.attended


def test_the_difference_is_taken_day_by_day():
    area = two_days()
    nearest, blanket = measure(wanted(area, [DAY, LATER], policies=("nearest", "blanket")), quiet).runs
    ahead = ahead_of(nearest, blanket)
    days = [ours - theirs for ours, theirs in zip(nearest.attended, blanket.attended, strict=True)]
    assert ahead == Estimate.of(days)
    assert Estimate.of([1, 3]) == Estimate(2, 1.0)
    assert [Estimate.of(days).words("+") for days in ([1, 3], [2])] == ["+2.0 ± 1.0", "+2.0"]


@pytest.mark.parametrize(
    ("area", "nearest", "greedy"),
    [("docklands", [277, 279], [244, 242]), ("queensberry", [101, 119], [96, 107])],
)
def test_the_melbourne_days_give_what_they_gave(recorded_days, area, nearest, greedy):
    recorded = read_area(recorded_days / area)
    report = measure(wanted(recorded, recorded.days[:2], policies=("nearest", "greedy")), quiet)
    assert [list(run.attended) for run in report.runs] == [nearest, greedy]


@pytest.mark.parametrize(
    "changes",
    [{"service": 60}, {"service": 180}, {"departures_shown": False}, {"lost": 0.5}],
    ids=str,
)
def test_every_policy_walks_by_varied_rules(changes):
    rules = replace(Rules(ends=9 * 3600), **changes)
    report = measure(wanted(busy_ring(), [DAY], officers=(1, 2), rules=rules), quiet)
    assert all(run.attended[0] for run in report.runs)


def test_sensors_that_are_all_lost_leave_officers_where_they_are_but_not_a_blanket_patrol():
    area = busy_ring()
    area = replace(area, overstays=tuple(each for each in area.overstays if each.vio_min > 7 * 60))
    report = measure(wanted(area, [DAY], rules=Rules(ends=9 * 3600, lost=1.0)), quiet)
    attended = {run.policy: sum(run.attended) for run in report.runs}
    assert {policy for policy, caught in attended.items() if caught} == BLIND
