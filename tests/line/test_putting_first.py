"""A supervisor puts a task before all others."""

from typing import Any

import pytest

from ..builders import Officer
from .scenes import Town, accepted, overstay, task_of


@pytest.fixture
def two(town: Town) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two cars over their time at a bay and, more urgent, at a loading bay; nobody works."""
    town.bay("L1", bay_class="loading")
    return overstay(town, "L1"), overstay(town)


def where_to(town: Town, officer: Officer) -> list[str]:
    """The bays to which an officer is asked to go."""
    town.sweep()
    return [task["bay"]["reference"] for task in officer.mine()]


def test_what_a_supervisor_puts_first_comes_before_what_is_more_urgent(town: Town, two):
    ordinary = two[1]
    first = town.supervisor.post(f"/tasks/{ordinary['id']}/put-first")
    assert (first["priority"], first["priority_reasons"][0]) == (100, "the desk asks for this first")
    assert where_to(town, town.on_duty(town.centre)) == ["B1"]
    assert "task.put-first" in town.journal(ordinary["id"])


def test_what_is_put_back_is_as_urgent_as_it_was(town: Town, two):
    ordinary = two[1]
    town.supervisor.post(f"/tasks/{ordinary['id']}/put-first")
    back = town.supervisor.post(f"/tasks/{ordinary['id']}/put-back")
    assert (back["priority"], back["priority_reasons"]) == (
        ordinary["priority"],
        ordinary["priority_reasons"],
    )
    assert where_to(town, town.on_duty(town.centre)) == ["L1"]


def test_both_are_said_once_and_an_offer_that_is_out_stays(town: Town, officer: Officer):
    task = overstay(town)
    for what in ("put-first", "put-first", "put-back", "put-back"):
        answer = town.supervisor.post(f"/tasks/{task['id']}/{what}")
        assert (answer["state"], answer["version"]) == ("offered", task_of(town, task)["version"])
    assert [kind for kind in town.journal(task["id"]) if "put" in kind] == ["task.put-first", "task.put-back"]


def test_what_an_officer_has_is_not_put_first(town: Town, officer: Officer):
    task = accepted(town, officer)
    refused = town.supervisor.post(f"/tasks/{task['id']}/put-first", status=409)
    assert "already" in refused["detail"]
