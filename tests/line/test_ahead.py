"""What comes after the work in hand: as far as the plan can tell, and never a promise."""

from typing import Any

import pytest

from enforcement.adapters.tables import Planning

from ..builders import HOME, Council, Officer
from .scenes import Town, overstay
from .test_two_sightings import left, two_sightings

STEP = 0.0009  # degrees of latitude: about a hundred metres


def then(officer: Officer) -> dict[str, Any] | None:
    told: dict[str, Any] | None = officer.phone.get("/next")["then"]
    return told


@pytest.fixture
def street(town: Town) -> Town:
    """B1 where the officer stands, and B2 to B4 on along the street; a car over its time at each."""
    for number in (2, 3, 4):
        town.bay(f"B{number}", lat=HOME[1] + (number - 1) * STEP)
    town.clock.set("11:15")
    for number in (1, 2, 3, 4):
        town.reads((f"B{number}", "occupied", f"09:0{number}"))
    return town


def test_who_is_on_the_way_is_told_where_it_leads_on_to(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    [task] = officer.mine()
    told = then(officer)
    assert told
    assert told["task_id"] != task["id"]
    assert set(told) == {"task_id", "bay", "lawful_from", "walk_metres", "walk_seconds"}
    assert 90 <= told["walk_metres"] <= 400
    assert told["bay"]["street"] == "Judd Street"
    officer.step(task, "accept")
    assert then(officer) == told


def test_it_is_what_the_plan_gives_them_when_nothing_changes(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    while told := then(officer):
        [task] = officer.mine()
        task = officer.step(task, "accept")
        officer.step(task, "outcome", outcome="gone_on_arrival")
        street.sweep()
        assert [each["id"] for each in officer.mine()] == [told["task_id"]]


def test_what_another_officer_has_by_then_is_told_to_nobody_else(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    told = then(officer)
    assert told
    other = street.on_duty(street.centre, lat=told["bay"]["lat"], lon=told["bay"]["lon"], name="Ann")
    street.sweep()
    assert [each["id"] for each in other.mine()] == [told["task_id"]]
    assert (then(officer) or {}).get("task_id") != told["task_id"]
    assert (then(other) or {}).get("task_id") not in (told["task_id"], officer.mine()[0]["id"])


def test_a_car_that_left_is_not_ahead_any_more(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    told = then(officer)
    assert told
    street.clock.set("11:17")
    street.reads((told["bay"]["reference"], "free", "11:16"))
    street.sweep()
    assert (then(officer) or {}).get("task_id") != told["task_id"]


def test_what_was_planned_long_ago_is_not_told(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    assert then(officer)
    street.clock.forward(minutes=31)
    assert then(officer) is None


def test_after_other_work_than_the_plan_meant_nobody_can_tell(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    told, [task] = then(officer), officer.mine()
    assert told
    officer.step(task, "decline", reason="busy")
    waiting = next(each for each in street.tasks() if each["id"] not in (task["id"], told["task_id"]))
    street.supervisor.post(f"/tasks/{waiting['id']}/offer", {"shift_id": officer.shift["id"]})
    assert then(officer) is None


@pytest.mark.parametrize("on_duty", [True, False])
def test_who_has_nothing_in_hand_or_is_off_duty_has_nothing_ahead(town: Town, on_duty: bool):
    officer = town.on_duty(town.centre) if on_duty else town.officer(town.centre)
    assert then(officer) is None


def test_their_own_second_look_comes_first(council: Council):
    two_sightings(council)
    town = Town(council)
    town.reads(("B1", "occupied", "09:00"))
    officer = town.on_duty(town.centre)
    task = left(town, officer)
    assert then(officer) is None  # twenty minutes away
    town.clock.set("11:02")
    told = then(officer)
    assert told
    assert (told["task_id"], told["lawful_from"]) == (task["id"], task["lawful_from"])
    assert told["walk_metres"] == pytest.approx(0, abs=1)


def test_the_plan_keeps_no_more_than_ids_and_walks(street: Town):
    street.on_duty(street.centre)
    street.sweep()
    with street.session() as session:
        ahead = session.get_one(Planning, street.id).ahead
    assert ahead
    [way] = ahead.values()
    assert set(way) == {"task", "after", "walk_seconds", "walk_metres", "at"}


def test_one_task_leads_nowhere(town: Town, officer: Officer):
    overstay(town)
    assert officer.mine()
    assert then(officer) is None


def test_what_is_taken_back_is_ahead_of_nobody_before_the_next_plan(street: Town):
    officer = street.on_duty(street.centre)
    street.sweep()
    told = then(officer)
    assert told
    street.supervisor.post(f"/tasks/{told['task_id']}/withdraw", {"why": "A funeral"})
    assert then(officer) is None
