"""A suspension and its sign: a car that was there before the sign went up raises no task by itself."""

from datetime import datetime
from typing import Any

import pytest

from ..builders import at
from ..pictures import hash_of, jpeg, with_gps
from .scenes import Town


def suspend(town: Town, starts: str, ends: str, sign_up: str | None = None, **more: Any) -> dict[str, Any]:
    times = {"starts_at": at(starts).isoformat(), "ends_at": at(ends).isoformat()}
    sign = {"sign_up_at": at(sign_up).isoformat()} if sign_up else {}
    return town.supervisor.post(
        "/suspensions", {"bay_id": town.b1["id"], "why": "Water main", **times, **sign, **more}
    )


def swept(town: Town, clock: str) -> list[dict[str, Any]]:
    town.clock.set(clock)
    town.sweep()
    return town.tasks()


def test_a_car_that_was_there_before_the_sign_raises_no_task(town: Town):
    town.clock.set("09:00")
    town.reads(("B1", "occupied", "09:00"))
    town.clock.set("10:00")
    suspend(town, "10:30", "18:00", sign_up="10:00")
    assert swept(town, "10:31") == []
    assert swept(town, "17:59") == []


def test_a_car_that_came_after_the_sign_raises_one(town: Town):
    suspend(town, "10:30", "18:00", sign_up="09:00")
    town.clock.set("10:00")
    town.reads(("B1", "occupied", "10:00"))
    assert swept(town, "10:29") == []
    [task] = swept(town, "10:31")
    assert (task["code"], task["lawful_from"]) == ("21", "2026-06-29T09:30:00Z")


def test_a_car_that_a_sensor_lost_for_a_moment_is_still_the_one_from_before_the_sign(town: Town):
    town.reads(("B1", "occupied", "09:00"))
    town.clock.set("11:01")
    suspend(town, "10:30", "18:00", sign_up="10:00")
    flicker = [
        {"sensor": "S-B1", "state": "free", "at": "2026-06-29T11:00:00+01:00"},
        {"sensor": "S-B1", "state": "occupied", "at": "2026-06-29T11:00:10+01:00"},
    ]
    town.network.post("/readings", {"readings": flicker})
    assert swept(town, "12:00") == []


def test_once_the_sign_s_time_is_known_a_task_that_should_not_be_is_taken_back(town: Town):
    town.reads(("B1", "occupied", "09:00"))
    town.clock.set("10:31")
    made = suspend(town, "10:30", "18:00")
    [task] = swept(town, "10:31")
    town.supervisor.patch(f"/suspensions/{made['id']}", {"sign_up_at": at("10:15").isoformat()})
    assert swept(town, "10:32") == []
    assert town.supervisor.get(f"/tasks/{task['id']}")["ended_why"] == "The car is within its time after all."


def test_a_sign_is_not_up_before_it_is(town: Town):
    body = {"sign_up_at": at("11:00").isoformat()}
    made = suspend(town, "10:30", "18:00", notice="No parking. Water main works.")
    refused = town.supervisor.patch(f"/suspensions/{made['id']}", body, 422)
    assert refused["errors"][0]["pointer"] == "/sign_up_at"
    assert town.supervisor.get("/suspensions")["items"][0]["notice"] == "No parking. Water main works."


def test_who_said_when_the_sign_went_up_is_on_record(town: Town):
    made = suspend(town, "10:30", "18:00")
    town.supervisor.patch(f"/suspensions/{made['id']}", {"sign_up_at": at("08:00").isoformat()})
    entry = town.supervisor.get(f"/journal?subject_id={made['id']}")["items"][-1]
    assert entry["kind"] == "suspension.changed"
    assert entry["actor"].startswith("person:")
    assert at("08:00") == datetime.fromisoformat(entry["facts"]["sign_up_at"])


def test_a_suspension_that_was_called_off_is_not_changed(town: Town):
    made = suspend(town, "10:30", "18:00")
    town.supervisor.delete(f"/suspensions/{made['id']}", 204)
    town.supervisor.patch(f"/suspensions/{made['id']}", {"why": "Filming"}, 409)
    assert town.supervisor.get("/suspensions?over=false")["items"] == []
    assert len(town.supervisor.get("/suspensions?over=true")["items"]) == 1


# Its photo


def test_the_photo_of_the_sign_is_kept_and_shown_to_those_who_work_there(town: Town):
    made = suspend(town, "10:30", "18:00")
    sign = f"/suspensions/{made['id']}/sign"
    assert town.supervisor.call("GET", sign).status_code == 404
    kept = town.supervisor.put(sign, data=jpeg())
    assert kept["sign_photo"] == hash_of(jpeg())
    for caller in (town.supervisor, town.administrator, town.person("officer")[1]):
        answer = caller.call("GET", sign)
        assert (answer.data, answer.mimetype) == (jpeg(), "image/jpeg")
    assert "suspension.photo" in town.journal(made["id"])


@pytest.mark.parametrize("content", [b"", b"no picture", with_gps()], ids=["nothing", "text", "with EXIF"])
def test_what_is_no_picture_alone_is_refused(town: Town, content: bytes):
    made = suspend(town, "10:30", "18:00")
    assert town.supervisor.call("PUT", f"/suspensions/{made['id']}/sign", data=content).status_code == 422
    assert town.supervisor.call("GET", f"/suspensions/{made['id']}/sign").status_code == 404
