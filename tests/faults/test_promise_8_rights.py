"""Promise 8: a permit system that is slow, wrong or down slows nobody down, and what was not checked says so."""

from collections.abc import Iterator
from threading import Thread

import pytest
from sqlalchemy import text

from enforcement import jobs
from enforcement.adapters.queue import RIGHTS, USUAL
from enforcement.domain.breaker import FAULTS_IN_A_ROW
from routes.commands.worker import LANES

from ..adapters.rights.provider import FakeProvider
from ..builders import Council
from ..line.rights_scenes import ask_all, connect, state_of
from ..line.scenes import Town

BAYS = [f"B{n}" for n in range(1, 9)]


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


@pytest.fixture
def town(council: Council) -> Town:
    return Town(council)


def late_cars(town: Town) -> None:
    """Eight cars that came at nine and are over their two hours; swept once."""
    for bay in BAYS[1:]:
        town.bay(bay)
    town.clock.set("11:05")
    town.reads(*((bay, "occupied", "09:00") for bay in BAYS))
    town.sweep()


def test_while_a_provider_hangs_readings_and_sweeps_go_on_and_tasks_say_what_was_not_checked(
    town: Town, provider
):
    connect(town, provider)
    provider.hang()
    late_cars(town)
    assert provider.asked == []  # neither a reading nor the sweep calls anybody

    town.clock.forward(seconds=5)
    town.sweep()

    tasks = town.tasks()
    assert len(tasks) == len(BAYS)
    assert {task["rights"] for task in tasks} == {"not checked: the provider did not answer in time"}


def test_only_the_first_few_wait_for_one_that_hangs(town: Town, provider):
    connect(town, provider, timeout_seconds=0.1)
    provider.hang()
    late_cars(town)

    assert ask_all(town) == len(BAYS)
    town.sweep()

    assert len(provider.asked) == FAULTS_IN_A_ROW
    assert state_of(town)["state"] == "open"
    words = {task["rights"] for task in town.tasks()}
    assert words == {"not checked: Meters did not answer", "not checked: Meters does not answer at present"}


@pytest.mark.parametrize("wrong", [b"[]", b"<html>", b'{"status": "error"}'])
def test_one_that_answers_nonsense_is_as_good_as_silent(town: Town, provider, wrong):
    connect(town, provider)
    provider.answers(200, wrong)
    late_cars(town)
    ask_all(town)
    town.sweep()
    assert {task["rights_status"] for task in town.tasks()} == {"unknown"}


def test_no_lock_is_held_while_a_provider_is_asked(town: Town, provider):
    connect(town, provider, timeout_seconds=1.0)
    provider.hang()
    late_cars(town)
    asking = Thread(target=_ask_all, args=(town,))
    asking.start()
    provider.wait_for_a_question()

    with town.session() as session:
        session.execute(text("SELECT 1 FROM stays FOR UPDATE NOWAIT")).all()
        session.execute(text("SELECT 1 FROM rights_providers FOR UPDATE NOWAIT")).all()
        session.rollback()
    town.reads(("B1", "free", "11:06"))
    asking.join()


def _ask_all(town: Town) -> None:
    with town.app.app_context():
        ask_all(town)


def test_questions_and_messages_do_not_share_a_lane():
    lanes = {task.name: task.queue for task in jobs.queue.tasks.values()}
    assert {name for name, lane in lanes.items() if lane == RIGHTS} == {"rights.ask-bay", "rights.ask-plate"}
    assert lanes["messages.deliver"] == USUAL
    assert set(LANES) == {RIGHTS, USUAL}
