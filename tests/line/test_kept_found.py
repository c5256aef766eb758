"""What an officer raised and the line could not take is kept for the supervisor, with all that they saw there."""

from typing import Any
from uuid import uuid4

import pytest

from ..builders import HOME, Council, Officer
from ..pictures import hash_of, jpeg
from .camera import fetched, send
from .scenes import Town

KERB = {"street": "Judd Street", "where": "outside the bakery", "lon": HOME[0], "lat": HOME[1]}
PHOTO = jpeg()


@pytest.fixture
def town(council: Council) -> Town:
    town = Town(council)
    policy = town.supervisor.get("/authority")["policy"]
    town.administrator.patch("/authority", {"policy": policy | {"codes": ["01", "30"]}})
    return town


@pytest.fixture
def officer(town: Town) -> Officer:
    return town.on_duty(town.centre)


def refused(town: Town, officer: Officer) -> dict[str, Any]:
    """What the officer's phone says of a car at the kerb, by a code that the council has just given up."""
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "62", "place": KERB}
    assert officer.phone.post("/found", said, 422)["kept"]
    return said


def as_the_phone_has_it(said: dict[str, Any]) -> dict[str, Any]:
    """The task that the phone goes on with."""
    return {"id": said["id"], "version": 1}


def kept(town: Town) -> list[dict[str, Any]]:
    return town.supervisor.get("/kept-records")["items"]


def test_a_car_that_could_not_be_raised_is_kept_with_what_was_seen_there(town: Town, officer: Officer):
    said = refused(town, officer)
    look, here = str(uuid4()), as_the_phone_has_it(said)
    photo = {"sha256": hash_of(PHOTO), "taken_at": said["recorded_at"]}
    seen = officer.step(here, "sightings", 404, id=look, plate="AB12CDE", photos=[photo])
    closed = officer.step(here, "outcome", 404, outcome="advised_and_moved")
    assert (seen["kept"], closed["kept"]) == (True, True)
    records = kept(town)
    assert [each["kind"] for each in records] == ["outcome", "sighting", "found"]
    assert {(each["task_id"], each["found_id"], each["officer"]["id"]) for each in records} == {
        (None, said["id"], officer.id)
    }
    assert (records[1]["said"]["plate"], records[2]["said"]["place"]["where"]) == ("AB12CDE", KERB["where"])
    send(officer, look, PHOTO)
    assert fetched(town.supervisor, look, PHOTO) == PHOTO


def test_sent_again_with_a_code_of_the_council_it_is_taken_with_all_that_was_kept(
    town: Town, officer: Officer
):
    said = refused(town, officer)
    look = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "plate": "AB12CDE"}
    officer.step(as_the_phone_has_it(said), "sightings", 404, **look)
    task = officer.phone.post("/found", said | {"code": "01"}, 201)
    assert task["code"] == "01"
    assert [each["kind"] for each in kept(town)] == ["sighting"]
    assert officer.step(task, "sightings", **look)["sightings"] == 1
    assert kept(town) == []


def test_what_was_seen_at_a_car_that_another_officer_could_not_raise_is_not_kept(
    town: Town, officer: Officer
):
    said = refused(town, officer)
    other = town.on_duty(town.centre, name="Other")
    assert "kept" not in other.step(as_the_phone_has_it(said), "sightings", 404, plate="AB12CDE")
    assert [each["kind"] for each in kept(town)] == ["found"]


def test_a_car_at_a_bay_that_never_was_is_not_kept(town: Town, officer: Officer):
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01", "bay_id": str(uuid4())}
    assert "kept" not in officer.phone.post("/found", said, 404)
    assert kept(town) == []


def test_an_officer_without_a_shift_who_raises_a_car_is_refused_and_it_is_kept(town: Town, officer: Officer):
    officer.phone.post(
        f"/shifts/{officer.shift['id']}/end", {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    )
    town.clock.forward(minutes=5)
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01", "place": KERB}
    for _ in range(3):
        assert officer.phone.post("/found", said, 409)["kept"]
    [record] = kept(town)
    assert town.journal(record["id"]) == ["record.kept"]
