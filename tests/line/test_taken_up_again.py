"""A job that fell over because the database went away is taken up again, and its work is done once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from enforcement import jobs
from enforcement.adapters.tables import Notification, RightsAnswer, StayRow, Task

from ..adapters.push_service import PushService
from ..adapters.rights.provider import FakeProvider
from ..builders import Officer
from .rights_scenes import connect
from .scenes import Town, arrived, count, overstay, rows, work
from .test_locks import hold, running

END_WHO_WAITS = text("""
    SELECT pg_terminate_backend(w.pid, 5000) FROM pg_locks w
    WHERE NOT w.granted AND pg_backend_pid() = ANY(pg_blocking_pids(w.pid))
""")
# Jobs that other towns of the same database have queued and nobody has begun are none of ours.
AT_ONCE = text("""
    UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND attempts > 0 RETURNING attempts
""")


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


def work_while_the_database_goes_away(town: Town, holding: Any) -> None:
    """A worker's connection ends as its job comes to the council's only row of this table."""
    with town.session() as session:
        hold(session, holding)
        with running(town, session, lambda: work(town)) as working:
            assert session.scalars(END_WHO_WAITS).all() == [True]
            session.rollback()
            working.result()


def work_again(town: Town) -> None:
    """Its waiting time is over: a worker takes up the one job that fell over."""
    with town.session() as session:
        assert session.scalars(AT_ONCE).all() == [1]
        session.commit()
    work(town)


def test_a_message(town: Town, phone: Officer, service: PushService):
    overstay(town)
    work_while_the_database_goes_away(town, Notification)
    assert service.requests == 0
    work_again(town)
    service.wait_for(1)
    with town.session() as session:
        assert [(row.state, row.attempts) for row in rows(session, Notification)] == [("sent", 1)]


def test_a_question_about_a_bay(town: Town, queued: None, provider: FakeProvider):
    connect(town, provider)
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    work_while_the_database_goes_away(town, StayRow)
    work_again(town)
    town.sweep()
    assert [task["rights_status"] for task in town.tasks()] == ["none"]
    with town.session() as session:
        assert count(session, RightsAnswer) == 1


def test_a_question_about_a_plate(town: Town, officer: Officer, queued: None, provider: FakeProvider):
    connect(town, provider, about_bays=False)
    officer.step(arrived(town, officer), "sightings", plate="AB12CDE")
    work_while_the_database_goes_away(town, Task)
    work_again(town)
    assert [task["rights_status"] for task in town.tasks()] == ["none"]
    with town.session() as session:
        assert count(session, RightsAnswer) == 1


def test_only_what_comes_round_within_the_hour_gets_no_second_try():
    once = {task.name for task in jobs.queue.tasks.values() if task.retry_strategy is None}
    ours = {name for name in once if not name.startswith(("procrastinate", "builtin"))}
    assert ours == {"upkeep.partitions", "upkeep.rescue", "upkeep.queue"}
