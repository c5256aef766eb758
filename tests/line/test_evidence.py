"""The evidence pack: everything about a case in one signed page, also what helps the motorist."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from enforcement.adapters.signing import NotGenuine, opened
from enforcement.adapters.tables import JournalRow
from enforcement.evidence import photos

from ..adapters.rights.provider import FakeProvider
from ..builders import Officer, at
from ..pictures import hash_of, jpeg
from .camera import look, send, take
from .rights_scenes import ask_all, connect, swept_and_asked
from .scenes import Town, arrived, rows

EMBEDDED = re.compile(r'<script type="application/json" id="facts">(.*?)</script>', re.DOTALL)
MARKUP = "</script><script>alert(1)</script>"
PHOTO = jpeg(noise=True)
HASH = hash_of(PHOTO)


def pack(town: Town, task: dict[str, Any]) -> bytes:
    answer = town.supervisor.call("GET", f"/tasks/{task['id']}/evidence")
    assert answer.status_code == 200, answer.text
    return answer.data


def facts_in(file: bytes) -> dict[str, Any]:
    found = EMBEDDED.search(file.decode())
    assert found
    return json.loads(found[1])


def doubts(town: Town, task: dict[str, Any]) -> str:
    return "\n".join(facts_in(pack(town, task))["doubts"])


@pytest.fixture
def case(town: Town, officer: Officer) -> dict[str, Any]:
    """A case that ended with a notice."""
    town.reads(("B1", "free", "08:58"), ("B1", "occupied", "09:00"))
    town.clock.set("11:05")
    town.sweep()
    task = officer.step(officer.step(officer.mine()[0], "accept"), "arrive")
    town.clock.set("11:12")
    place = {"lon": -0.1276, "lat": 51.5072, "accuracy_m": 5}
    task, sighting = take(officer, task, PHOTO, note=MARKUP, **place)
    send(officer, sighting, PHOTO)
    task = officer.step(task, "preparation")
    town.clock.set("11:15")
    return officer.step(task, "outcome", outcome="notice_served")


def test_a_pack_tells_the_whole_case(town: Town, case: dict[str, Any]):
    facts = facts_in(pack(town, case))
    assert facts["task"]["lawful_from"] == "2026-06-29T10:11:00Z"
    assert facts["restriction"]["permitted_minutes"] == 120
    assert [each["state"] for each in facts["readings"]] == ["free", "occupied"]
    [sighting] = facts["sightings"]
    assert (sighting["plate"], sighting["photos"][0]["sha256"]) == ("AB12CDE", HASH)
    [assignment] = facts["assignments"]
    assert assignment["preparation_began_at"] == "2026-06-29T10:12:00Z"
    assert facts["outcomes"][0]["outcome"] == "notice_served"
    assert [each["kind"] for each in facts["journal"]][:3] == ["stay.began", "task.raised", "task.offer"]


def test_the_pack_shows_the_photos_themselves_and_nothing_else_is_fetched(
    app: Flask, town: Town, case: dict[str, Any]
):
    file = pack(town, case)
    [picture] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"', file.decode())
    assert b64decode(picture) == PHOTO
    [photo] = facts_in(file)["sightings"][0]["photos"]
    assert (photo["fate"], photo["size"], photo["metres_from_bay"]) == ("packed", len(PHOTO), 0.0)
    assert opened(file, app.extensions["openpatrol"].signing_key.public)
    answer = town.supervisor.call("GET", f"/tasks/{case['id']}/evidence")
    assert "img-src data:;" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:;" in file.decode()
    assert "photo.received" in [each["kind"] for each in facts_in(file)["journal"]]


def file_of(town: Town) -> Path:
    settings = town.app.extensions["openpatrol"].settings
    [file] = (settings.instance_folder / "photos" / str(town.id)).rglob("*.jpg")
    return file


def test_a_photo_that_is_not_what_it_was_or_not_there_is_said_and_not_shown(town: Town, case: dict[str, Any]):
    file = file_of(town)
    file.write_bytes(jpeg(7))
    page = pack(town, case).decode()
    assert "<img" not in page
    assert "Its file is not what it was when it came" in page
    assert "1 of 1 photos are not what they were when they came." in doubts(town, case)
    file.unlink()
    assert "its file is missing" in pack(town, case).decode()
    assert "1 of 1 photos that had come are missing now." in doubts(town, case)


def test_a_photo_that_has_not_come_yet_is_said(town: Town, officer: Officer):
    task, sighting = look(town, officer, PHOTO, jpeg(2), lon=-0.1276, lat=51.5080, accuracy_m=5.0)
    send(officer, sighting, PHOTO)
    page = pack(town, task).decode()
    assert page.count("<img") == 1
    assert "It has not reached the server yet." in page
    said = doubts(town, task)
    assert "1 of 2 photos taken by officers never reached the server, or not yet." in said
    assert "A photo was taken 89 m from the bay." in said


def test_a_photo_that_was_chosen_is_not_said_to_have_been_taken_there_and_then(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:12")
    chosen = [
        {"sha256": HASH, "taken_at": at("09:30").isoformat(), "chosen": True},
        {"sha256": hash_of(jpeg(2)), "taken_at": None, "chosen": True},
    ]
    place = {"lon": -0.1276, "lat": 51.5072, "accuracy_m": 5.0}
    sighting = str(uuid4())
    task = officer.step(task, "sightings", id=sighting, plate="AB12CDE", photos=chosen, **place)
    send(officer, sighting, PHOTO)
    page = pack(town, task).decode()
    assert "chosen from the phone’s pictures; the time is the file’s: Mon 29 Jun 2026, 09:30:00" in page
    assert "chosen from the phone’s pictures; the time is the file’s: it has none" in page
    assert "taken Mon" not in page
    assert "as it was taken" not in page
    assert "2 of 2 photos were chosen from a phone's pictures: where and when is not known." in doubts(
        town, task
    )


def test_what_was_chosen_and_kept_apart_is_told_so(town: Town, officer: Officer):
    task, _ = look(town, officer)
    task = officer.step(task, "outcome", outcome="prevented")
    chosen = [{"sha256": HASH, "taken_at": None, "chosen": True}]
    assert officer.step(task, "sightings", 409, plate="AB12CDE", photos=chosen)["kept"]
    assert "the time is the file’s: it has none" in pack(town, task).decode()


def test_a_pack_does_not_outgrow_what_can_be_opened(
    town: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(photos, "MOST_BYTES", len(PHOTO))
    task, sighting = look(town, officer, PHOTO, jpeg(2), jpeg(3))
    for photo in (PHOTO, jpeg(2), jpeg(3)):
        send(officer, sighting, photo)
    page = pack(town, task).decode()
    assert 0 < page.count("<img") < 3
    assert "this file would be too large" in page
    assert page.count("SHA-256 ") == 3


def test_what_is_said_to_people_is_in_their_time_zone_and_names_officers_by_number(
    town: Town, officer: Officer, case: dict[str, Any]
):
    page = pack(town, case).decode()
    assert "Mon 29 Jun 2026, 11:11:00" in page
    assert f"officer {officer.id[-6:].upper()}" in page
    assert "Olu" not in page


def test_nothing_that_was_written_becomes_markup_and_nothing_runs(town: Town, case: dict[str, Any]):
    page = pack(town, case).decode()
    assert MARKUP not in page
    assert "&lt;/script&gt;" in page
    assert facts_in(page.encode())["sightings"][0]["note"] == MARKUP
    answer = town.supervisor.call("GET", f"/tasks/{case['id']}/evidence")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in page


def test_a_pack_is_signed_and_every_changed_byte_is_found(app: Flask, town: Town, case: dict[str, Any]):
    key = app.extensions["openpatrol"].signing_key.public
    file = pack(town, case)
    assert opened(file, key).at == at("11:15")
    for before, after in (
        (b"AB12CDE", b"AB12CDF"),
        (b'"permitted_minutes": 120', b'"permitted_minutes": 121'),
    ):
        assert before in file
        with pytest.raises(NotGenuine):
            opened(file.replace(before, after, 1), key)


def test_that_a_pack_was_made_is_journalled_with_its_hash(app: Flask, town: Town, case: dict[str, Any]):
    seal = opened(pack(town, case), app.extensions["openpatrol"].signing_key.public)
    with town.session() as session:
        [entry] = rows(session, JournalRow, JournalRow.kind == "evidence.made")
    assert entry.facts["sha256"] == seal.sha256
    assert entry.actor.startswith("person:")


def test_a_sound_case_has_nothing_to_say_but_what_was_not_checked(town: Town, case: dict[str, Any]):
    assert doubts(town, case) == "Permits and payments, as last asked: not checked."


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


def served_after_asking(town: Town, officer: Officer) -> dict[str, Any]:
    """A notice at B1; whoever can be asked was asked about the bay, and then about the plate."""
    town.clock.set("11:05")
    town.reads(("B1", "free", "08:58"), ("B1", "occupied", "09:00"))
    swept_and_asked(town)
    task = officer.step(officer.step(officer.mine()[0], "accept"), "arrive")
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE")
    ask_all(town)
    return officer.step(officer.mine()[0], "outcome", outcome="notice_served")


def test_a_pack_shows_what_was_answered_about_the_bay_and_about_the_plate(
    town: Town, officer: Officer, provider: FakeProvider
):
    connect(town, provider)
    file = pack(town, served_after_asking(town, officer))
    facts, page = facts_in(file), file.decode()
    assert [(each["about"], each["plate"], each["status"]) for each in facts["rights_answers"]] == [
        ("bay", None, "none"),
        ("plate", "AB12CDE", "none"),
    ]
    assert "<td>the plate AB12CDE</td><td>Mon 29 Jun 2026, 11:12:00</td>" in page
    assert "Asked about the plate before the notice was served: status: none." in page
    assert "Permits and payments" not in "".join(facts["doubts"])


def test_that_the_plate_was_covered_is_a_doubt(town: Town, officer: Officer, provider: FakeProvider):
    connect(town, provider, about_bays=False)
    provider.covers("AB12CDE")
    task = served_after_asking(town, officer)
    assert "covered, oneTimeUseParking until Mon 29 Jun 2026, 14:20:00" in pack(town, task).decode()
    said = doubts(town, task)
    assert "as last asked: covered by a payment until 14:20 (Meters)." in said
    assert "1 of 1 answers about permits and payments said that the car was covered." in said


def test_that_the_car_was_covered_for_a_part_of_the_time_is_a_doubt(
    town: Town, officer: Officer, provider: FakeProvider
):
    provider.covers(until="2026-06-29T10:20:00Z")  # 11:20 in London
    connect(town, provider)
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    assert swept_and_asked(town) == []
    provider.rights.clear()
    town.clock.set("11:20")
    [task] = swept_and_asked(town)
    assert task["rights_status"] == "none"
    assert "1 of 2 answers about permits and payments said that the car was covered." in doubts(town, task)


def test_what_nobody_could_say_of_bay_and_plate_is_a_doubt(
    town: Town, officer: Officer, provider: FakeProvider
):
    connect(town, provider)
    provider.answers(500)
    said = doubts(town, served_after_asking(town, officer))
    assert "as last asked: not checked: Meters answered with the error 500." in said
    assert "2 of 2 answers about permits and payments left open whether the car was covered." in said
    assert "Before the notice was served the plate was not checked: answered with the error 500." in said


def test_an_answer_that_came_in_the_end_hides_no_doubt_that_was(
    town: Town, officer: Officer, provider: FakeProvider
):
    connect(town, provider)
    provider.answers(500)
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    swept_and_asked(town)
    provider.works()
    town.clock.set("11:11")
    [task] = swept_and_asked(town)
    assert task["rights_status"] == "none"
    assert "1 of 2 answers about permits and payments left open" in doubts(town, task)


def test_what_weakens_a_case_is_said(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:20")
    far = {"lon": -0.1276, "lat": 51.51, "accuracy_m": 5}
    task = officer.step(task, "sightings", plate="AB12CDE", recorded_at=at("11:12").isoformat(), **far)
    town.reads(("B1", "free", "11:18"))
    town.sweep()
    task = officer.step(officer.mine()[0], "sightings", plate="XY12ZZZ")
    said = doubts(town, task)
    for words in (
        "the bay was not reported free before",
        "readings came more than five minutes late",
        "different plates",
        "read differently",
        "m from the bay",
        "Phone and server times",
        "may have left",
        "without a position",
        "has photos",
    ):
        assert words in said, words


def test_what_was_kept_apart_is_in_the_pack(town: Town, officer: Officer):
    task = arrived(town, officer)
    officer.step(task, "outcome", 422, outcome="notice_served", details={"reference": MARKUP})
    file = pack(town, task)
    [kept] = facts_in(file)["kept"]
    assert (kept["kind"], kept["said"]["outcome"]) == ("outcome", "notice_served")
    assert MARKUP not in file.decode()
    assert "kept apart" in doubts(town, task)


def test_photos_that_were_kept_apart_are_shown_apart(town: Town, officer: Officer):
    task, sighting = arrived(town, officer), str(uuid4())
    taken = {"sha256": HASH, "taken_at": at("11:20").isoformat(), "lon": -0.1276, "lat": 51.5072}
    ahead = at("15:00").isoformat()
    officer.step(task, "sightings", 422, id=sighting, plate="AB12CDE", photos=[taken], recorded_at=ahead)
    awaited = pack(town, task).decode()
    assert "It has not reached the server yet." in awaited
    send(officer, sighting, PHOTO)
    page = pack(town, task).decode()
    assert page.count("<img") == 1
    assert page.index("Kept apart") < page.index("<img") < page.index("6. Who was sent")
    assert "photos:" not in page
    officer.step(task, "sightings", id=sighting, plate="AB12CDE", photos=[taken])
    page = pack(town, task).decode()
    assert page.index("4. What officers saw") < page.index("<img") < page.index("5. How it ended")


def test_a_pause_that_was_lifted_is_still_said(town: Town, officer: Officer):
    bay, told = f"/bays/{town.b1['id']}", "signs or lines may have been defective"
    for clock, why in (("08:30", "Sign stolen"), ("08:40", None)):
        town.clock.set(clock)
        town.supervisor.patch(bay, {"paused_why": why})
    task = arrived(town, officer)
    assert told not in doubts(town, task)
    task = officer.step(task, "outcome", outcome="signs_defective")
    town.clock.forward(minutes=5)
    town.supervisor.patch(bay, {"paused_why": None})
    assert told in doubts(town, task)
    [pause] = facts_in(pack(town, task))["pauses"]
    assert pause["since"] == "2026-06-29T10:05:00Z"


def test_a_case_without_a_visit_has_a_pack_too(town: Town, tmp_path: Path):
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    [task] = town.tasks()
    assert "No officer has recorded a sighting." in pack(town, task).decode()


def test_the_notices_number_is_with_its_task_and_in_the_pack_and_not_in_the_journal(
    town: Town, officer: Officer
):
    """Where the handheld is another system's, it is what leads there."""
    task = arrived(town, officer)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE")
    task = officer.step(task, "outcome", outcome="notice_served", details={"notice_number": " WK04815162 "})
    assert task["notice_number"] == "WK04815162"
    file = pack(town, task)
    assert facts_in(file)["outcomes"][0]["details"]["notice_number"] == "WK04815162"
    assert "notice number: WK04815162." in file.decode()
    assert "WK04815162" not in str(facts_in(file)["journal"])


def test_the_pack_of_a_case_that_an_officer_raised_says_so(town: Town, officer: Officer):
    place = {"street": "Judd Street", "where": "outside the bakery", "lon": -0.1276, "lat": 51.5072}
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01", "place": place}
    task = officer.phone.post("/found", said | {"lon": -0.1276, "lat": 51.5172, "accuracy_m": 5}, 201)
    file = pack(town, officer.step(task, "sightings", plate="AB12CDE"))
    page = file.decode()
    assert "the officer raised this case themselves" in page
    assert "Seen in contravention from Mon 29 Jun 2026, 09:00:00" in page
    assert "No sensor reported the car" in page
    assert "raised it 1113 m from the place" in facts_in(file)["doubts"][0]
    assert not any("not on record" in doubt for doubt in facts_in(file)["doubts"])


def test_where_a_sensor_saw_the_car_its_reports_stand_in_the_pack_of_what_an_officer_raised(
    town: Town, officer: Officer
):
    town.reads(("B1", "free", "08:55"), ("B1", "occupied", "09:00"))
    town.clock.set("10:00")
    town.sweep()
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "30"}
    task = officer.phone.post("/found", said | {"bay_id": town.b1["id"]}, 201)
    file = pack(town, task)
    assert "A sensor reported the car too." in file.decode()
    assert "Permitted until Mon 29 Jun 2026, 11:00:00" in file.decode()
    assert len(facts_in(file)["readings"]) == 2
