"""A record that was left with the supervisors: one of them has dealt with it, and it waits no longer."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from ..builders import Officer
from ..pictures import hash_of, jpeg
from .camera import send
from .scenes import Town, accepted

PHOTO = jpeg()


def left(town: Town, officer: Officer, **more: Any) -> dict[str, Any]:
    """A look at a car whose task was called off meanwhile."""
    task = accepted(town, officer)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    officer.step(task, "sightings", 409, plate="AB12CDE", **more)
    [record] = waiting(town)
    return record


def waiting(town: Town) -> list[dict[str, Any]]:
    return town.supervisor.get("/kept-records")["items"]


def count(town: Town) -> int:
    return town.supervisor.get("/kept-records/count")["waiting"]


def test_what_is_dealt_with_waits_no_longer_and_says_by_whom_and_when(town: Town, officer: Officer):
    record = left(town, officer)
    assert (count(town), record["put_away_at"], record["put_away_by"]) == (1, None, None)
    town.clock.forward(minutes=5)
    put_away = town.supervisor.post(f"/kept-records/{record['id']}/put-away")
    assert datetime.fromisoformat(put_away["put_away_at"]) == town.clock()
    assert put_away["put_away_by"]["name"] == "Sunita"
    assert (count(town), waiting(town)) == (0, [])
    assert town.supervisor.get("/kept-records?put_away=true")["items"] == [put_away]


def test_the_first_who_dealt_with_it_counts(town: Town, officer: Officer):
    record = left(town, officer)
    first = town.supervisor.post(f"/kept-records/{record['id']}/put-away")
    town.clock.forward(minutes=5)
    assert town.administrator.post(f"/kept-records/{record['id']}/put-away") == first
    assert town.journal(record["id"]) == ["record.kept", "record.put-away"]


def test_it_can_be_taken_up_again(town: Town, officer: Officer):
    record = left(town, officer)
    town.supervisor.post(f"/kept-records/{record['id']}/put-away")
    for _ in range(2):
        again = town.administrator.post(f"/kept-records/{record['id']}/take-up")
        assert (again["put_away_at"], again["put_away_by"]) == (None, None)
    assert (count(town), [each["id"] for each in waiting(town)]) == (1, [record["id"]])
    assert town.journal(record["id"]) == ["record.kept", "record.put-away", "record.taken-up"]
    entries = town.supervisor.get(f"/audit?subject_id={record['id']}")["items"]
    assert [entry["who"] for entry in entries] == ["Ada", "Sunita", None]
    assert {entry["officer"] for entry in entries} == {"Olu"}


def test_what_took_effect_after_all_is_not_counted(town: Town, officer: Officer):
    task = accepted(town, officer)
    ahead = town.clock().replace(hour=20).isoformat()
    said = {"id": str(uuid4()), "plate": "AB12CDE"}
    officer.step(task, "sightings", 422, recorded_at=ahead, **said)
    assert count(town) == 1
    officer.step(task, "sightings", **said)
    assert count(town) == 0


def test_its_photos_are_told_with_it_and_when_they_came(town: Town, officer: Officer):
    photo = {"sha256": hash_of(PHOTO), "taken_at": town.clock().isoformat()}
    record = left(town, officer, photos=[photo])
    [awaited] = record["photos"]
    assert (awaited["sha256"], awaited["received_at"]) == (hash_of(PHOTO), None)
    send(officer, record["record_id"], PHOTO)
    [[came]] = [each["photos"] for each in waiting(town)]
    assert (came["size"], datetime.fromisoformat(came["received_at"])) == (len(PHOTO), town.clock())
