"""A sign's photo stays as long as its suspension, and that as long as a case may have come of it."""

from typing import Any

from ..builders import at
from ..pictures import hash_of, jpeg
from .visits import Town

YEARS = 366


def suspended(town: Town, bay: str) -> dict[str, Any]:
    """Today until noon, with a photo of its sign."""
    supervisor = town.council.supervisor
    body = {"bay_id": bay, "starts_at": at("08:00").isoformat(), "ends_at": at("12:00").isoformat()}
    made: dict[str, Any] = supervisor.post("/suspensions", {**body, "why": "Filming"})
    supervisor.put(f"/suspensions/{made['id']}/sign", data=jpeg())
    return made


def file_of(made: dict[str, Any]) -> str:
    return f"{made['id']}-{hash_of(jpeg())}.jpg"


def test_a_sign_s_photo_goes_with_its_suspension_after_the_years_of_evidence(town: Town):
    made = suspended(town, town.council.bay("B1")["id"])
    town.clock.forward(days=2 * YEARS)
    town.night()
    assert town.files() == {file_of(made)}
    town.clock.forward(days=2 * YEARS)
    assert town.night()["suspensions"] == 1
    assert town.files() == set()


def test_a_suspension_stays_with_a_case_that_is_held(town: Town):
    case = town.visit("served", "notice_served")
    task = town.council.supervisor.get(f"/tasks/{case.task_id}")
    made = suspended(town, task["bay"]["id"])
    town.council.supervisor.post(f"/tasks/{case.task_id}/hold", {"reason": "An appeal"}, 201)
    town.clock.forward(days=4 * YEARS)
    town.night()
    assert file_of(made) in town.files()
    town.council.administrator.delete(f"/tasks/{case.task_id}/hold", 204)
    town.night()
    assert town.rows("suspensions") == 0


def test_the_earlier_photo_of_a_sign_goes_the_night_after_a_better_one_came(town: Town):
    made = suspended(town, town.council.bay("B1")["id"])
    town.council.supervisor.put(f"/suspensions/{made['id']}/sign", data=jpeg(7))
    town.night()
    assert town.files() == {f"{made['id']}-{hash_of(jpeg(7))}.jpg"}
