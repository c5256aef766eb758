"""That plans are judged by what they are, and that all planners are asked the same."""

from dataclasses import replace
from datetime import timedelta
from math import exp

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from enforcement.domain.dwell import PRIOR

from .cities import NOW, City
from .plans import KINDS, OTHERS
from .yardstick import TAU, total, worth


@pytest.fixture
def pair():
    """An officer and a task at one place; the car has been over for ten minutes."""
    [officer], [task] = City().made(1, 1)
    here = replace(officer, lon=task.lon, lat=task.lat, zones=task.zones)
    return here, replace(task, value=8.0, lawful_from=NOW, minutes_over=10.0)


def test_a_task_here_and_now_is_worth_its_value(pair):
    officer, task = pair
    assert total([(officer.id, task.id)], [officer], [task], NOW) == pytest.approx(8.0)


def test_waiting_costs_patience_and_the_chance_that_the_car_leaves_and_being_busy_only_the_chance(pair):
    officer, task = pair
    chance = PRIOR.chance(10, 5)
    later = replace(task, lawful_from=NOW + timedelta(minutes=5))
    assert worth([officer], [later], NOW)[0, 0] == pytest.approx(8 * chance * exp(-300 / TAU))
    busy = replace(officer, free_at=NOW + timedelta(minutes=5))
    assert worth([busy], [task], NOW)[0, 0] == pytest.approx(8 * chance)


@pytest.mark.parametrize(
    "change", [{"zones": frozenset({"elsewhere"})}, {"shift_ends": NOW - timedelta(minutes=1)}]
)
def test_a_plan_that_sends_an_officer_where_they_may_not_go_is_refused(pair, change):
    officer, task = pair
    with pytest.raises(ValueError, match="may not go"):
        total([(officer.id, task.id)], [replace(officer, **change)], [task], NOW)


def test_a_plan_that_sends_two_to_one_task_or_one_to_two_is_refused(pair):
    officer, task = pair
    two, tasks = [officer, replace(officer, id="another")], [task, replace(task, id="another")]
    for pairs in (
        [(officer.id, task.id), ("another", task.id)],
        [(officer.id, task.id), (officer.id, "another")],
    ):
        with pytest.raises(ValueError, match="twice"):
            total(pairs, two, tasks, NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_a_city_is_what_it_is_called(kind):
    officers, tasks = KINDS[kind].made(20, 300)
    assert (len({(each.lon, each.lat) for each in officers}) == 1) is ("one depot" in kind)
    assert (len({each.value for each in tasks}) < 10) is ("few values" in kind)
    nearest = [min(abs(a.lon - b.lon) + abs(a.lat - b.lat) for b in tasks if b is not a) for a in tasks]
    assert bool(np.median(nearest) < 0.0003) is ("streets" in kind)
    assert (worth(officers, tasks, NOW) > 0).any(axis=1).all()


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_solve_the_same_problem(name):
    officers, tasks = City().made(6, 60)
    table = worth(officers, tasks, NOW)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    value = total(OTHERS[name](officers, tasks), officers, tasks, NOW)
    assert (0.3 if name == "nearest-first" else 0.95) * best < value <= best * (1 + 1e-9)
