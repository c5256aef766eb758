"""At the car: preparation, photos, addenda; and a record that nobody can edit."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from enforcement.adapters.tables import Addendum, OutcomeRow, Photo, SightingRow

from ..builders import Officer, at
from ..pictures import hash_of, jpeg
from .camera import send
from .scenes import Town, arrived, overstay, rows

HASH = hash_of(jpeg())
AFTER, BEFORE = "drove_away_after_preparation", "drove_away_before_preparation"


def began(answer: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(answer["assignment"]["preparation_began_at"])


def seen(town: Town, officer: Officer) -> dict[str, Any]:
    """The car was seen when a notice could be lawful."""
    task = arrived(town, officer)
    town.clock.set("11:12")
    return officer.step(task, "sightings", plate="AB12CDE")


def sighting_id(town: Town) -> str:
    with town.session() as session:
        [row] = rows(session, SightingRow)
    return str(row.id)


def add(
    town: Town, officer: Officer, task: dict[str, Any], sighting: str, status: int | None = None, **more: Any
) -> Any:
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "text": "It was a van.", **more}
    return officer.phone.post(f"/tasks/{task['id']}/sightings/{sighting}/addenda", said, status)


def test_preparation_counts_from_when_it_was_done_and_once(town: Town, officer: Officer):
    task = seen(town, officer)
    town.clock.set("11:20")
    task = officer.step(task, "preparation", recorded_at=at("11:13").isoformat())
    assert began(task) == at("11:13")
    assert officer.phone.get("/me")["shift"]["state"] == "serving"
    again = officer.step(task, "preparation")
    assert began(again) == at("11:13")
    assert again["version"] > task["version"]


def test_a_car_that_drove_away_after_preparation_began_keeps_the_time(town: Town, officer: Officer):
    task = officer.step(seen(town, officer), "preparation")
    town.clock.forward(minutes=2)
    [wrong] = officer.step(task, "outcome", 422, outcome=BEFORE)["errors"]
    assert wrong == {
        "pointer": "/outcome",
        "detail": "You had begun to prepare a notice: it drove away after that.",
    }
    officer.step(task, "outcome", outcome=AFTER)
    with town.session() as session:
        [kept] = rows(session, OutcomeRow)
    assert datetime.fromisoformat(kept.details["preparation_began_at"]) == at("11:12")


def test_without_the_step_the_officer_says_when_it_began(town: Town, officer: Officer):
    task = seen(town, officer)
    [wrong] = officer.step(task, "outcome", 422, outcome=AFTER)["errors"]
    assert wrong["pointer"] == "/details/preparation_began_at"
    details = {"preparation_began_at": at("11:11").isoformat()}
    assert officer.step(task, "outcome", outcome=AFTER, details=details)["state"] == "closed"


def test_a_car_that_leaves_during_preparation_only_informs(town: Town, officer: Officer):
    task = officer.step(seen(town, officer), "preparation")
    town.clock.set("11:15")
    town.reads(("B1", "free", "11:14"))
    town.sweep()
    [task] = officer.mine()
    assert task["may_have_left_at"]
    assert officer.step(task, "outcome", outcome="prevented")["state"] == "closed"


def test_photos_are_kept_by_their_hashes_with_the_sighting(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:12")
    place = {"lon": -0.1276, "lat": 51.5072, "accuracy_m": 4.0}
    photos = [{"sha256": HASH, "taken_at": at("11:11").isoformat(), **place}] * 2
    officer.step(task, "sightings", plate="AB12CDE", photos=photos)
    with town.session() as session:
        [photo] = session.query(Photo).all()
    assert (photo.sha256, photo.taken_at, str(photo.sighting_id)) == (HASH, at("11:11"), sighting_id(town))
    assert (photo.lon, photo.lat, photo.accuracy_m) == tuple(place.values())


def test_a_photo_that_was_chosen_has_its_files_time_or_none_and_no_place(town: Town, officer: Officer):
    task = arrived(town, officer)
    chosen = {"sha256": HASH, "taken_at": at("09:30").isoformat(), "chosen": True}
    timeless = {"sha256": "0" * 64, "taken_at": None, "chosen": True}
    placed = {**chosen, "lon": -0.1276, "lat": 51.5072}
    [wrong] = officer.step(task, "sightings", 422, plate="AB12CDE", photos=[placed])["errors"]
    assert wrong == {"pointer": "/photos/0/lon", "detail": "Nobody knows where a chosen photo was taken."}
    [wrong] = officer.step(task, "sightings", 422, photos=[timeless | {"chosen": False}])["errors"]
    assert wrong["pointer"] == "/photos/0/taken_at"
    officer.step(task, "sightings", plate="AB12CDE", photos=[chosen, timeless])
    with town.session() as session:
        kept = {each.sha256: each for each in session.query(Photo)}
    assert [(each.chosen, each.taken_at, each.lon) for each in (kept[HASH], kept["0" * 64])] == [
        (True, at("09:30"), None),
        (True, None, None),
    ]


def test_a_look_that_has_only_photos_is_a_record_and_proves_nothing_by_itself(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:12")
    [wrong] = officer.step(task, "sightings", 422)["errors"]
    assert "an empty look proves nothing" in wrong["detail"]
    photo = {"sha256": HASH, "taken_at": town.clock().isoformat()}
    task = officer.step(task, "sightings", photos=[photo])
    assert (task["sightings"], task["missing_for_notice"]) == (1, ["The plate has not been recorded yet."])


@pytest.mark.parametrize("sha256", ["", "ab", HASH.upper(), HASH + "\n", "g" * 64, 7])
def test_what_is_no_hash_is_refused_and_so_are_too_many_photos(town: Town, officer: Officer, sha256: Any):
    task = arrived(town, officer)
    photo = {"sha256": sha256, "taken_at": at("11:04").isoformat()}
    officer.step(task, "sightings", 422, plate="AB12CDE", photos=[photo])
    many = [{**photo, "sha256": f"{n:064x}"} for n in range(11)]
    officer.step(task, "sightings", 422, plate="AB12CDE", photos=many)
    officer.step(task, "sightings", plate="AB12CDE", photos=many[:10])


def test_an_officer_adds_to_their_own_sighting_even_when_the_case_is_closed(town: Town, officer: Officer):
    task = seen(town, officer)
    sighting = sighting_id(town)
    officer.step(task, "outcome", outcome="notice_served")
    said = {"id": str(uuid4())}
    for _ in range(3):
        add(town, officer, task, sighting, **said)
    with town.session() as session:
        [kept] = rows(session, Addendum)
        [row] = rows(session, SightingRow)
    assert (kept.text, row.plate) == ("It was a van.", "AB12CDE")
    assert town.journal(task["id"]).count("task.addendum") == 1


def test_nobody_adds_to_another_officers_sighting_nor_to_one_of_another_task(town: Town, officer: Officer):
    task = seen(town, officer)
    sighting = sighting_id(town)
    other = town.on_duty(town.centre, name="Ann")
    add(town, other, task, sighting, 403)
    add(town, officer, task, str(uuid4()), 404)
    town.bay("B2")
    officer.step(task, "outcome", outcome="notice_served")
    add(town, officer, overstay(town, "B2", "11:20"), sighting, 404)


RECORDED = {
    "sightings": "plate",
    "outcomes": "outcome",
    "addenda": "text",
    "photos": "sha256",
    "photo_files": "sha256",
}


@pytest.fixture
def recorded(town: Town, officer: Officer) -> Town:
    """A case that is closed, with a row in each table of the record."""
    task = arrived(town, officer)
    town.clock.set("11:12")
    photos = [{"sha256": HASH, "taken_at": town.clock().isoformat()}]
    task = officer.step(task, "sightings", plate="AB12CDE", photos=photos)
    add(town, officer, task, sighting_id(town))
    send(officer, sighting_id(town), jpeg())
    officer.step(task, "outcome", outcome="notice_served")
    return town


@pytest.mark.parametrize(("table", "column"), RECORDED.items())
def test_what_an_officer_recorded_the_server_can_neither_edit_nor_delete(
    recorded: Town, table: str, column: str
):
    for change in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with recorded.session() as session, pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(change))


@pytest.mark.parametrize(("table", "column"), RECORDED.items())
def test_what_an_officer_recorded_not_even_the_owner_of_the_tables_edits(
    recorded: Town, owner: Any, table: str, column: str
):
    change = text(f"UPDATE {table} SET {column} = 'x' WHERE authority_id = :id")
    with pytest.raises(IntegrityError, match="never edited"), owner.begin() as connection:
        connection.execute(change, {"id": recorded.id})
