"""Unsafe: the place is frozen, whoever is on the way is called back, and only a supervisor releases it."""

import pytest

from ..builders import HOME, Officer
from .scenes import Town, at_once, overstay, task_of
from .test_alerts import alerts
from .test_offers import answered

NEAR = HOME[1] + 0.001  # some 110 m from B1
FAR = HOME[1] + 0.0018  # some 200 m


def freezes(town: Town) -> list[dict]:
    return town.supervisor.get("/freezes")["items"]


def three_cars(town: Town) -> None:
    """One at B1, one 110 m and one 200 m from it, all over their time."""
    town.bay("NEAR", lat=NEAR)
    town.bay("FAR", lat=FAR)
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"), ("NEAR", "occupied", "09:00"), ("FAR", "occupied", "09:00"))
    town.sweep()


def at(officers: list[Officer], reference: str) -> tuple[Officer, dict]:
    """Who was asked to this bay, and to what."""
    return next((o, t) for o in officers for t in o.mine() if t["bay"]["reference"] == reference)


@pytest.fixture
def scene(town: Town) -> list[Officer]:
    """Three officers on the way to three cars."""
    officers = [town.on_duty(town.centre, lat=lat) for lat in (HOME[1], NEAR, FAR)]
    three_cars(town)
    for officer in officers:
        [task] = officer.mine()
        officer.step(task, "accept")
    return officers


def say_unsafe(scene: list[Officer], how: str) -> dict:
    officer, task = at(scene, "B1")
    if how == "decline":
        return officer.step(task, "decline", reason="unsafe")
    return officer.step(task, "outcome", outcome="unsafe")


@pytest.mark.parametrize("how", ["decline", "outcome"])
def test_who_is_on_the_way_into_the_circle_is_called_back_and_who_is_outside_goes_on(
    town: Town, scene: list[Officer], how: str
):
    say_unsafe(scene, how)
    town.sweep()
    states = {task["bay"]["reference"]: task["state"] for task in town.tasks()}
    assert (states["NEAR"], states["FAR"]) == ("waiting", "accepted")
    town.clock.forward(minutes=59)
    town.sweep()
    assert not [task for officer in scene for task in officer.mine() if task["bay"]["reference"] == "NEAR"]


def test_who_stands_at_a_car_in_the_circle_ends_the_visit_themselves(town: Town, scene: list[Officer]):
    officer, task = at(scene, "NEAR")
    officer.step(task, "arrive")
    say_unsafe(scene, "decline")
    town.sweep()
    assert task_of(town, task)["state"] == "arrived"


def test_nobody_is_offered_what_is_raised_in_the_circle_until_it_is_released(
    town: Town, scene: list[Officer]
):
    say_unsafe(scene, "outcome")
    town.bay("NEW", lat=HOME[1] + 0.0005)
    town.reads(("NEW", "occupied", "09:00"))
    town.sweep()
    task = next(task for task in town.tasks() if task["bay"]["reference"] == "NEW")
    assert task["state"] == "waiting"
    [freeze] = freezes(town)
    town.supervisor.post(f"/freezes/{freeze['id']}/release")
    town.sweep()
    assert task_of(town, task)["state"] == "offered"
    assert freezes(town) == []
    assert alerts(town, "unsafe") == []


def test_a_supervisor_cannot_send_anyone_there_either(town: Town, scene: list[Officer]):
    say_unsafe(scene, "decline")
    town.sweep()
    free = scene[0]
    [near] = [task for task in town.tasks() if task["bay"]["reference"] == "NEAR"]
    refused = town.supervisor.post(f"/tasks/{near['id']}/offer", {"shift_id": free.shift["id"]}, 409)
    assert "unsafe" in refused["detail"]


def test_it_does_not_end_by_itself_and_the_supervisor_is_asked_again(town: Town, scene: list[Officer]):
    say_unsafe(scene, "outcome")
    town.sweep()
    [alert] = alerts(town, "unsafe")
    town.clock.forward(minutes=61)
    town.sweep()
    assert [each["id"] for each in alerts(town, "unsafe")] == [alert["id"]]
    assert alerts(town, "unsafe")[0]["again_at"]
    assert len(freezes(town)) == 1
    town.supervisor.post(f"/alerts/{alert['id']}/resolve")
    town.clock.forward(minutes=61)
    town.sweep()
    assert len(alerts(town, "unsafe")) == 1


def test_a_supervisor_who_extends_is_asked_later(town: Town, scene: list[Officer]):
    say_unsafe(scene, "outcome")
    town.clock.forward(minutes=5)
    town.sweep()
    [freeze] = freezes(town)
    town.supervisor.post(f"/freezes/{freeze['id']}/extend", {"minutes": 120})
    town.clock.forward(minutes=119)
    town.sweep()
    assert alerts(town, "unsafe")[0]["again_at"] is None
    town.clock.forward(minutes=1)
    town.sweep()
    assert alerts(town, "unsafe")[0]["again_at"]


def test_the_task_that_was_declined_waits_again_after_the_release(town: Town, scene: list[Officer]):
    task = say_unsafe(scene, "decline")
    assert task["state"] == "escalated"
    [freeze] = freezes(town)
    town.supervisor.post(f"/freezes/{freeze['id']}/release")
    assert task_of(town, task)["state"] == "waiting"
    stories = town.journal(freeze["id"])
    assert stories == ["freeze.began", "freeze.released"]


def test_a_task_in_a_second_freeze_is_not_reopened_by_the_release_of_its_own(
    town: Town, scene: list[Officer]
):
    officer, near = at(scene, "NEAR")
    near = officer.step(near, "decline", reason="unsafe")
    say_unsafe(scene, "decline")
    town.supervisor.post(f"/tasks/{near['id']}/reopen", status=409)
    assert len(freezes(town)) == 2


def test_unsafe_the_sweep_and_a_yes_at_the_same_moment_never_wait_for_each_other_in_a_circle(town: Town):
    officers = [town.on_duty(town.centre, lat=lat) for lat in (HOME[1], NEAR, FAR)]
    three_cars(town)
    finder, task = at(officers, "B1")
    going, near = at(officers, "NEAR")
    calls = [
        lambda: finder.step(task, "decline", reason="unsafe"),
        lambda: answered(town, going, near, "accept"),
        town.sweep,
        town.sweep,
    ]
    for each in at_once(town.app, *calls):
        assert not isinstance(each, Exception), each
    town.clock.forward(seconds=5)
    town.sweep()
    assert going.mine() == []
    assert task_of(town, near)["state"] == "waiting"


def test_bay_empty_sensor_wrong_counts_against_the_sensor_and_sends_nobody_again(
    town: Town, officer: Officer
):
    overstay(town)
    [task] = officer.mine()
    task = officer.step(task, "accept")
    officer.step(task, "outcome", outcome="bay_empty_sensor_wrong")
    town.clock.forward(minutes=10)
    town.sweep()
    assert town.tasks() == []
    assert "bay.doubted" in town.journal(task["bay"]["id"])


@pytest.mark.parametrize(
    ("outcome", "details"),
    [
        ("prevented", {}),
        ("welfare_concern", {}),
        ("incident", {"reference": "INC-7"}),
        ("signs_defective", {}),
    ],
)
def test_the_supervisor_hears_of_an_outcome_that_concerns_them(
    town: Town, officer: Officer, outcome: str, details: dict
):
    overstay(town)
    [task] = officer.mine()
    officer.step(officer.step(task, "accept"), "outcome", outcome=outcome, details=details)
    [alert] = alerts(town)
    assert (alert["kind"], alert["subject_id"], alert["officer"]["id"]) == (outcome, task["id"], officer.id)
