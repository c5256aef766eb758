"""That the evenings are walked by their own rules: what is counted, and what a policy may know."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import pytest

from enforcement.domain.dispatch import OfficerNow, TaskNow

from .evening import Car, Evening, Start, evening
from .patrol import WORK_SECONDS, Patrol, Routes, walk_seconds
from .trials import OURS, POLICIES, Trial, ahead_of, row, trial, walks_saved

METRE = 1 / 111_250  # degrees of latitude, near enough
STAYS = inf


class InOrder:
    """By number: the first task that is left, for everybody. Remembers what it was asked."""

    every = 0

    def __init__(self) -> None:
        self.asked: list[tuple[float, Sequence[OfficerNow], Sequence[TaskNow]]] = []

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        self.asked.append((now, officers, tasks))
        return {officer.id: [task.id for task in tasks] for officer in officers}


def car(number: int = 0, north: float = 100.0, leaves: float = STAYS, over_from: float = 0.0) -> Car:
    return Car(number, -0.1, 51.5 + north * METRE, 0, 5.0, over_from, leaves)


def street(*cars: Car, officers: int = 1, seconds: float = 900.0) -> Evening:
    return Evening(cars, (Start(-0.1, 51.5, frozenset({0})),) * officers, seconds)


WALK = walk_seconds((-0.1, 51.5), (-0.1, 51.5 + 100 * METRE))


def test_a_car_counts_when_work_begins_while_it_is_there():
    played = Patrol(street(car(leaves=WALK + 1)), InOrder()).play()
    assert (played.value, played.attended, played.wasted) == (5.0, 1, 0)


def test_a_walk_to_a_car_that_left_is_wasted_and_nobody_goes_there_again():
    played = Patrol(street(car(leaves=WALK - 10), officers=2), InOrder()).play()
    assert (played.value, played.attended, played.wasted, played.cut_short) == (0, 0, 1, 0)


def test_a_car_is_attended_once():
    assert Patrol(street(car(), officers=3), InOrder()).play().attended == 1


def test_an_officer_turns_back_when_the_sensors_show_a_departure_and_goes_on_from_there():
    policy = InOrder()
    played = Patrol(street(car(leaves=31), car(1, over_from=40)), policy, departures_shown=True).play()
    assert (played.attended, played.wasted, played.cut_short) == (1, 0, 1)
    [_, again] = policy.asked
    assert again[0] == 45  # the first look after the second car appeared
    walked = 35 / WALK * 100 * METRE
    assert again[1][0].lat - 51.5 == pytest.approx(walked)


def test_departures_are_hidden_until_an_officer_arrives():
    policy = InOrder()
    Patrol(street(car(), car(1, 2000, leaves=1)), policy).play()
    assert [[task.id for task in tasks] for _, _, tasks in policy.asked] == [[0, 1], [1]]


def test_no_car_is_known_before_it_begins_to_overstay():
    policy = InOrder()
    Patrol(evening(3, 4, hours=0.2), policy).play()
    assert policy.asked
    assert all(task.minutes_over >= 0 for _, _, tasks in policy.asked for task in tasks)


def test_a_car_that_was_not_seen_for_long_is_expected_to_be_worth_less():
    policy = InOrder()
    far = [car(0, 50), car(1, 2000)]
    Patrol(street(*far), policy).play()
    first, second = ({task.id: task.value for task in tasks}[1] for _, _, tasks in policy.asked)
    assert first == 5.0 > second


def test_an_officer_is_busy_while_walking_and_working_and_is_planned_for_from_then():
    policy = InOrder()
    Patrol(street(car(), car(1, 100, over_from=10), officers=2), policy).play()
    now, officers, _ = policy.asked[1]
    assert (officers[0].free_at - policy.asked[0][1][0].free_at).total_seconds() == pytest.approx(
        WALK + WORK_SECONDS
    )
    assert now == 15


def test_a_plan_that_holds_is_followed_along_its_route():
    policy = InOrder()
    policy.every = 10_000
    played = Patrol(street(car(), car(1), car(2)), policy).play()
    assert (played.attended, len(policy.asked), len(played.thinking)) == (3, 1, 1)


def test_work_that_would_begin_after_the_end_counts_for_nothing():
    played = Patrol(street(car(), seconds=WALK - 10), InOrder()).play()
    assert (played.attended, played.wasted) == (0, 0)


def test_the_same_seed_is_the_same_evening_for_any_number_of_officers():
    assert evening(7, 10).cars == evening(7, 50).cars != evening(8, 10).cars
    assert evening(7, 10).starts == evening(7, 50).starts[:10]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("shown", [False, True])
def test_every_policy_walks_an_evening(policy, shown):
    result = trial(policy, 3, [0, 1], departures_shown=shown, hours=0.25, cars_a_minute=5)
    assert all(each.attended and each.thinking for each in result.played)


def test_what_we_are_ahead_by_is_told_evening_by_evening():
    other = trial("nearest-first", 2, [0, 1], hours=0.1)
    doubled = tuple(replace(each, value=2 * each.value, wasted=each.wasted - 3) for each in other.played)
    ours = Trial(OURS, 2, doubled)
    assert (ahead_of(ours, other).mean, ahead_of(ours, other).error) == (100, 0)
    assert (walks_saved(ours, other).mean, walks_saved(ours, other).error) == (3, 0)
    assert "+100.0 ± 0.0 %" in row(other, [ours, other])
