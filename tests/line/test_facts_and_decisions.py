"""What an officer did or saw is true whatever changed; what they decide is about the task as they saw it."""

from typing import Any
from uuid import uuid4

import pytest

from enforcement.adapters.tables import Assignment, Freeze, OutcomeRow, SightingRow

from ..builders import HOME, Council, Officer, at
from .scenes import Town, accepted, arrived, overstay, rows, task_of
from .test_two_sightings import first_look, two_sightings

EARLIER = at("11:12").isoformat()
FACTS = (("arrive", {}), ("sightings", {"plate": "AB12CDE"}), ("preparation", {}))


def changed(town: Town, officer: Officer, task: dict[str, Any]) -> None:
    """A supervisor records by radio what the officer's phone, without a signal, will say itself."""
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "version": task["version"]}
    town.supervisor.post(f"/tasks/{task['id']}/radio", {**said, "officer_id": officer.id, "step": "arrive"})


def car_leaves(town: Town, clock: str = "11:20", left: str = "11:19") -> None:
    town.clock.set(clock)
    town.reads(("B1", "free", left))
    town.sweep()


@pytest.mark.parametrize(("what", "said"), FACTS)
def test_a_fact_is_taken_although_the_task_changed_since(town: Town, officer: Officer, what: str, said: dict):
    task = accepted(town, officer)
    changed(town, officer, task)
    assert officer.step(task, what, **said)["state"] == "arrived"


@pytest.mark.parametrize(
    ("what", "said"), [("decline", {"reason": "busy"}), ("outcome", {"outcome": "prevented"})]
)
def test_a_decision_is_about_the_task_as_the_officer_saw_it(
    town: Town, officer: Officer, what: str, said: dict
):
    task = accepted(town, officer)
    changed(town, officer, task)
    answer = officer.step(task, what, 409, **said)
    assert answer["type"].endswith("/stale-task")
    assert answer["task"] == officer.phone.get(f"/tasks/{task['id']}")


def test_a_late_arrival_is_from_when_it_was(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:40")
    officer.step(task, "arrive", recorded_at=EARLIER)
    with town.session() as session:
        assert rows(session, Assignment)[-1].arrived_at == at("11:12")
    officer.step(task_of(town, task), "outcome", outcome="prevented", recorded_at=EARLIER)
    log = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    assert [line[11:16] for line in log.splitlines() if "Arrived" in line or "Closed" in line] == [
        "11:12"
    ] * 2


def test_a_late_arrival_at_a_car_that_left_since_is_recorded_and_changes_nothing_else(
    town: Town, officer: Officer
):
    task = accepted(town, officer)
    car_leaves(town)
    before = task_of(town, task)
    late = officer.step(task, "arrive", recorded_at=EARLIER)
    assert (late["state"], late["ended_why"]) == ("withdrawn", before["ended_why"])
    assert officer.phone.get("/me")["shift"]["state"] == "available"
    with town.session() as session:
        assert rows(session, Assignment)[-1].arrived_at == at("11:12")
    officer.step(late, "sightings", plate="AB12CDE", recorded_at=EARLIER)
    closed = officer.step(late, "outcome", outcome="notice_served", recorded_at=EARLIER)
    assert closed["state"] == "closed"


def test_what_the_officer_said_of_themselves_since_then_stands(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:20")
    said = {"id": str(uuid4()), "recorded_at": at("11:15").isoformat(), "state": "available"}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", said)
    officer.step(task, "arrive", recorded_at=EARLIER)
    assert officer.phone.get("/me")["shift"]["state"] == "available"


def test_who_went_on_and_was_sent_home_since_is_waited_for_no_longer(council: Council):
    two_sightings(council)
    council.bay("B1")
    officer = council.on_duty(council.zone())
    council.reads(("B1", "occupied", "09:00"))
    task = first_look(council, officer)
    council.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    given_back = task_of(council, task)
    assert officer.step(task, "look-again") == given_back
    assert (given_back["state"], given_back["not_before"]) == ("waiting", None)


def test_loading_that_was_found_before_the_car_left_is_recorded_and_nobody_looks_again(
    town: Town, officer: Officer
):
    task = accepted(town, officer)
    car_leaves(town)
    said = {"outcome": "loading_look_again", "details": {"minutes": 10}, "recorded_at": EARLIER}
    assert officer.step(task, "outcome", **said)["state"] == "withdrawn"
    with town.session() as session:
        assert [row.outcome for row in rows(session, OutcomeRow)] == ["loading_look_again"]
    assert town.journal(task["id"])[-1] == "task.noted"


def test_minutes_of_loading_run_from_when_it_was_seen(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:40")
    said = {"outcome": "loading_look_again", "details": {"minutes": 10}, "recorded_at": EARLIER}
    assert officer.step(task, "outcome", **said)["not_before"] == "2026-06-29T10:22:00Z"


def test_who_was_called_back_because_it_is_unsafe_loses_nothing_that_they_saw_before(town: Town):
    bay = town.bay("B2", lat=HOME[1] + 0.0005)
    here, there = town.on_duty(town.centre, name="Ann"), town.on_duty(town.centre, name="Bo")
    overstay(town)
    overstay(town, bay["reference"])
    mine, theirs = here.mine()[0], there.mine()[0]
    mine, theirs = here.step(mine, "accept"), there.step(theirs, "accept")
    town.clock.set("11:15")
    there.step(theirs, "decline", reason="unsafe")
    town.sweep()
    assert task_of(town, mine)["state"] == "waiting"
    town.clock.set("11:40")
    here.step(mine, "sightings", plate="AB12CDE", recorded_at=EARLIER)
    with town.session() as session:
        assert len(rows(session, SightingRow)) == 1


def test_an_unsafe_place_is_frozen_although_the_offer_went_on_meanwhile(town: Town, officer: Officer):
    overstay(town)
    [offer] = officer.mine()
    town.supervisor.post(f"/tasks/{offer['id']}/withdraw", {"why": "A funeral"})
    assert officer.step(offer, "decline", reason="unsafe")["state"] == "withdrawn"
    with town.session() as session:
        assert len(rows(session, Freeze)) == 1


def test_who_was_never_asked_to_a_place_freezes_none(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.on_duty(town.centre, name="Bo").step(task, "decline", 403, reason="unsafe")
    with town.session() as session:
        assert rows(session, Freeze) == []


def test_every_conflict_about_a_task_carries_it_as_it_is_now(town: Town, officer: Officer):
    task = arrived(town, officer)
    for what, said in (("accept", {}), ("look-again", {}), ("decline", {"reason": "busy"})):
        answer = officer.step(task, what, 409, **said)
        assert answer["task"] == task, what


def test_a_conflict_tells_nothing_of_the_colleague_who_has_the_task_now(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    other = town.on_duty(town.centre, name="Ann")
    town.sweep()
    other.step(other.mine()[0], "accept")
    answer = officer.step(task, "outcome", 409, outcome="prevented", recorded_at=town.clock().isoformat())
    assert (answer["task"]["officer"], answer["task"]["assignment"]) == (None, None)
    assert "Ann" not in str(answer)
