"""The planner's process: whatever happens to it, an answer comes in time."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread, Timer
from time import sleep

import numpy as np
import pytest

from enforcement.adapters.planner import PlannerProcess, PlanResult
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import Chance, OfficerNow, TaskNow, plan

NOW = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)
ZONES = frozenset({"a"})
OFFICERS = [OfficerNow(i, -0.1, 51.5 + i / 1000, ZONES, NOW, None) for i in range(3)]
PATIENT = 60.0  # seconds: however busy the machine is, a plan of this size is made in less
SHORT = 0.3
LATE = "late: no plan within 0.3 s"
BUSY = replace(OFFICERS[2], free_at=NOW + timedelta(minutes=1))
TASKS = [TaskNow(i, -0.1, 51.4995 + i / 900, ZONES, 1.0 + i, NOW, None, 15.0) for i in range(8)]


def steady(over, ahead):
    return 0.9 ** (ahead / 10)


def hanging(over, ahead):
    sleep(10 * PATIENT)


def raising(over, ahead):
    raise ZeroDivisionError("no data")


def dying(over, ahead):
    os._exit(7)


def ask(planner: PlannerProcess, chance: Chance = steady) -> PlanResult:
    return planner.plan(OFFICERS, TASKS, StraightLine(), NOW, chance)


def warm_up(planner: PlannerProcess) -> PlanResult:
    """Ask until the child has started; what it takes to import scipy depends on the machine."""
    for _ in range(10):
        if (result := ask(planner)).by == "assignment":
            return result
    raise AssertionError(result.fault)


@contextmanager
def impatient(planner: PlannerProcess) -> Iterator[None]:
    """Answers are wanted in no time."""
    planner.deadline_seconds = SHORT
    try:
        yield
    finally:
        planner.deadline_seconds = PATIENT


@pytest.fixture(scope="module")
def shared() -> Iterator[PlannerProcess]:
    with PlannerProcess(PATIENT) as planner:
        yield planner


@pytest.fixture
def planner(shared: PlannerProcess) -> PlannerProcess:
    """A planner whose child has started."""
    warm_up(shared)
    return shared


def test_it_plans_as_the_rule_does_and_keeps_its_child(planner):
    child = planner.pid
    result = ask(planner)
    assert (result.by, result.fault) == ("assignment", None)
    assert result.proposals == plan(OFFICERS, TASKS, StraightLine(), NOW, steady)
    assert planner.pid == child


@pytest.mark.parametrize(
    ("chance", "fault"),
    [(raising, "raised ZeroDivisionError: no data"), (dying, "died with exit code 7")],
)
def test_a_child_that_fails_is_replaced_and_nearest_first_answers(planner, chance, fault):
    child = planner.pid
    result = ask(planner, chance)
    assert (result.by, result.fault) == ("nearest-first", fault)
    assert {proposal.officer for proposal in result.proposals} == {0, 1, 2}
    assert planner.pid != child
    assert warm_up(planner).by == "assignment"


def test_a_child_that_is_late_is_not_waited_for(planner):
    child = planner.pid
    with impatient(planner):
        result = ask(planner, hanging)
    assert (result.by, result.fault) == ("nearest-first", LATE)
    assert {proposal.officer for proposal in result.proposals} == {0, 1, 2}
    assert result.seconds < PATIENT
    assert planner.pid != child


def test_nearest_first_sends_nobody_who_is_not_free_yet(planner):
    with impatient(planner):
        result = planner.plan([*OFFICERS[:2], BUSY], TASKS, StraightLine(), NOW, hanging)
    assert {proposal.officer for proposal in result.proposals} == {0, 1}


def test_nearest_first_lets_nobody_wait_beside_a_second_look_that_is_not_due(planner):
    kept = replace(TASKS[0], id="kept", only_for=OFFICERS[0].id, lawful_from=NOW + timedelta(minutes=50))
    with impatient(planner):
        result = planner.plan(OFFICERS[:1], [kept, TASKS[1]], StraightLine(), NOW, hanging)
    assert [proposal.task for proposal in result.proposals] == [TASKS[1].id]


def test_a_child_killed_in_mid_plan_costs_one_plan(planner):
    killing = Timer(0.2, os.kill, (planner.pid, signal.SIGKILL))
    killing.start()
    result = ask(planner, hanging)
    killing.join()
    assert (result.by, result.fault) == ("nearest-first", "died with exit code -9")
    assert warm_up(planner).by == "assignment"


def test_a_child_killed_between_two_plans_costs_one_plan(planner):
    os.kill(planner.pid, signal.SIGKILL)
    assert ask(planner).by == "nearest-first"
    assert warm_up(planner).by == "assignment"


def test_a_stopped_child_that_reads_nothing_holds_nobody_up(planner):
    os.kill(planner.pid, signal.SIGSTOP)
    many = [
        TaskNow(i, -0.1, 51.5, ZONES, 1.0, NOW, None, 15.0) for i in range(5000)
    ]  # more than a pipe holds
    with impatient(planner):
        result = planner.plan(OFFICERS, many, StraightLine(), NOW, steady)
    assert (result.by, result.fault) == ("nearest-first", LATE)
    assert result.seconds < PATIENT


def test_a_problem_that_cannot_be_sent_leaves_the_child_alone(planner):
    child = planner.pid
    result = ask(planner, lambda over, ahead: np.ones(len(over)))
    assert result.by == "nearest-first"
    assert result.fault.startswith("could not be asked: ")
    assert (planner.pid, ask(planner).by) == (child, "assignment")


def test_ctrl_c_is_the_parents_to_handle(planner):
    child = planner.pid
    os.kill(child, signal.SIGINT)
    assert (ask(planner).by, planner.pid) == ("assignment", child)


def test_callers_in_many_threads_each_get_their_own_answer(planner):
    answers = {}

    def plan_for(count: int) -> None:
        result = planner.plan(OFFICERS[:count], TASKS, StraightLine(), NOW, steady)
        answers[count] = [proposal.officer for proposal in result.proposals]

    threads = [Thread(target=plan_for, args=(count,)) for count in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {0: [], 1: [0], 2: [0, 1], 3: [0, 1, 2]}


def test_a_cold_child_is_given_time_to_start():
    with PlannerProcess(deadline_seconds=0.001) as planner:
        child = planner.pid
        result = ask(planner)
        assert (result.by, result.fault) == ("nearest-first", "the planner is starting")
        assert planner.pid == child


def test_closing_ends_the_child_and_may_be_repeated():
    planner = PlannerProcess(deadline_seconds=1)
    planner.start()
    child = planner.pid
    planner.close()
    planner.close()
    assert planner.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize("chance", ["steady", "hanging"])
def test_the_child_ends_with_its_parent_even_if_that_one_is_killed(chance):
    parent = textwrap.dedent(
        f"""
        from tests.adapters import test_planner as it

        planner = it.PlannerProcess(deadline_seconds=1.5)  # the child's own
        planner.start()
        planner.deadline_seconds = it.PATIENT
        it.warm_up(planner)
        print("warm", flush=True)
        it.ask(planner, it.{chance})
        it.sleep(10 * it.PATIENT)
        """
    )
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, cwd=root)
    assert process.stdout.readline() == b"warm\n"
    sleep(0.2)
    process.kill()
    # The child holds the same output: it ends only when both are gone.
    assert process.communicate(timeout=PATIENT)[0] == b""
