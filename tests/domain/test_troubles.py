"""Messages, plans and jobs: what is trouble, and what is only a quiet town."""

from datetime import timedelta

import pytest

from enforcement.domain.troubles import (
    Messages,
    Plans,
    jobs_stand,
    nobody_works,
    planner_in_trouble,
    push_in_trouble,
)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def plans(
    due_for: float = 0, tasks: int = 4, free: int = 2, fallbacks: int = 0, faulty: bool = False
) -> Plans:
    return Plans(seconds(due_for), tasks, free, fallbacks, faulty)


@pytest.mark.parametrize(
    ("all_", "troubled", "said"), [(0, 0, False), (2, 2, False), (3, 3, True), (7, 3, False), (6, 3, True)]
)
def test_three_messages_in_trouble_and_half_of_all_are_an_alarm(all_, troubled, said):
    assert push_in_trouble(Messages(all_, troubled), was=False) is said


def test_trouble_with_messages_is_over_when_three_in_four_arrive_in_time():
    assert push_in_trouble(Messages(8, 2), was=True)
    assert not push_in_trouble(Messages(8, 1), was=True)
    assert not push_in_trouble(Messages(1, 0), was=True)


def test_while_nothing_is_sent_nobody_knows_that_it_is_over():
    assert push_in_trouble(Messages(0, 0), was=True)


def test_no_plan_for_a_minute_is_an_alarm_where_there_is_work_and_somebody_to_do_it():
    assert not planner_in_trouble(plans(due_for=59))
    assert planner_in_trouble(plans(due_for=60))


def test_where_nobody_is_free_or_nothing_waits_no_plan_is_missed():
    assert not planner_in_trouble(plans(due_for=600, free=0))
    assert not planner_in_trouble(plans(due_for=600, tasks=0))


def test_a_planner_that_gives_up_once_is_no_alarm_and_again_and_again_is_one():
    assert not planner_in_trouble(plans(fallbacks=2, faulty=True))
    assert planner_in_trouble(plans(fallbacks=3, faulty=True))
    assert not planner_in_trouble(plans(fallbacks=3, faulty=False))


def test_jobs_stand_when_the_oldest_has_waited_for_a_minute():
    assert not jobs_stand(seconds(0))
    assert jobs_stand(seconds(60))


def test_nobody_works_where_no_worker_has_looked_for_a_minute_or_ever():
    assert not nobody_works(seconds(59))
    assert nobody_works(seconds(60))
    assert nobody_works(None)
