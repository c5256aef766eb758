"""What has outlived its period is gone everywhere; what is evidence, or under hold, is not."""

import os
import time
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.photos import PhotoFolder, PhotoName
from enforcement.adapters.tables import db
from enforcement.domain.policy import sample_policy
from enforcement.pipeline import retention

from ..builders import new_council
from ..line.camera import send, send_piece
from ..pictures import hash_of, jpeg
from .databases import rows_of_all
from .visits import TRAIL, Town


def test_a_visit_without_a_notice_is_forgotten_everywhere_and_evidence_is_not(town: Town):
    advised = town.visit("advised", "advised_and_moved")
    incident = town.visit("incident", "incident", reference="REF-77-QQ")
    served = town.visit("served", "notice_served")
    for case in (advised, served):
        town.asked_about(case)
    town.council.supervisor.post(f"/tasks/{advised.task_id}/hold", {"reason": "x"}, 201)
    town.council.supervisor.delete(f"/tasks/{advised.task_id}/hold", 204)
    town.clock.forward(days=29)
    town.night()
    assert advised.plate in town.everything()
    assert str(TRAIL) in town.everything()
    town.clock.forward(days=2)
    town.night()
    left = town.everything()
    for gone in (advised.plate, advised.note, incident.plate, incident.note, "REF-77-QQ", str(TRAIL)):
        assert gone not in left, f"{gone} is still there"
    assert served.plate in left
    assert served.note in left
    assert town.files() == {served.file}


def test_what_a_case_needs_is_kept_as_long_as_the_case(town: Town):
    served = town.visit("served", "notice_served")
    town.clock.forward(days=2 * 365)
    town.night()
    assert town.rows("readings") == 2
    assert served.plate in town.everything()
    town.clock.forward(days=2 * 365)
    town.night()
    assert served.plate not in town.everything()
    assert town.files() == set()
    kinds = (
        "photo_files",
        "tasks",
        "assignments",
        "sightings",
        "outcomes",
        "readings",
        "shifts",
        "positions",
        "actions",
    )
    assert {kind: town.rows(kind) for kind in kinds} == dict.fromkeys(kinds, 0)


def test_where_an_officer_found_a_car_goes_with_its_case(town: Town):
    place = {"street": "Quince Row", "where": "by the seventh hedge", "lon": -0.1276, "lat": 51.5072}
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01", "place": place}
    task = town.officer.phone.post("/found", said, 201)
    town.officer.step(task, "outcome", outcome="advised_and_moved")
    town.clock.forward(days=365)
    town.night()
    assert "by the seventh hedge" in town.everything()
    town.clock.forward(days=3 * 365)
    assert town.night()["spots"] == 1
    assert "by the seventh hedge" not in town.everything()
    assert "Quince Row" not in town.everything()


def test_a_case_under_hold_stays_with_all_its_evidence_until_it_is_lifted(town: Town):
    served, advised = town.visit("served", "notice_served"), town.visit("advised", "advised_and_moved")
    for case in (served, advised):
        town.council.supervisor.post(
            f"/tasks/{case.task_id}/hold", {"reason": "Claim at the county court"}, 201
        )
    town.clock.forward(days=5 * 365)
    town.night()
    for case in (served, advised):
        assert case.plate in town.everything()
        assert case.note in town.everything()
    assert town.rows("readings") == 4
    assert town.rows("outcomes") == 2
    assert town.files() == {served.file, advised.file}
    with town.council.session() as session:
        retention.lift(session, UUID(served.task_id), retention.standing(session)[0].placed_by, town.clock())
        session.commit()
    town.night()
    assert served.plate not in town.everything()
    assert advised.plate in town.everything()


def test_a_photo_whose_row_is_gone_goes_in_a_later_night_and_what_is_not_ours_stays(town: Town):
    advised, served = town.visit("advised", "advised_and_moved"), town.visit("served", "notice_served")
    there = Town(new_council(town.council.app, town.clock))
    theirs = there.visit("there", "notice_served")
    town.clock.forward(days=31)
    with town.council.session() as session:  # as far as a night came that broke off
        session.execute(text("SELECT openpatrol_forget('sightings', :now, 9, false)"), {"now": town.clock()})
        session.commit()
    assert town.files() == {advised.file, served.file}
    (town.photos / "ab").mkdir(exist_ok=True)
    (town.photos / "ab" / "notes.jpg").write_text("somebody's")
    assert town.night()["files of photos"] == 1
    assert town.files() == {served.file, "notes.jpg"}
    assert there.files() == {theirs.file}


def test_what_came_of_a_photo_waits_a_month_for_the_rest(town: Town):
    late = jpeg(1000)
    case = town.visit("served", "notice_served", unsent=late)
    send_piece(town.officer, case.sighting_id, late, 0, late[:100])
    [begun] = town.files() - {case.file}
    town.night()
    assert begun in town.files()
    written = time.time() - 31 * 86_400
    [file] = town.photos.rglob(begun)
    os.utime(file, (written, written))
    town.night()
    assert town.files() == {case.file}
    assert send(town.officer, case.sighting_id, late)["complete"]


def test_the_photos_of_a_look_that_was_kept_apart_go_with_it(town: Town):
    case, photo = town.visit("prevented", "advised_and_moved"), jpeg(2000)
    taken = {"sha256": hash_of(photo), "taken_at": town.clock().isoformat()}
    task = town.council.supervisor.get(f"/tasks/{case.task_id}")
    sighting = str(uuid4())
    town.officer.step(task, "sightings", 409, id=sighting, photos=[taken], plate="AB12CDE")
    send(town.officer, sighting, photo)
    town.clock.forward(days=29)
    town.night()
    assert len(town.files()) == 2
    town.clock.forward(days=2)
    assert town.night()["photos"] == 2
    assert (town.files(), town.rows("photo_files")) == (set(), 0)


def test_a_car_that_could_not_be_raised_is_forgotten_with_what_was_seen_there(town: Town):
    now, photo, look = town.clock().isoformat(), jpeg(2000), str(uuid4())
    place = {"street": "Judd Street", "where": "outside the bakery", "lon": -0.1276, "lat": 51.5072}
    said = {"id": str(uuid4()), "recorded_at": now, "code": "50", "place": place}
    town.officer.phone.post("/found", said, 422)
    taken = {"sha256": hash_of(photo), "taken_at": now}
    here = {"id": said["id"], "version": 1}
    town.officer.step(here, "sightings", 404, id=look, photos=[taken], plate="AB12CDE")
    send(town.officer, look, photo)
    town.clock.forward(days=29)
    town.night()
    assert (town.rows("kept_records"), len(town.files())) == (2, 1)
    town.clock.forward(days=2)
    town.night()
    assert (town.rows("kept_records"), town.files()) == (0, set())
    assert "AB12CDE" not in town.everything()


def test_what_lies_beside_a_photo_that_is_complete_is_of_no_use(town: Town):
    case = town.visit("served", "notice_served")
    name = PhotoName(town.council.id, UUID(case.sighting_id), hash_of(case.photo))
    PhotoFolder(town.photos.parent).add(name, 0, b"again")
    assert town.night()["files of photos"] == 1
    assert town.files() == {case.file}


def test_a_task_that_is_still_open_loses_nothing(town: Town):
    town.council.bay("OPEN")
    town.council.reads(("OPEN", "occupied", "07:00"), status=200)
    town.council.sweep()
    assert len(town.council.tasks()) == 1
    town.clock.forward(days=4 * 365)
    town.night()
    assert town.rows("tasks") == 1
    assert town.rows("readings") == 1


def test_what_officers_were_told_is_kept_for_years_after_its_last_day(town: Town):
    officer, supervisor = town.officer, town.council.supervisor
    supervisor.post("/briefing-notes", {"text": "Ice on the bridge", "last_day": "2026-07-01"}, 201)
    supervisor.post("/briefing-notes", {"text": "Always mind the kerb"}, 201)
    put_away = supervisor.post("/briefing-notes", {"text": "Fair in the park"}, 201)
    supervisor.delete(f"/briefing-notes/{put_away['id']}", 204)
    told = officer.phone.get(f"/shifts/{officer.shift['id']}/briefing")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "sha256": told["sha256"]}
    broken = {"item": "Radio", "ok": False, "note": "cracked"}
    officer.phone.post(f"/shifts/{officer.shift['id']}/briefing", {**step, "equipment": [broken]})
    officer.phone.post(
        f"/shifts/{officer.shift['id']}/end", {"id": str(uuid4()), "recorded_at": step["recorded_at"]}
    )
    town.clock.forward(days=3 * 365)
    town.night()
    assert (town.rows("briefing_notes"), town.rows("briefings_read")) == (3, 1)
    town.clock.forward(days=7)
    with town.council.session() as session:
        assert retention.count_outlived(session, town.clock())["briefing notes"] == 2
    assert town.night()["briefing notes"] == 2
    left = town.everything()
    assert [text in left for text in ("Ice on the bridge", "Fair in the park", "cracked")] == [False] * 3
    assert "Always mind the kerb" in left


def test_the_dry_run_says_what_would_go_and_leaves_it(town: Town):
    town.visit("advised", "advised_and_moved")
    town.clock.forward(days=31)
    before = rows_of_all(town.council.app)
    db.session.remove()
    told = town.council.app.test_cli_runner().invoke(args=["retention", "--dry-run"])
    assert "1 sightings, 1 outcomes" in told.output
    assert rows_of_all(town.council.app) == before
    assert town.council.app.test_cli_runner().invoke(args=["retention"]).exit_code == 0
    assert town.rows("sightings") == 0


def test_another_councils_records_are_not_touched(town: Town, postgres: EmbeddedPostgres):
    there = Town(new_council(town.council.app, town.clock))
    plate = there.visit("advised", "advised_and_moved").plate
    town.clock.forward(days=31)
    town.night()
    assert plate in town.everything()


def test_pieces_add_up(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retention, "PIECE", 1)
    for number in range(3):
        town.visit(str(number), "advised_and_moved")
    town.clock.forward(days=31)
    erased = town.night()
    assert (erased["sightings"], erased["outcomes"]) == (3, 3)
    assert erased["positions"] >= 3


def test_the_journal_says_how_much_was_forgotten_and_the_reason_for_a_hold_stays_out_of_it(town: Town):
    case = town.visit("served", "notice_served")
    supervisor = town.council.supervisor
    held = supervisor.post(f"/tasks/{case.task_id}/hold", {"reason": "Claim of Mr Smith"}, 201)
    assert [each["task_id"] for each in supervisor.get("/holds")["items"]] == [case.task_id]
    supervisor.post(f"/tasks/{case.task_id}/hold", {"reason": "Again"}, 409)
    supervisor.delete(f"/tasks/{case.task_id}/hold", 204)
    supervisor.delete(f"/tasks/{case.task_id}/hold", 404)
    assert town.council.journal(held["id"]) == ["hold.placed", "hold.lifted"]
    town.night()
    assert town.council.journal(str(town.council.id))[-1] == "authority.forgot"
    assert "Smith" not in str(rows_of_all(town.council.app)["journal"])


def test_every_sample_policy_says_how_long():
    for name in ("single-sighting", "devon-2021"):
        assert sample_policy(name).retention.visits.days == 30
