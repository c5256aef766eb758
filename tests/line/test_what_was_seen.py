"""What was seen at a task, as it is shown: to supervisors all of it, to an officer their own."""

from typing import Any
from uuid import uuid4

from ..builders import Caller, Officer, at, new_council
from ..pictures import hash_of, jpeg
from .camera import look, send, take
from .scenes import Town, overstay

FIRST, SECOND = jpeg(1), jpeg(2)
PLACE = {"lon": -0.1276, "lat": 51.5072, "accuracy_m": 4.0}


def seen(caller: Caller, task: dict[str, Any]) -> list[dict[str, Any]]:
    return caller.get(f"/tasks/{task['id']}/sightings")["items"]


def test_a_look_is_told_with_its_photos_and_what_was_added(town: Town, officer: Officer):
    task, sighting = look(town, officer, FIRST, SECOND, **PLACE)
    send(officer, sighting, SECOND)
    addendum = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "text": "It was a van."}
    officer.phone.post(f"/tasks/{task['id']}/sightings/{sighting}/addenda", addendum)
    [told] = seen(town.supervisor, task)
    assert told["officer"] == {"id": officer.id, "name": "Olu"}
    assert (told["id"], told["plate"]) == (sighting, "AB12CDE")
    assert [each["text"] for each in told["addenda"]] == ["It was a van."]
    photos = {each["sha256"]: each for each in told["photos"]}
    assert photos[hash_of(FIRST)] == {
        "sha256": hash_of(FIRST), "taken_at": "2026-06-29T10:12:00Z", "size": None, "received_at": None,
        "chosen": False, **PLACE,
    }  # fmt: skip
    assert (photos[hash_of(SECOND)]["size"], photos[hash_of(SECOND)]["received_at"]) == (
        len(SECOND),
        "2026-06-29T10:12:00Z",
    )


def test_an_officer_sees_their_own_looks_on_another_phone_too_and_not_a_colleagues(
    town: Town, officer: Officer
):
    task, mine = look(town, officer)
    officer.step(task, "outcome", outcome="prevented")
    ann = town.on_duty(town.centre, name="Ann")
    assert [each["id"] for each in seen(officer.phone, task)] == [mine]
    assert ann.phone.call("GET", f"/tasks/{task['id']}/sightings").status_code == 403
    assert [each["id"] for each in seen(town.supervisor, task)] == [mine]


def test_who_takes_a_task_over_is_not_shown_what_the_other_saw(town: Town, officer: Officer):
    task, mine = look(town, officer)
    task = officer.step(task, "outcome", outcome="loading_look_again", details={"minutes": 10})
    officer.phone.post(
        f"/shifts/{officer.shift['id']}/end", {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    )
    ann = town.on_duty(town.centre, name="Ann")
    town.clock.set("11:30")
    town.sweep()
    [task] = ann.mine()
    task = ann.step(ann.step(task, "accept"), "arrive")
    _, hers = take(ann, task)
    assert [each["id"] for each in seen(ann.phone, task)] == [hers]
    assert [each["id"] for each in seen(town.supervisor, task)] == [mine, hers]


def test_a_task_at_which_nothing_was_seen_has_an_empty_list_and_another_councils_has_none(
    town: Town, officer: Officer
):
    task = overstay(town)
    assert seen(town.supervisor, task) == seen(officer.phone, task) == []
    there = Town(new_council(town.app, town.clock))
    for caller in (there.supervisor, there.on_duty(there.centre).phone):
        assert caller.call("GET", f"/tasks/{task['id']}/sightings").status_code == 404
    key = town.with_key("tasks:read")
    assert key.call("GET", f"/tasks/{task['id']}/sightings").status_code == 403


def test_half_a_place_is_refused(town: Town, officer: Officer):
    task = overstay(town)
    [task] = officer.mine()
    task = officer.step(officer.step(task, "accept"), "arrive")
    photo = {"sha256": hash_of(FIRST), "taken_at": at("11:05").isoformat(), "lon": -0.1}
    [wrong] = officer.step(task, "sightings", 422, plate="AB12CDE", photos=[photo])["errors"]
    assert wrong["pointer"] == "/photos/0/lat"
