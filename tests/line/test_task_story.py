"""The whole story of a task: each part of it as it came about, checked by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from enforcement.queries.story.readings import AT_ONCE

from ..adapters.push_service import PushService
from ..adapters.rights.provider import FakeProvider
from ..api.walk import patrol
from ..builders import HOME, Officer, at
from ..pictures import hash_of, jpeg
from .camera import send
from .rights_scenes import ask_all, connect, swept_and_asked
from .scenes import Town, overstay, work

PHOTO = jpeg()


@pytest.fixture
def provider(app: Flask) -> Iterator[FakeProvider]:
    with FakeProvider() as provider:
        yield provider


def story(town: Town, task: dict[str, Any]) -> dict[str, Any]:
    return town.supervisor.get(f"/tasks/{task['id']}/story")


def times(items: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Of each these members, times as clocks in London show them."""
    return [tuple(_shown(item[name]) for name in names) for item in items]


def _shown(value: Any) -> Any:
    if not isinstance(value, str) or value[:2] != "20" or "T" not in value:
        return value
    return (datetime.fromisoformat(value) + (at("01:00") - at("00:00"))).strftime("%H:%M")


def write(town: Town, officer: Officer, text: str) -> None:
    town.supervisor.post(f"/people/{officer.id}/messages", {"id": str(uuid4()), "text": text})


def test_a_story_from_the_reading_to_the_notice(town: Town, phone: Officer, service: PushService):
    town.clock.set("11:05")
    town.reads(("B1", "free", "08:50"), ("B1", "occupied", "09:00"), ("B1", "occupied", "10:00"))
    town.sweep()
    [task] = phone.mine()
    work(town)
    [message] = service.wait_for(1)
    notification = message.json["notification"]["data"]["notification"]
    town.clock.set("11:06")
    phone.phone.post(f"/notifications/{notification}/receipt")
    write(town, phone, "Before you go: the road is closed")
    task = phone.step(task, "accept")
    town.clock.set("11:08")
    task = phone.step(task, "arrive")
    town.clock.set("11:12")
    photo = {"sha256": hash_of(PHOTO), "taken_at": town.clock().isoformat()}
    look = str(uuid4())
    task = phone.step(task, "sightings", id=look, plate="AB12CDE", photos=[photo])
    send(phone, look, PHOTO)
    town.clock.set("11:14")
    phone.step(task, "outcome", outcome="notice_served", details={"notice_number": "CF123"})
    town.clock.set("11:20")
    town.reads(("B1", "free", "11:19"))
    town.sweep()
    write(town, phone, "Well done")  # it is not theirs any more

    told = story(town, task)
    assert told["task"]["id"] == task["id"]
    assert (told["task"]["outcome"], told["task"]["notice_number"]) == ("notice_served", "CF123")
    assert (told["allows"]["permitted_minutes"], told["allows"]["code"]) == (120, "30")
    [stay] = times([told["stay"]], "arrived_after", "arrived_at", "counted_from", "departed_at")
    assert stay == ("08:50", "09:00", "09:00", "11:19")
    assert times([told["task"]], "overstay_from", "lawful_from") == [("11:00", "11:11")]
    assert times(told["readings"]["items"], "event_at", "state") == [
        ("08:50", "free"), ("09:00", "occupied"), ("10:00", "occupied"), ("11:19", "free"),
    ]  # fmt: skip
    assert (told["readings"]["total"], told["readings"]["next"]) == (4, None)
    [offer] = told["offers"]
    assert times([offer], "offered_at", "accepted_at", "arrived_at", "ended_at", "end_reason") == [
        ("11:05", "11:06", "11:08", "11:14", "completed")
    ]
    assert (offer["officer"]["name"], offer["walk_metres"]) == ("Olu", 0.0)
    assert offer["reason"] == "the only one who can get there; likely still there"
    assert 0 < offer["expected_value"] <= told["task"]["priority"]
    assert times(told["pushes"], "kind", "state", "queued_at", "sent_at", "received_at", "status") == [
        ("offer", "sent", "11:05", "11:05", "11:06", 201)
    ]
    assert told["pushes"][0]["officer"]["name"] == "Olu"
    [words] = told["words"]
    assert (words["text"], words["officer"]["name"]) == ("Before you go: the road is closed", "Olu")
    assert (words["sent_by"]["name"], words["read_at"]) == ("Sunita", None)
    [seen] = told["looks"]
    assert (seen["plate"], [each["size"] for each in seen["photos"]]) == ("AB12CDE", [len(PHOTO)])
    [outcome] = told["outcomes"]
    assert (outcome["officer"]["name"], outcome["outcome"]) == ("Olu", "notice_served")
    assert outcome["details"]["notice_number"] == "CF123"
    assert times([outcome], "recorded_at", "far_m") == [("11:14", None)]
    kinds = [entry["kind"] for entry in told["journal"]]
    assert kinds == ["task.raised", "task.offer", "task.accept", "task.arrive", "task.sight", "task.close"]
    assert told["journal"][-1]["officer"] == "Olu"
    assert told["journal_begins_earlier"] is False
    assert (told["rights"], told["kept"]) == ([], [])


def test_who_was_asked_in_vain_comes_before_who_went(town: Town, officer: Officer):
    task = overstay(town)
    town.clock.forward(minutes=2)
    town.on_duty(town.centre, name="Other")
    town.sweep()
    first, second = story(town, task)["offers"]
    assert (first["officer"]["name"], first["end_reason"]) == ("Olu", "missed")
    assert (second["officer"]["name"], second["state"]) == ("Other", "offered")


def test_what_the_desk_asked_for_says_so(town: Town):
    officer, task = town.officer(town.centre), overstay(town)
    officer.start(clock=town.clock)
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    told = story(town, task)
    assert [offer["reason"] for offer in told["offers"]] == ["Your supervisor asks you to go"]
    [given] = [entry for entry in told["journal"] if entry["kind"] == "task.given"]
    assert (given["who"], given["officer"]) == ("Sunita", "Olu")


def test_each_answer_about_rights_says_when_it_was_given_and_never_the_plate(
    town: Town, provider: FakeProvider
):
    connect(town, provider)
    officer = town.on_duty(town.centre)
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    swept_and_asked(town)
    [task] = officer.mine()
    for what in ("accept", "arrive"):
        task = officer.step(task, what)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE")
    ask_all(town)
    told = story(town, task)
    assert times(told["rights"], "about", "provider", "status", "checked_at") == [
        ("bay", "Meters", "none", "11:05"), ("plate", "Meters", "none", "11:12"),
    ]  # fmt: skip
    assert "AB12CDE" not in str(told["rights"])


def test_of_many_readings_the_first_come_at_once_and_the_rest_when_they_are_asked_for(town: Town):
    town.clock.set("08:00")
    town.reads(("B1", "occupied", "07:00"), ("B1", "free", "07:30"))  # another car's
    town.clock.set("11:05")
    heard = [("B1", "occupied", f"09:{minute:02}") for minute in range(60)]
    town.reads(*heard)
    town.sweep()
    [task] = town.tasks()
    first = story(town, task)["readings"]
    assert (len(first["items"]), first["total"]) == (AT_ONCE, 61)
    rest = town.supervisor.get(f"/tasks/{task['id']}/readings?cursor={first['next']}")
    assert (len(rest["items"]), rest["next"]) == (61 - AT_ONCE, None)
    shown = [minute for [minute] in times(first["items"] + rest["items"], "event_at")]
    assert shown == ["07:30", *(clock for _, _, clock in heard)]
    nobodys = town.supervisor.call("GET", f"/tasks/{task['id']}/readings?cursor=7")
    assert nobodys.status_code == 422


def test_a_patrol_has_no_stay_and_no_readings(town: Town):
    town.clock.set("08:20")
    town.supervisor.post("/patrols", patrol(), 201)
    town.sweep()
    [task] = town.tasks()
    told = story(town, task)
    assert (told["stay"], told["allows"], told["readings"]["items"]) == (None, None, [])


def test_what_was_left_with_the_supervisors_about_it_is_told_with_it(town: Town, officer: Officer):
    task = overstay(town)
    [task] = officer.mine()
    task = officer.step(task, "accept")
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    officer.step(task, "sightings", 409, plate="AB12CDE")
    [record] = story(town, task)["kept"]
    town.supervisor.post(f"/kept-records/{record['id']}/put-away")
    [record] = story(town, task)["kept"]
    assert (record["said"]["plate"], record["put_away_by"]["name"]) == ("AB12CDE", "Sunita")


def test_a_car_that_an_officer_found_has_its_story_too(town: Town, officer: Officer):
    place = {"street": "Judd Street", "where": "outside the bakery", "lon": HOME[0], "lat": HOME[1]}
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01", "place": place}
    task = officer.phone.post("/found", said | {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5}, 201)
    told = story(town, task)
    assert (told["stay"], told["allows"], told["readings"]["total"]) == (None, None, 0)
    assert [(offer["beside"], offer["officer"]["name"]) for offer in told["offers"]] == [(True, "Olu")]
    assert told["journal"][0]["kind"] == "task.found"


def test_a_case_under_hold_says_why_since_when_and_by_whom(town: Town, phone: Officer):
    task = overstay(town)
    assert story(town, task)["hold"] is None
    town.supervisor.post(f"/tasks/{task['id']}/hold", {"reason": "Claim at the county court"}, 201)
    hold = story(town, task)["hold"]
    assert hold["reason"] == "Claim at the county court"
    assert hold["placed_by"]["id"] == town.supervisor.get("/me")["person"]["id"]
    town.supervisor.delete(f"/tasks/{task['id']}/hold", 204)
    assert story(town, task)["hold"] is None
