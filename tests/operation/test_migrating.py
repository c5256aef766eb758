"""Migrations run while the line runs: nobody waits for them, and the version before goes on working."""

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from enforcement.adapters.embedded import EmbeddedPostgres

from .databases import as_owner, own_app, tables_of

HOT = (
    "readings",
    "bay_state",
    "stays",
    "tasks",
    "assignments",
    "shifts",
    "positions",
    "notifications",
    "journal",
)
COLUMNS = """
    SELECT table_name || '.' || column_name, data_type, is_nullable = 'NO',
      column_default IS NOT NULL OR is_identity = 'YES'
    FROM information_schema.columns WHERE table_schema = 'public'
"""
REWRITES = """
CREATE FUNCTION no_rewrite() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is written anew, and locked meanwhile', pg_event_trigger_table_rewrite_oid()::regclass;
END $$;
CREATE EVENT TRIGGER no_rewrite ON table_rewrite EXECUTE FUNCTION no_rewrite();
"""


@pytest.fixture
def first(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Flask]:
    """A database as the first version left it."""
    with own_app(postgres, tmp_path, tables=False) as app:
        upgrade(revision="0001")
        yield app


def test_the_line_runs_on_while_a_migration_waits_for_somebody_slow(first: Flask):
    """Somebody reads for a long time; a migration that queued behind would hold up every reading after it."""
    with as_owner(first) as slow, as_owner(first, options="-c lock_timeout=20s") as line:
        slow.execute("BEGIN")
        slow.execute(f"LOCK TABLE {', '.join(tables_of(slow))} IN ACCESS SHARE MODE".encode())
        migration = threading.Thread(target=_upgrade, args=(first,))
        migration.start()
        try:
            with as_owner(first) as watch:
                _until_it_waits(watch, migration)
                for _ in range(20):
                    for table in HOT:
                        line.execute(f"SELECT FROM {table} FOR UPDATE".encode())
                    line.execute("SELECT * FROM openpatrol_due(now())")
        finally:
            slow.execute("COMMIT")
            migration.join(timeout=120)
        assert not migration.is_alive()
        assert line.execute("SELECT version_num FROM alembic_version").fetchone() > ("0001",)


def _upgrade(app: Flask) -> None:
    with app.app_context():
        upgrade()


def _until_it_waits(watch: psycopg.Connection, migration: threading.Thread) -> None:
    """Until a migration has asked for a lock that it can't have."""
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
    while migration.is_alive() and not watch.execute(waiting).rowcount:
        pass
    assert migration.is_alive(), "no migration wanted anything that was taken"


def test_no_migration_writes_a_table_anew(first: Flask, postgres: EmbeddedPostgres):
    name = as_database(first)
    with psycopg.connect(postgres.superuser_conninfo(name), autocommit=True) as superuser:
        superuser.execute(REWRITES.encode())
        upgrade()


def test_an_index_whose_building_was_interrupted_is_built_again(first: Flask):
    """It waited for somebody who wrote, gave up, and left an index that nothing is held against."""
    upgrade(revision="0015")
    with as_owner(first) as slow, as_owner(first, options="-c lock_timeout=100ms") as owner:
        with slow.transaction():
            slow.execute("LOCK TABLE tasks IN ROW EXCLUSIVE MODE")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                owner.execute("CREATE UNIQUE INDEX CONCURRENTLY uq_tasks_patrol ON tasks (authority_id, id)")
        assert _is_valid(owner) == (False,)
        upgrade()
        assert _is_valid(owner) == (True,)
        [[made]] = owner.execute("SELECT pg_get_indexdef('uq_tasks_patrol'::regclass)")
    assert made.endswith("(authority_id, patrol_id, overstay_from) WHERE (patrol_id IS NOT NULL)")


def _is_valid(owner: psycopg.Connection) -> tuple[bool] | None:
    return owner.execute(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'uq_tasks_patrol'::regclass"
    ).fetchone()


def test_what_the_version_before_writes_can_still_be_written(first: Flask):
    """New columns may be left out; none that was there is gone, of another kind, or stricter."""
    with as_owner(first) as owner:
        before = {name: rest for name, *rest in owner.execute(COLUMNS.encode())}
        tables = {name.partition(".")[0] for name in before}
        upgrade()
        after = {name: rest for name, *rest in owner.execute(COLUMNS.encode())}
    assert not before.keys() - after.keys()
    for name, (kind, needed, given) in after.items():
        if name in before:
            assert [kind, needed and not given] == [
                before[name][0],
                before[name][1] and not before[name][2],
            ], name
        elif name.partition(".")[0] in tables:
            assert not needed or given, f"{name} must be given, and the version before does not know it"


def as_database(app: Flask) -> str:
    with as_owner(app) as owner:
        return owner.info.dbname
