"""Who goes where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import (
    PATIENCE_SECONDS,
    OfficerNow,
    Proposal,
    TaskNow,
    nearest_first,
    plan,
)
from enforcement.domain.matching import Floats

NOW = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)
WALK = StraightLine()
METRE = 1 / 111_250  # degrees of latitude, near enough


def in_minutes(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def certain(over: Floats, ahead: Floats) -> Floats:
    return np.ones(len(over))


def leaving(over: Floats, ahead: Floats) -> Floats:
    """Half of the cars leave every ten minutes."""
    return 0.5 ** (ahead / 10)


def no_time() -> bool:
    """To look ahead."""
    return False


def officer(name: Any = 1, north: float = 0.0, **changes: Any) -> OfficerNow:
    """An officer so many metres north of the corner, free now, in the zone "a"."""
    here = OfficerNow(name, -0.1, 51.5 + north * METRE, frozenset("a"), NOW, in_minutes(240))
    return replace(here, **changes)


def task(name: Any = 1, north: float = 0.0, **changes: Any) -> TaskNow:
    there = TaskNow(name, -0.1, 51.5 + north * METRE, frozenset("a"), 10, NOW, None, 15)
    return replace(there, **changes)


def pairs(proposals: list[Proposal]) -> list[tuple[Any, Any]]:
    return [(proposal.officer, proposal.task) for proposal in proposals]


@st.composite
def boards(draw: st.DrawFn) -> tuple[list[OfficerNow], list[TaskNow]]:
    minutes = st.integers(-30, 60)
    places = st.integers(-40, 40).map(lambda step: step * 50.0)
    zones = st.frozensets(st.sampled_from("abc"), max_size=2)
    officers = [
        officer(
            name,
            draw(places),
            zones=draw(zones),
            free_at=in_minutes(draw(minutes)),
            shift_ends=draw(st.none() | minutes.map(in_minutes)),
            pace=draw(st.sampled_from([0.5, 1.0, 1.5])),
        )
        for name in range(draw(st.integers(0, 6)))
    ]
    tasks = [
        task(
            name,
            draw(places) + name,  # metres: no two at the same place
            zones=draw(zones),
            value=draw(st.sampled_from([0.0, 1.0, 2.5, 40.0])),
            lawful_from=in_minutes(draw(minutes)),
            until=draw(st.none() | minutes.map(in_minutes)),
            refused_by=draw(st.frozensets(st.integers(0, 6), max_size=2)),
            only_for=draw(st.none() | st.none() | st.integers(0, 6)),
        )
        for name in range(draw(st.integers(0, 12)))
    ]
    return officers, tasks


def worth(person: OfficerNow, work: TaskNow) -> float:
    """The rule, written out for one pair, to the microsecond: 0 where it may not be."""
    here, there = np.array([[person.lon, person.lat]]), np.array([[work.lon, work.lat]])
    free = max(person.free_at, NOW)
    arrival = free + timedelta(seconds=float(WALK.seconds(here, there)[0, 0]) / person.pace)
    begin = max(arrival, work.lawful_from)
    gates = (
        person.zones & work.zones,
        person.id not in work.refused_by,
        work.only_for in (None, person.id),
        work.until is None or begin <= work.until,
        person.shift_ends is None or begin <= person.shift_ends,
    )
    if not all(gates):
        return 0.0
    still_there = 0.5 ** ((begin - NOW).total_seconds() / 600)
    return work.value * still_there * exp(-(begin - NOW).total_seconds() / PATIENCE_SECONDS)


def total(proposals: list[Proposal], officers: list[OfficerNow], tasks: list[TaskNow]) -> float:
    people, work = {o.id: o for o in officers}, {t.id: t for t in tasks}
    return sum(worth(people[p.officer], work[p.task]) for p in proposals)


@settings(deadline=None)
@given(boards())
def test_every_proposal_passes_the_gates_and_nobody_is_sent_twice(board):
    officers, tasks = board
    people, work = {o.id: o for o in officers}, {t.id: t for t in tasks}
    for proposals in (
        plan(officers, tasks, WALK, NOW, leaving),
        nearest_first(officers, tasks, WALK, NOW),
    ):
        assert all(worth(people[p.officer], work[p.task]) > 0 for p in proposals)
        assert len({p.officer for p in proposals}) == len({p.task for p in proposals}) == len(proposals)


@settings(deadline=None)
@given(boards())
def test_without_time_to_look_ahead_the_plan_is_worth_as_much_as_the_best_assignment(board):
    officers, tasks = board
    proposals = plan(officers, tasks, WALK, NOW, leaving, no_time)
    every = np.array([[worth(o, t) for t in tasks] for o in officers]).reshape(len(officers), len(tasks))
    best = every[linear_sum_assignment(every, maximize=True)].sum()
    assert total(proposals, officers, tasks) == pytest.approx(best, rel=1e-6)
    assert sum(p.expected_value for p in proposals) == pytest.approx(best, rel=1e-6)


@settings(deadline=None)
@given(boards())
def test_even_without_time_to_look_ahead_the_plan_is_never_worth_less_than_nearest_first(board):
    officers, tasks = board
    planned = total(plan(officers, tasks, WALK, NOW, leaving, no_time), officers, tasks)
    assert planned >= total(nearest_first(officers, tasks, WALK, NOW), officers, tasks) - 1e-9


@settings(deadline=None)
@given(boards(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_listed_makes_no_difference(board, random):
    officers, tasks = board
    shuffled = random.sample(officers, len(officers)), random.sample(tasks, len(tasks))
    assert plan(*shuffled, WALK, NOW, leaving) == plan(officers, tasks, WALK, NOW, leaving)
    assert nearest_first(*shuffled, WALK, NOW) == nearest_first(officers, tasks, WALK, NOW)


def test_nobody_to_send_and_nowhere_to_go():
    for officers, tasks in (([], []), ([officer()], []), ([], [task()])):
        assert plan(officers, tasks, WALK, NOW, certain) == []
        assert nearest_first(officers, tasks, WALK, NOW) == []


def test_nothing_is_proposed_where_nothing_can_be_reached():
    class NoWay(StraightLine):
        def seconds(self, origins, destinations):
            return np.full((len(origins), len(destinations)), np.inf)

    assert plan([officer(1), officer(2)], [task(1)], NoWay(), NOW, certain) == []
    assert nearest_first([officer(1), officer(2)], [task(1)], NoWay(), NOW) == []


def test_a_car_that_is_surely_gone_is_not_worth_a_walk():
    assert plan([officer()], [task()], WALK, NOW, lambda over, ahead: np.zeros(len(over))) == []


def test_an_unknown_chance_or_position_sends_nobody():
    assert plan([officer()], [task()], WALK, NOW, lambda over, ahead: np.full(len(over), np.nan)) == []
    assert plan([officer(lat=float("nan"))], [task()], WALK, NOW, certain) == []
    assert nearest_first([officer(lat=float("nan"))], [task()], WALK, NOW) == []


def test_two_officers_are_weighed_together_not_one_after_the_other():
    officers = [officer("ann", 0), officer("bob", 300)]
    tasks = [task("near both", 100), task("beyond", -100)]
    assert pairs(plan(officers, tasks, WALK, NOW, certain)) == [("ann", "beyond"), ("bob", "near both")]


def test_nobody_who_is_free_stands_by_for_one_who_will_be():
    busy = officer("busy", 20, free_at=in_minutes(10))
    idle = officer("idle", 100)
    not_yet_lawful = task(1, 0, lawful_from=in_minutes(5))
    assert pairs(plan([busy, idle], [not_yet_lawful], WALK, NOW, leaving)) == [("idle", 1)]


def test_an_officer_soon_to_be_free_next_door_goes_before_one_far_away():
    busy = officer("busy", 20, free_at=in_minutes(2))
    assert pairs(plan([officer("far", 900), busy], [task("here")], WALK, NOW, leaving)) == [("busy", "here")]


def test_the_chance_is_asked_for_the_moment_at_which_work_can_begin():
    asked = []

    def chance(over, ahead):
        asked.append((over.tolist(), ahead.tolist()))
        return np.ones(len(over))

    later = officer(free_at=in_minutes(5))
    plan([later], [task(lawful_from=in_minutes(12), minutes_over=-1.5)], WALK, NOW, chance)
    assert asked[0] == ([-1.5], [12.0])


def test_waiting_for_the_lawful_minute_costs_as_much_as_walking():
    (wait,) = plan([officer()], [task(lawful_from=in_minutes(10))], WALK, NOW, certain)
    assert wait.expected_value == pytest.approx(10 * exp(-1))


def test_a_slower_pace_takes_longer_over_the_same_way():
    (brisk,) = plan([officer()], [task(north=100)], WALK, NOW, certain)
    (slow,) = plan([officer(pace=0.5)], [task(north=100)], WALK, NOW, certain)
    assert slow.walk_seconds == pytest.approx(2 * brisk.walk_seconds)
    assert slow.walk_metres == brisk.walk_metres == pytest.approx(130, rel=0.01)


def test_a_second_sighting_is_kept_for_the_officer_who_made_the_first():
    officers = [officer("near"), officer("first", 500)]
    (proposal,) = plan(officers, [task(only_for="first")], WALK, NOW, certain)
    assert proposal.officer == "first"
    assert proposal.reason == "made the first sighting; likely still there"
    assert plan([officer("near")], [task(only_for="first")], WALK, NOW, certain) == []


def test_an_officer_ends_on_time():
    ten_minutes_away = task(north=641)
    assert plan([officer(shift_ends=in_minutes(9))], [ten_minutes_away], WALK, NOW, certain) == []
    assert plan([officer(shift_ends=in_minutes(11))], [ten_minutes_away], WALK, NOW, certain)


def test_ties_go_by_id():
    officers, tasks = [officer("b", 10), officer("a", 10)], [task("y", 20), task("x", 0)]
    assert pairs(nearest_first(officers, tasks, WALK, NOW)) == [("a", "x"), ("b", "y")]


@pytest.mark.parametrize(
    ("others", "chance", "reason"),
    [
        ([], 0.9, "the only one who can get there; likely still there"),
        ([100, 200], 0.5, "nearest of three; may still be there"),
        ([-10, 100, 200], 0.1, "second nearest of four; probably gone by then"),
    ],
)
def test_the_reason_is_a_plain_sentence(others, chance, reason):
    def soon_gone(over, ahead):
        return np.where(ahead < 20, chance, chance / 2)

    busy = [officer(1 + i, north, free_at=in_minutes(30)) for i, north in enumerate(others)]
    (proposal,) = plan([officer(0, 20), *busy], [task()], WALK, NOW, soon_gone)
    assert (proposal.officer, proposal.reason) == (0, reason)


def test_nearest_first_gives_its_reason_without_a_chance_it_did_not_ask():
    proposals = nearest_first([officer(1), officer(2, 100)], [task()], WALK, NOW)
    assert [proposal.reason for proposal in proposals] == ["nearest of two"]


def test_a_whole_shift_starting_from_one_depot_gets_the_best_plan_there_is():
    random = np.random.default_rng(7)
    officers = [officer(i, float(random.normal(0, 20))) for i in range(30)]
    tasks = [task(i, north=float(random.uniform(-4000, 4000))) for i in range(300)]
    every = np.array([[worth(o, t) for t in tasks] for o in officers])
    best = every[linear_sum_assignment(every, maximize=True)].sum()
    proposals = plan(officers, tasks, WALK, NOW, leaving, no_time)
    assert len(proposals) == 30
    assert total(proposals, officers, tasks) == pytest.approx(best)


def test_of_two_cars_the_officer_goes_to_the_one_that_leaves_at_a_slower_pace():
    slow, fast = task("slow", 300), task("fast", 300, pace=3.0)
    assert pairs(plan([officer()], [fast, slow], WALK, NOW, leaving)) == [(1, "slow")]


def test_a_standing_patrol_has_no_car_that_could_leave():
    car, patrol = task("car", 300), task("patrol", 300, minutes_over=None)
    (proposal,) = plan([officer()], [car, patrol], WALK, NOW, leaving)
    assert (proposal.task, proposal.reason) == (
        "patrol",
        "the only one who can get there",
    )


def test_what_can_wait_is_for_those_who_have_nothing_else_to_do():
    spare, urgent = task("spare", 10, value=90, spare=True), task("urgent", 2000, value=1)
    assert pairs(plan([officer(1)], [spare, urgent], WALK, NOW, leaving)) == [(1, "urgent")]
    assert pairs(plan([officer(1), officer(2, 2000)], [spare, urgent], WALK, NOW, leaving)) == [
        (1, "spare"),
        (2, "urgent"),
    ]


def test_three_around_the_corner_are_worth_a_longer_walk_than_one_next_door():
    lonely, cluster = task("lonely", 150), [task(name, -250 - 10 * i) for i, name in enumerate("xyz")]
    (near,) = plan([officer()], [lonely, *cluster], WALK, NOW, leaving, no_time)
    (ahead,) = plan([officer()], [lonely, *cluster], WALK, NOW, leaving)
    assert (near.task, ahead.task) == ("lonely", "x")
    assert ahead.reason.endswith("three more on from there")
    assert ahead.expected_value == pytest.approx(worth(officer(), cluster[0]))


def test_two_officers_do_not_both_count_on_the_same_cluster():
    cluster = [task(name, -250 - 10 * i) for i, name in enumerate("xyz")]
    east, west = officer("east", -200), officer("west", 0)
    proposals = plan([east, west], [task("lonely", 150), *cluster], WALK, NOW, leaving)
    assert pairs(proposals) == [("east", "x"), ("west", "lonely")]


def test_a_task_that_fits_in_before_a_second_sighting_comes_first():
    second = task("second", 100, value=20, only_for=1, lawful_from=in_minutes(10))
    (proposal,) = plan([officer()], [second, task("between", -50, work_seconds=120)], WALK, NOW, certain)
    assert proposal.task == "between"


def test_work_that_would_make_a_second_sighting_late_is_left_to_others():
    second = task("second", 100, value=20, only_for=1, until=in_minutes(4))
    (proposal,) = plan([officer()], [second, task("long", -50, work_seconds=600)], WALK, NOW, certain)
    assert proposal.task == "second"


def test_tasks_at_the_very_same_place_are_one_stop_and_more_worth_together():
    together = [task("one", 300), task("two", 300)]
    (proposal,) = plan([officer()], [task("alone", -200), *together], WALK, NOW, leaving, no_time)
    assert proposal.task == "one"


def test_at_one_stop_work_comes_after_work():
    (together,) = plan([officer()], [task(n, work_seconds=600) for n in "ab"], WALK, NOW, certain)
    assert together.expected_value == pytest.approx(10 + 10 * exp(-1))


def test_time_that_runs_out_leaves_a_whole_plan():
    moments = iter([True, True, False])
    officers = [officer(i, 10.0 * i) for i in range(30)]
    tasks = [task(i, 30.0 * i) for i in range(60)]
    assert len(plan(officers, tasks, WALK, NOW, leaving, lambda: next(moments))) == 30


@pytest.mark.parametrize(
    "no_business", [{"zones": frozenset("b")}, {"refused_by": frozenset({1})}, {"only_for": 2}]
)
def test_what_an_officer_may_not_do_draws_nobody_there(no_business):
    beside_far = [task(f"not for you {i}", 310 + i, **no_business) for i in range(4)]
    (proposal,) = plan([officer()], [task("near", -100), task("far", 300), *beside_far], WALK, NOW, leaving)
    assert (proposal.task, proposal.reason) == (
        "near",
        "the only one who can get there; likely still there; one more on from there",
    )


def test_nobody_comes_from_afar_for_what_a_colleague_passes_on_the_way():
    small, big = task("small", 150, value=60, work_seconds=300), task("big", 300, value=100, work_seconds=300)
    assert pairs(plan([officer("near"), officer("far", -3000)], [small, big], WALK, NOW, certain)) == [
        ("near", "small")
    ]


def test_a_far_colleague_helps_where_the_near_one_would_be_longer():
    small, big = task("small", 150, work_seconds=3600), task("big", 300, work_seconds=3600)
    proposals = plan([officer("near"), officer("far", -1500)], [small, big], WALK, NOW, certain)
    assert {proposal.officer for proposal in proposals} == {"near", "far"}


def test_a_second_look_in_half_an_hour_leaves_room_for_work_at_hand():
    second = task("second", 100, value=20, only_for=1, lawful_from=in_minutes(30))
    (proposal,) = plan(
        [officer()], [second, task("between", -50, value=3, work_seconds=300)], WALK, NOW, certain
    )
    assert proposal.task == "between"


def test_work_ends_with_the_shift_too():
    with_work = task(work_seconds=600)
    assert plan([officer(shift_ends=in_minutes(9))], [with_work], WALK, NOW, certain) == []
    assert plan([officer(shift_ends=in_minutes(11))], [with_work], WALK, NOW, certain)


def test_at_one_place_several_share_work_that_takes_time():
    car_park = [task(i, 100, work_seconds=300) for i in range(5)]
    officers = [officer(i) for i in range(3)]
    for proposals in (
        plan(officers, car_park, WALK, NOW, certain),
        nearest_first(officers, car_park, WALK, NOW),
    ):
        assert len({proposal.officer for proposal in proposals}) == len({p.task for p in proposals}) == 3


def test_a_proposal_tells_where_its_way_leads_on_to():
    there = [task(1, 100), task(2, 200), task(3, 300)]
    [made] = plan([officer()], there, WALK, NOW, leaving)
    assert made.then
    assert made.task == 1
    assert made.then.task == 2
    assert made.then.walk_metres == pytest.approx(130, abs=2)
    assert made.then.walk_seconds == pytest.approx(made.then.walk_metres / (5 / 3.6), rel=0.01)


def test_nobody_is_told_of_a_stop_that_a_colleague_is_sent_to_now():
    there = [task(1, 100), task(2, 200)]
    made = plan([officer(1), officer(2, 210)], there, WALK, NOW, leaving)
    assert sorted(pairs(made)) == [(1, 1), (2, 2)]
    assert [each.then for each in made] == [None, None]


def test_without_time_to_look_ahead_nobody_is_told_what_comes_next():
    [made] = plan([officer()], [task(1, 100), task(2, 200)], WALK, NOW, leaving, no_time)
    assert made.then is None
