"""A plate or a valve that was misread: the look stays on record, and counts for nothing from then on."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from enforcement.adapters.tables import JournalRow, Misreading, SightingRow

from ..builders import Officer, at
from .scenes import Town, arrived, rows, task_of
from .test_evidence import doubts, facts_in, pack
from .test_found import raised
from .test_two_sightings import ONE_MORE, STANDING, shift_step, two_sightings

WRONG = {"plate": "AQ12 CDE", "valve_front": 3, "valve_rear": 9}
DIFFERENT = "The sightings are of different plates."


def look(officer: Officer, task: dict[str, Any], **seen: Any) -> str:
    sighting = str(uuid4())
    officer.step(task, "sightings", id=sighting, **seen)
    return sighting


def misread(
    officer: Officer, task: dict[str, Any], sighting: str, status: int | None = None, **more: Any
) -> Any:
    said = {"id": str(uuid4()), "recorded_at": officer.phone.now().isoformat(), **more}
    return officer.phone.post(f"/tasks/{task['id']}/sightings/{sighting}/misread", said, status)


@pytest.fixture
def wrong(town: Town, officer: Officer) -> tuple[dict[str, Any], str]:
    """A car at which two looks are needed, and the first plate misread."""
    two_sightings(town)
    task = arrived(town, officer)
    return task_of(town, task), look(officer, task, **WRONG)


def test_a_misread_plate_no_longer_stands_against_the_case(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    town.clock.set("11:12")
    look(officer, task, **STANDING)
    assert DIFFERENT in task_of(town, task)["missing_for_notice"]
    town.clock.set("11:13")
    task = misread(officer, task, sighting)
    assert (task["missing_for_notice"], task["sightings"], task["state"]) == ([ONE_MORE], 1, "arrived")
    town.clock.set("11:14")
    look(officer, task, **STANDING)
    town.clock.set("11:15")
    task = task_of(town, task)
    assert task["missing_for_notice"] == []
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_both_stay_on_record_and_the_pack_strikes_the_misread_one_through(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    town.clock.set("11:12")
    misread(officer, task, sighting)
    look(officer, task, **STANDING)
    told = officer.phone.get(f"/tasks/{task['id']}/sightings")["items"]
    assert [(each["plate"], each["misread_at"]) for each in told] == [
        ("AQ12CDE", "2026-06-29T10:12:00Z"),
        ("AB12CDE", None),
    ]
    file = pack(town, task)
    page = file.decode()
    assert "Marked as misread by its officer Mon 29 Jun 2026, 11:12:00" in page
    assert "<s>AQ12CDE</s>" in page
    assert "<s>3 and 9 o’clock</s>" in page
    assert "<s>AB12CDE</s>" not in page
    assert [each["plate"] for each in facts_in(file)["sightings"]] == ["AQ12CDE", "AB12CDE"]
    said = doubts(town, task)
    assert "1 of 2 sightings were marked as misread by their officer." in said
    assert "The plate was read differently" not in said


def test_it_is_journalled_without_the_plate_and_once_however_often_it_is_said(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    same = {"id": str(uuid4())}
    for _ in range(3):
        misread(officer, task, sighting, **same)
    misread(officer, task, sighting)
    with town.session() as session:
        [row] = rows(session, Misreading)
        told = [each for each in rows(session, JournalRow) if each.kind == "task.misread"]
    assert (str(row.sighting_id), str(row.officer_id)) == (sighting, officer.id)
    assert [each.facts["sighting_id"] for each in told] == [sighting]
    assert "CDE" not in str(told[0].facts)


def test_who_has_misread_their_only_look_has_none_to_come_back_to(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    task = misread(officer, task, sighting)
    assert "first sighting" in officer.step(task, "look-again", 409)["detail"]


def test_only_who_made_a_look_marks_it_and_only_at_its_task(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    other = town.on_duty(town.centre, name="Ann")
    misread(other, task, sighting, 403)
    misread(officer, task, str(uuid4()), 404)
    assert task_of(town, task)["sightings"] == 1


def test_who_takes_a_task_over_marks_no_look_of_the_officer_before(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    shift_step(town, officer, "end")
    other = town.on_duty(town.centre, name="Ann")
    town.sweep()
    task = other.step(other.mine()[0], "accept")
    assert "Only the officer who made" in misread(other, task, sighting, 403)["detail"]


def test_when_the_case_is_closed_it_is_too_late_and_kept_for_the_supervisor(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    town.clock.set("11:12")
    officer.step(task_of(town, task), "outcome", outcome="gone_on_arrival")
    town.clock.set("11:13")
    assert misread(officer, task, sighting, 409)["kept"] is True
    with town.session() as session:
        assert rows(session, Misreading) == []
        [seen] = rows(session, SightingRow)
    assert seen.plate == "AQ12CDE"


def test_what_was_misread_without_signal_is_judged_by_when_it_was_done(
    town: Town, officer: Officer, wrong: tuple[dict[str, Any], str]
):
    task, sighting = wrong
    town.clock.set("11:40")
    task = misread(officer, task, sighting, recorded_at=at("11:13").isoformat())
    [told] = officer.phone.get(f"/tasks/{task['id']}/sightings")["items"]
    assert told["misread_at"] == "2026-06-29T10:13:00Z"


def test_the_clock_of_a_car_raised_at_the_kerb_begins_with_the_first_look_that_was_read_right(
    town: Town, officer: Officer
):
    town.clock.set("09:00")
    task = raised(town, officer, "01")
    town.clock.set("09:02")
    sighting = look(officer, task, **WRONG)
    town.clock.set("09:06")
    look(officer, task, **STANDING)
    assert task_of(town, task)["overstay_from"] == "2026-06-29T08:02:00Z"
    assert misread(officer, task, sighting)["overstay_from"] == "2026-06-29T08:06:00Z"


def test_nobody_edits_that_either(
    town: Town, officer: Officer, owner: Any, wrong: tuple[dict[str, Any], str]
):
    misread(officer, *wrong)
    change = text("UPDATE misreadings SET recorded_at = now() WHERE authority_id = :id")
    with pytest.raises(IntegrityError, match="never edited"), owner.begin() as connection:
        connection.execute(change, {"id": town.id})
