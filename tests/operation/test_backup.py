"""A backup is whole or not there; what is restored from it goes on where it stopped."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade

from enforcement import journal
from enforcement.adapters import backup
from enforcement.adapters.backup_files import Manifest
from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.tables import db
from enforcement.journal import Cursor
from routes.live import Feed

from ..api.walk import Town
from ..builders import Council, at, new_council, standing_clock
from .databases import as_owner, own_app, rows_of_all

ANOTHER_SERVERS = "9000000000000"  # a transaction's number from a server that has seen more of them
ANEW = ("epoch", "xid")
WALL = """
    SELECT 'table', relname, relrowsecurity::text, (SELECT array_agg(a::text ORDER BY 1) FROM unnest(relacl) a)::text
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
    UNION ALL
    SELECT 'policy', tablename || policyname, qual, with_check FROM pg_policies
    UNION ALL
    SELECT 'function', oid::regprocedure::text, prosecdef::text,
      (SELECT array_agg(a::text ORDER BY 1) FROM unnest(proacl) a)::text
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1, 2
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"


@dataclass
class Taken:
    """A town's database, the backup that was taken of it, and what was in it at that moment."""

    app: Flask
    town: Town
    file: Path
    manifest: Manifest
    rows: dict[str, list[str]]
    cursor: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def taken(postgres: EmbeddedPostgres, folder: Path) -> Iterator[Taken]:
    """Readings come in while it is taken."""
    with own_app(postgres, folder) as app, standing_clock(app) as clock:
        town = Town(new_council(app, clock))
        with as_owner(app) as owner:
            owner.execute("UPDATE journal SET xid = %s", [ANOTHER_SERVERS])
        cursor = town.council.supervisor.get("/journal")["cursor"]
        rows, came = rows_of_all(app, ANEW), []

        def meanwhile(done: int) -> None:
            came.append(done)
            town.council.reads(("B1", "free", "11:11"), status=200)

        key = folder / "push-key.pem"
        key.write_text("a key")
        file = folder / "town.backup"
        owner_url = app.config["DATABASE_OWNER_URL"]
        manifest = backup.take(owner_url, file, [key], clock(), meanwhile)
        assert came
        yield Taken(app, town, file, manifest, rows, cursor)


@pytest.fixture(scope="module")
def restored(postgres: EmbeddedPostgres, folder: Path, taken: Taken) -> Iterator[Flask]:
    """The backup in an empty database, by the command."""
    with own_app(postgres, folder, tables=False) as app:
        done = run(app, "restore", str(taken.file))
        assert done.exit_code == 0, done.output
        yield app


@pytest.fixture
def council(restored: Flask, taken: Taken) -> Iterator[Council]:
    """The town's council, in the restored database."""
    with restored.app_context(), standing_clock(restored) as clock:
        clock.set("12:00")
        yield Council(restored, clock, taken.town.council.id, taken.town.council.slug)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def nothing(done: int) -> None:
    """Nobody watches."""


def test_every_row_comes_back_and_none_that_came_later(restored: Flask, taken: Taken):
    came_back = rows_of_all(restored, ANEW)
    assert came_back == taken.rows
    assert sum(map(len, came_back.values())) == sum(taken.manifest.rows.values()) > 50
    assert rows_of_all(taken.app, ANEW) != taken.rows, "the line did not run on meanwhile"


def test_the_wall_between_councils_stands_as_before(restored: Flask, taken: Taken):
    with as_owner(restored) as there, as_owner(taken.app) as here:
        wall = there.execute(WALL).fetchall()
        assert wall == here.execute(WALL).fetchall()
        assert len(wall) > 50


def test_numbers_are_given_out_from_where_they_stopped(restored: Flask, taken: Taken):
    with as_owner(restored) as there, as_owner(taken.app) as here:
        had = dict(here.execute(SEQUENCES).fetchall())
        got = dict(there.execute(SEQUENCES).fetchall())
        assert got.keys() == had.keys()
        highest = there.execute("SELECT max(id) FROM journal").fetchone()
        assert got["journal_id_seq"] >= highest[0] > 10


def test_the_line_goes_on(council: Council):
    council.bay("AFTER")
    council.reads(("AFTER", "occupied", "09:10"), status=200)
    council.sweep()
    council.clock.forward(seconds=6)  # the town's permit system does not answer
    council.sweep()
    assert "AFTER" in [task["bay"]["reference"] for task in council.tasks()]


def test_a_client_with_a_cursor_from_before_is_told_to_load_afresh(council: Council, taken: Taken):
    answer = council.supervisor.call("GET", f"/journal?cursor={taken.cursor}")
    assert answer.status_code == 422
    assert answer.get_json()["reload"] is True
    before = Cursor.parse(taken.cursor)
    assert before
    after, rows = Feed(db.engine, council.clock).read(council.id, before)  # type: ignore[arg-type]
    assert after.epoch != before.epoch, "the live feed would go on as if nothing had happened"
    assert rows == []


def test_what_was_restored_is_never_told_as_new(council: Council):
    with council.session() as session:
        head = journal.head(session)
        past = journal.read(session, Cursor(head.epoch, 0, 0))
        assert len(past) > 10
        assert [row.id for row in past] == sorted(row.id for row in past)
        assert max(row.xid for row in past) < head.xid
        journal.record(session, "bay.paused", council.id, at=council.clock())
        session.commit()
    with council.session() as session:
        assert [row.kind for row in journal.read(session, head)] == ["bay.paused"]


def test_a_database_with_anything_in_it_is_left_alone(taken: Taken):
    before = rows_of_all(taken.app)
    refused = run(taken.app, "restore", str(taken.file))
    assert refused.exit_code == 1
    assert "not empty" in refused.output
    assert rows_of_all(taken.app) == before


def test_the_file_is_for_its_owner_alone_and_checks_as_whole(taken: Taken):
    assert taken.file.stat().st_mode & 0o777 == 0o600
    assert backup.check(taken.file, nothing) == taken.manifest
    assert "is whole" in run(taken.app, "backup", "--check", str(taken.file)).output


@pytest.mark.parametrize("place", [0.3, 0.6, 0.999])
def test_a_damaged_file_is_found_out_and_restores_nothing(
    taken: Taken, folder: Path, postgres: EmbeddedPostgres, place: float
):
    damaged = folder / "damaged.backup"
    shutil.copy(taken.file, damaged)
    with damaged.open("r+b") as file:
        file.seek(int(damaged.stat().st_size * place))
        piece = file.read(16)
        file.seek(-len(piece), 1)
        file.write(bytes(255 - byte for byte in piece))
    with own_app(postgres, folder, tables=False) as app:
        assert run(app, "backup", "--check", str(damaged)).exit_code == 1
        assert run(app, "restore", str(damaged)).exit_code == 1
        assert rows_of_all(app) == {}


def test_a_backup_that_fails_midway_leaves_no_file_behind(taken: Taken, folder: Path):
    file = folder / "broken.backup"

    def fail(done: int) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        backup.take(taken.app.config["DATABASE_OWNER_URL"], file, [], taken.town.clock(), fail)
    assert not list(folder.glob("broken*"))


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_done(
    taken: Taken, folder: Path, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backup, "revision_of", lambda path: "9999")
    with own_app(postgres, folder, tables=False) as app:
        refused = run(app, "restore", str(taken.file))
        assert refused.exit_code == 1
        assert "use a newer version" in refused.output
        assert rows_of_all(app) == {}


def test_an_older_backup_is_restored_and_then_brought_up_to_date(postgres: EmbeddedPostgres, folder: Path):
    file = folder / "old.backup"
    with own_app(postgres, folder, tables=False) as app:
        upgrade(revision="0001")
        backup.take(app.config["DATABASE_OWNER_URL"], file, [], at("09:00"), nothing)
    assert backup.revision_of(file) == "0001"
    with own_app(postgres, folder, tables=False) as app:
        assert run(app, "restore", str(file)).exit_code == 0
        restored = rows_of_all(app)
    with own_app(postgres, folder) as fresh:
        assert restored["alembic_version"] == rows_of_all(fresh)["alembic_version"]


def test_keys_come_along_only_when_asked_for(taken: Taken, folder: Path, postgres: EmbeddedPostgres):
    assert taken.manifest.keys == ("push-key.pem",)
    without = folder / "without-keys.backup"
    assert run(taken.app, "backup", str(without)).exit_code == 0
    assert backup.check(without, nothing).keys == ()
    with own_app(postgres, folder, tables=False) as app:
        instance: Path = app.extensions["openpatrol"].settings.instance_folder
        made = (instance / "push-key.pem").read_text()
        assert run(app, "restore", "--with-keys", str(taken.file)).exit_code == 0
        assert (instance / "push-key.pem").read_text() == "a key"
        assert (instance / "push-key.pem").stat().st_mode & 0o777 == 0o600
        assert (instance / "push-key.pem.replaced").read_text() == made
