"""A record that comes when its officer's shift is over, or their task withdrawn: judged by when it was done."""

from typing import Any

import pytest

from enforcement.adapters.tables import Assignment, OutcomeRow, SightingRow, Task

from ..builders import Officer, at
from .scenes import Town, accepted, arrived, overstay, rows, task_of

SEEN, ENDED = at("11:12").isoformat(), at("11:14").isoformat()


def goes_home(town: Town, officer: Officer, clock: str = "11:20") -> None:
    """Their shift is ended for them; their phone has had no signal for a while."""
    town.clock.set(clock)
    step = {"id": "0197c000-0000-7000-8000-000000000009", "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    town.clock.forward(minutes=20)


def kept(town: Town) -> list[dict[str, Any]]:
    return town.supervisor.get("/kept-records")["items"]


def test_what_was_done_within_the_shift_takes_effect_after_it(town: Town, officer: Officer):
    task = arrived(town, officer)
    goes_home(town, officer)
    officer.step(task, "sightings", plate="AB12CDE", recorded_at=SEEN)
    officer.step(task, "preparation", recorded_at=SEEN)
    late = officer.step(task, "outcome", outcome="notice_served", recorded_at=ENDED)
    assert (late["state"], late["outcome"]) == ("closed", "notice_served")
    assert town.journal(task["id"])[-4:] == ["task.release", "task.sight", "task.prepare", "task.close"]
    with town.session() as session:
        [work] = rows(session, Assignment)
        [row] = rows(session, Task)
        assert (work.end_reason, work.preparation_began_at) == ("shift_ended", at("11:12"))
        assert str(row.officer_id) == officer.id
        assert [str(each.officer_id) for each in rows(session, OutcomeRow)] == [officer.id]
    assert kept(town) == []
    town.sweep()
    assert town.tasks() == []


def test_a_late_notice_needs_its_evidence_too(town: Town, officer: Officer):
    task = arrived(town, officer)
    goes_home(town, officer)
    answer = officer.step(task, "outcome", 422, outcome="notice_served", recorded_at=ENDED)
    assert answer["kept"]
    assert task_of(town, task)["state"] == "waiting"


@pytest.mark.parametrize("done", ["11:04", "11:21"])
def test_what_was_done_before_they_had_the_task_or_after_their_shift_is_kept_apart(
    town: Town, officer: Officer, done: str
):
    task = accepted(town, officer)
    goes_home(town, officer)
    answer = officer.step(task, "outcome", 409, outcome="prevented", recorded_at=at(done).isoformat())
    assert answer["kept"]
    assert [record["kind"] for record in kept(town)] == ["outcome"]


def test_where_another_officer_has_the_task_meanwhile_it_is_kept_apart(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:15")
    goes_home(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    town.sweep()
    for what, said in (
        ("sightings", {"plate": "AB12CDE"}),
        ("preparation", {}),
        ("outcome", {"outcome": "prevented"}),
    ):
        assert officer.step(task, what, 409, recorded_at=SEEN, **said)["kept"]
    assert sorted(record["kind"] for record in kept(town)) == ["outcome", "preparation", "sighting"]
    other.step(other.step(other.mine()[0], "accept"), "outcome", outcome="gone_on_arrival")
    assert officer.step(task, "outcome", 409, outcome="prevented", recorded_at=SEEN)["kept"]
    assert task_of(town, task)["outcome"] == "gone_on_arrival"


def test_a_car_that_leaves_later_takes_nothing_from_what_was_seen_before(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:20")
    town.reads(("B1", "free", "11:19"))
    town.sweep()
    assert task_of(town, task)["state"] == "withdrawn"
    officer.step(task, "sightings", plate="AB12CDE", recorded_at=SEEN)
    assert task_of(town, task)["state"] == "withdrawn"
    closed = officer.step(task, "outcome", outcome="notice_served", recorded_at=ENDED)
    assert (closed["state"], closed["outcome"], closed["ended_why"]) == ("closed", "notice_served", None)


def test_what_was_done_after_the_task_was_withdrawn_is_kept_apart(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:20")
    town.reads(("B1", "free", "11:19"))
    town.sweep()
    town.clock.forward(minutes=5)
    assert officer.step(task, "outcome", 409, outcome="gone_on_arrival")["kept"]


def test_what_is_added_to_a_sighting_that_was_not_taken_is_kept_with_it(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    seen = "0197c000-0000-7000-8000-000000000001"
    officer.step(task, "sightings", 409, plate="AB12CDE", id=seen)
    said = {"id": "0197c000-0000-7000-8000-000000000002", "recorded_at": SEEN, "text": "A van."}
    town.clock.set("11:30")
    answer = officer.phone.post(f"/tasks/{task['id']}/sightings/{seen}/addenda", said, 404)
    assert answer["kept"]
    [record] = [each for each in kept(town) if each["kind"] == "addendum"]
    assert (record["said"]["text"], record["said"]["sighting_id"]) == ("A van.", seen)


def test_a_task_that_was_never_theirs_keeps_nothing_and_takes_nothing(town: Town):
    task = overstay(town)
    officer = town.on_duty(town.centre, name="Bo")
    stranger = officer if not officer.mine() else town.on_duty(town.centre, name="Cy")
    stranger.step(task, "sightings", 403, plate="AB12CDE")
    with town.session() as session:
        assert rows(session, SightingRow) == []
    assert kept(town) == []
