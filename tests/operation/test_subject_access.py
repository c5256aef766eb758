"""Who asks what is held about them gets all of it, and nothing of others' that does not touch them."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from enforcement.adapters.tables import Person, act_for
from enforcement.people import held

from ..builders import Officer, new_council
from .databases import as_owner
from .test_data_protection import ROWS, columns
from .visits import TRAIL, Case, Town

OF_NOBODY = {
    "readings",  # what a sensor sent about a bay
    "suspensions",  # the picture of a sign: whoever passed by has no name there
    "sign_in_attempts",  # hashes of addresses that somebody typed, for a day
}


@pytest.fixture
def case(town: Town) -> Case:
    """A visit that led to a notice, a permit system's answer, and a record that came too late."""
    case = town.visit("served", "notice_served")
    town.asked_about(case)
    return case


def ask(town: Town, file: Path, *words: str, slug: str = "") -> Result:
    words = ("subject-access", str(file), "--authority", slug or town.council.slug, *words)
    return town.council.app.test_cli_runner().invoke(args=list(words))


def given(town: Town, file: Path, *words: str) -> dict[str, list[dict[str, Any]]]:
    """What the file says."""
    done = ask(town, file, *words)
    assert done.exit_code == 0, done.output
    return json.loads(file.read_text())


def address_of(town: Town, officer: Officer) -> str:
    with town.council.session() as session:
        return session.get_one(Person, (town.council.id, UUID(officer.id))).email


def test_an_officer_gets_all_that_is_held_about_them(town: Town, case: Case, tmp_path: Path):
    rows = given(town, tmp_path / "olu.json", "--person", address_of(town, town.officer))
    assert [row["id"] for row in rows["people"]] == [town.officer.id]
    told = {"shifts", "shift_zones", "positions", "assignments", "sightings", "outcomes", "kept_records"}
    assert told | {"sign_ins", "actions", "journal", "people"} <= rows.keys()
    assert TRAIL in [row["lat"] for row in rows["positions"]]
    assert case.note in [row["note"] for row in rows["sightings"]]
    assert {"person.created", "person.signed-in", "task.accept"} <= {row["kind"] for row in rows["journal"]}


def test_nothing_of_a_colleagues_or_of_another_councils_is_in_it(town: Town, case: Case, tmp_path: Path):
    colleague, _ = town.council.person("officer", "Ana")
    there = Town(new_council(town.council.app, town.clock))
    theirs = there.visit("there", "notice_served")
    rows = given(town, tmp_path / "ana.json", "--person", colleague)
    assert {row["id"] for row in rows["people"]} == {colleague}
    assert "sightings" not in rows
    text = (tmp_path / "ana.json").read_text() + json.dumps(
        given(town, tmp_path / "olu.json", "--person", town.officer.id)
    )
    assert theirs.note not in text
    assert ask(town, tmp_path / "x.json", "--person", there.officer.id).exit_code == 1
    assert given(town, tmp_path / "plate.json", "--plate", theirs.plate) == {}


def test_the_queries_keep_councils_apart_also_without_the_wall(town: Town, case: Case):
    there = Town(new_council(town.council.app, town.clock))
    theirs = there.visit("there", "notice_served")
    engine = create_engine(town.council.app.config["DATABASE_OWNER_URL"])
    with Session(engine) as above:
        act_for(above, town.council.id)
        assert held.held_about_plate(above, theirs.plate, town.clock()) == {}
        assert held.held_about_person(above, UUID(there.officer.id), town.clock()) == {}
    engine.dispose()


def test_a_driver_gets_what_was_seen_and_asked_of_their_plate_however_they_write_it(
    town: Town, case: Case, tmp_path: Path
):
    other = town.visit("other", "notice_served")
    written = f"{case.plate[:4].lower()} {case.plate[4:]}"
    rows = given(town, tmp_path / "plate.json", "--plate", written)
    seen = {"sightings", "photos", "photo_files", "outcomes", "kept_records"}
    assert rows.keys() == {"tasks", "rights_answers", *seen}
    assert [Path(row["file"]).name for row in rows["photo_files"]] == [case.file]
    assert (town.photos.parent / rows["photo_files"][0]["file"]).read_bytes() == case.photo
    assert {row["id"] for row in rows["tasks"]} == {case.task_id}
    assert [row["note"] for row in rows["sightings"]] == [case.note]
    assert other.plate not in (tmp_path / "plate.json").read_text()


def test_what_opens_doors_is_not_given_out(town: Town, case: Case, tmp_path: Path):
    given(town, tmp_path / "olu.json", "--person", town.officer.id)
    text = (tmp_path / "olu.json").read_text()
    with as_owner(town.council.app) as owner:
        hashes = owner.execute("SELECT password_hash FROM people UNION SELECT token_hash FROM sign_ins")
        assert not [each for (each,) in hashes if each in text]
    assert "$argon2" not in text


def test_that_it_was_given_out_is_in_the_journal_without_the_plate(town: Town, case: Case, tmp_path: Path):
    given(town, tmp_path / "olu.json", "--person", town.officer.id)
    given(town, tmp_path / "plate.json", "--plate", case.plate)
    assert "person.data-given" in town.council.journal(town.officer.id)
    entries = town.council.supervisor.get(f"/journal?subject_id={town.council.id}")["items"]
    [entry] = [each for each in entries if each["kind"] == "authority.plate-given"]
    assert entry["facts"]["tasks"] == [case.task_id]
    assert case.plate not in json.dumps(entries)


def test_the_file_is_for_its_owner_alone_and_takes_no_others_place(town: Town, tmp_path: Path):
    file = tmp_path / "olu.json"
    given(town, file, "--person", town.officer.id)
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    assert ask(town, file, "--person", town.officer.id).exit_code == 1
    assert file.read_text() == before


def test_who_asks_for_nobody_is_told_so_and_no_file_is_left(town: Town, tmp_path: Path):
    for words in (("--person", "nobody@example.org"), ("--plate", "?"), ()):
        assert ask(town, tmp_path / "none.json", *words).exit_code
    assert not (tmp_path / "none.json").exists()


def test_every_table_with_something_personal_is_looked_into():
    personal = {table for table, (theirs, _, _) in ROWS.items() if columns(theirs)}
    looked = set(held.tables_of_people()) | set(held.tables_of_plates())
    assert personal - looked == OF_NOBODY
    with_plates = {table for table, (theirs, _, _) in ROWS.items() if "plate" in columns(theirs)}
    assert with_plates <= set(held.tables_of_plates())
