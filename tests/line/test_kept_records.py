"""What an officer recorded offline comes late: it changes nothing any more, and is not lost."""

from typing import Any

import pytest

from ..builders import Officer
from .scenes import Town, accepted, arrived, overstay, task_of

HERE = {"outcome": "notice_served"}


def kept(town: Town) -> list[dict[str, Any]]:
    return town.supervisor.get("/kept-records")["items"]


def moved_on(town: Town, officer: Officer) -> dict[str, Any]:
    """The task as the officer's phone saw it before it lost its signal; it is withdrawn since."""
    task = accepted(town, officer)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    return task


def test_a_sighting_of_a_task_that_has_moved_on_is_kept_for_the_supervisor(town: Town, officer: Officer):
    task = moved_on(town, officer)
    seen_at = town.clock().isoformat()
    town.clock.forward(minutes=40)
    answer = officer.step(task, "sightings", 409, plate="AB12CDE", note="on the line", recorded_at=seen_at)
    assert (answer["kept"], answer["task"]["state"]) == (True, "withdrawn")
    [record] = kept(town)
    assert (record["kind"], record["task_id"], record["why"]) == ("sighting", task["id"], "stale-task")
    assert (record["said"]["plate"], record["said"]["note"]) == ("AB12CDE", "on the line")
    assert record["officer"]["id"] == officer.id
    assert record["recorded_at"] < record["received_at"]


def test_an_outcome_that_comes_when_another_officer_has_the_task_is_kept(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    other = town.on_duty(town.centre, name="Other")
    town.sweep()
    assert task_of(town, task)["officer"]["id"] == other.id
    answer = officer.step(task, "outcome", 409, outcome="gone_on_arrival")
    assert (answer["kept"], answer["detail"]) == (True, "Another officer has this task now.")
    assert [record["said"]["outcome"] for record in kept(town)] == ["gone_on_arrival"]
    assert task_of(town, task)["outcome"] is None


def test_a_notice_that_was_served_without_enough_evidence_is_not_forgotten(town: Town, officer: Officer):
    task = arrived(town, officer)
    answer = officer.step(task, "outcome", 422, **HERE)
    assert answer["kept"]
    assert [record["said"]["outcome"] for record in kept(town)] == ["notice_served"]


def test_a_phone_whose_clock_is_hours_ahead_is_told_so_and_its_record_is_kept(town: Town, officer: Officer):
    task = arrived(town, officer)
    ahead = town.clock().replace(hour=20).isoformat()
    answer = officer.step(task, "sightings", 422, plate="AB12CDE", recorded_at=ahead)
    assert answer["errors"][0]["pointer"] == "/recorded_at"
    assert answer["kept"]
    [record] = kept(town)
    assert record["recorded_at"] > record["received_at"]


@pytest.mark.parametrize("times", [1, 10])
def test_a_late_record_is_kept_once_however_often_it_comes(town: Town, officer: Officer, times: int):
    task = moved_on(town, officer)
    body = {"id": "0197c000-0000-7000-8000-000000000001"}
    for _ in range(times):
        assert officer.step(task, "outcome", 409, outcome="gone_on_arrival", **body)["kept"]
    [record] = kept(town)
    assert town.journal(record["id"]) == ["record.kept"]


def test_what_was_never_an_officers_task_keeps_nothing(town: Town, officer: Officer):
    other = town.on_duty(town.centre, name="Other")
    task = overstay(town)
    stranger = other if officer.mine() else officer
    stranger.step(task, "outcome", 403, outcome="gone_on_arrival")
    assert kept(town) == []


def test_a_record_that_is_taken_is_not_kept_apart(town: Town, officer: Officer):
    officer.step(arrived(town, officer), "sightings", plate="AB12CDE")
    assert kept(town) == []
