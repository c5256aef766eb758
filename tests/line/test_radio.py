"""By radio: a supervisor records for an officer without a working phone, and the journal says so."""

from uuid import uuid4

from ..builders import Officer
from .scenes import Town, overstay, task_of


def by_radio(town: Town, officer: Officer, task: dict, step: str, status: int | None = None, **more) -> dict:
    body = {
        "id": str(uuid4()),
        "recorded_at": town.clock().isoformat(),
        "officer_id": officer.id,
        "step": step,
        "version": task["version"],
        **more,
    }
    return town.supervisor.post(f"/tasks/{task['id']}/radio", body, status)


def shift_by_radio(town: Town, officer: Officer, step: str, **more) -> dict:
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "step": step, **more}
    return town.supervisor.post(f"/shifts/{officer.shift['id']}/radio", body)


def test_a_visit_by_radio_from_the_offer_to_the_outcome(town: Town, officer: Officer):
    task = overstay(town)
    for step in ("accept", "arrive"):
        task = by_radio(town, officer, task, step)
    task = by_radio(town, officer, task, "outcome", outcome="advised_and_moved")
    assert (task["state"], task["outcome"]) == ("closed", "advised_and_moved")
    story = town.supervisor.get(f"/journal?subject_id={task['id']}")["items"]
    told = {each["kind"]: each for each in story if each["facts"].get("radio")}
    assert set(told) == {"task.accept", "task.arrive", "task.close"}
    assert {each["officer_id"] for each in told.values()} == {officer.id}
    assert len({each["actor"] for each in told.values()}) == 1
    assert told["task.accept"]["actor"].startswith("person:")


def test_a_declined_task_goes_on_to_the_next(town: Town, officer: Officer):
    task = overstay(town)
    assert by_radio(town, officer, task, "decline", reason="busy")["state"] == "waiting"
    by_radio(town, officer, task_of(town, task), "decline", 409, reason="busy")


def test_a_notice_is_not_served_by_radio_and_nothing_is_seen_for_the_officer(town: Town, officer: Officer):
    task = by_radio(town, officer, overstay(town), "accept")
    town.clock.set("11:30")
    by_radio(town, officer, task, "outcome", 422, outcome="notice_served")
    by_radio(town, officer, task, "sightings", 422)
    by_radio(town, officer, task, "arrive", 422, plate="AB12CDE")
    assert task_of(town, task)["sightings"] == 0


def test_only_for_the_officer_who_has_the_task(town: Town, officer: Officer):
    task = overstay(town)
    other = town.on_duty(town.centre)
    by_radio(town, other, task, "accept", 403)


def test_what_a_step_needs_is_asked_for(town: Town, officer: Officer):
    task = overstay(town)
    refused = by_radio(town, officer, task, "decline", 422)
    assert refused["errors"] == [{"pointer": "/reason", "detail": "Say the reason."}]


def test_a_shift_by_radio(town: Town):
    officer = town.officer(town.centre)
    assert shift_by_radio(town, officer, "start")["state"] == "available"
    assert shift_by_radio(town, officer, "state", state="break")["state"] == "break"
    assert shift_by_radio(town, officer, "end")["state"] == "ended"
    story = town.supervisor.get(f"/journal?subject_id={officer.shift['id']}")["items"]
    assert [each["kind"] for each in story if each["facts"].get("radio")] == [
        "shift.available", "shift.break", "shift.ended",
    ]  # fmt: skip


def test_sent_twice_it_takes_effect_once(town: Town, officer: Officer):
    task = overstay(town)
    body = {
        "id": str(uuid4()), "recorded_at": town.clock().isoformat(), "officer_id": officer.id, "step": "accept",
        "version": task["version"],
    }  # fmt: skip
    first, again = (town.supervisor.post(f"/tasks/{task['id']}/radio", body) for _ in range(2))
    assert first["version"] == again["version"]
