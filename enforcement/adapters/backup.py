"""Backup and restore: PostgreSQL's own programs, around one snapshot of the database.

A restored database is another database: its journal begins a new epoch, and everything in it counts as past,
since the numbers of the old server's transactions mean nothing on the new one.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.engine import make_url

from .backup_files import (
    KEYS,
    BadBackup,
    Manifest,
    Progress,
    new_file,
    opened,
    read_database,
    write_database,
    write_manifest,
)
from .postgres_programs import client_program

__all__ = ["BackupFault", "BadBackup", "check", "restore", "take"]

ENDS_WITHIN = 600.0  # seconds to put the last rows in order
LONGEST_WORDS = 2000
PAST = "1"  # a transaction before all others: what was restored is never told as new


class BackupFault(Exception):
    """It could not be taken or restored; the text says why."""


TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY 1
"""
REVISION = "SELECT version_num FROM alembic_version"
NOT_EMPTY = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') LIMIT 1
"""
GROUP = "SELECT FROM pg_roles WHERE rolname = 'openpatrol_app'"


def take(owner_url: str, path: Path, keys: list[Path], now: datetime, progress: Progress) -> Manifest:
    """Write a backup while the line runs on. Raises BackupFault; then there is no file at `path`."""
    with _connected(owner_url) as connection, new_file(path) as file:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        dump = [
            "--format=custom",
            "--no-owner",
            f"--snapshot={snapshot}",
            "--lock-wait-timeout=60s",
            *_where(owner_url),
        ]
        with _program("pg_dump", connection, owner_url, dump, stdout=subprocess.PIPE) as program:
            assert program.stdout
            written = write_database(file, program.stdout, progress)
        manifest = Manifest(
            taken_at=now.isoformat(),
            revision=_one(connection, REVISION),
            postgres=_major(connection),
            rows=_rows(connection),
            bytes=written.bytes,
            sha256=written.digest.hexdigest(),
            keys=tuple(key.name for key in keys),
        )
        for key in keys:
            file.write(key, KEYS + key.name)
        write_manifest(file, manifest)
    return manifest


def check(path: Path, progress: Progress) -> Manifest:
    """Read a whole backup, as restoring it would, and change nothing. Raises BadBackup or BackupFault."""
    with opened(path) as (file, manifest):
        command = [str(client_program("pg_restore", manifest.postgres)), "--file=-"]
        _feed(command, file, manifest, progress, subprocess.DEVNULL)
    return manifest


def restore(owner_url: str, path: Path, progress: Progress) -> Manifest:
    """Fill an empty database, wholly or not at all. Raises BadBackup or BackupFault.

    Every authority gets a new epoch: clients of the live feed load afresh.
    """
    with opened(path) as (file, manifest), _connected(owner_url) as connection:
        _require_empty(connection)
        reader = [str(client_program("pg_restore", _major(connection))), "--no-owner", "--file=-"]
        writer = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", *_where(owner_url)]
        with _program("psql", connection, owner_url, writer, stdin=subprocess.PIPE) as database:
            assert database.stdin
            database.stdin.write(b"BEGIN;\n")
            database.stdin.flush()
            _feed(reader, file, manifest, progress, database.stdin)
            with suppress(BrokenPipeError):  # it stopped at a fault, which its own words tell
                database.stdin.write(_begin_anew(connection, manifest).encode())
                database.stdin.flush()
    return manifest


def revision_of(path: Path) -> str:
    """The schema's revision when the backup was taken. Raises BadBackup."""
    with opened(path) as (_, manifest):
        return manifest.revision


def restore_keys(path: Path, folder: Path) -> list[str]:
    """Put the keys of a backup in place; one that was there is kept beside it as `.replaced`."""
    with opened(path) as (file, manifest):
        for name in manifest.keys:
            place = folder / Path(name).name
            if place.exists():
                place.rename(place.with_name(f"{place.name}.replaced"))
            place.touch(0o600)
            place.write_bytes(file.read(KEYS + name))
    return list(manifest.keys)


def _begin_anew(connection: psycopg.Connection, manifest: Manifest) -> str:
    """After the data: is it all there? Then a new epoch, and a journal that is all past."""
    counted = [
        f"SELECT {sql.Literal(table).as_string(connection)}, count(*), {rows}"
        f" FROM public.{sql.Identifier(table).as_string(connection)}"
        for table, rows in manifest.rows.items()
    ]
    return f"""
        DO $$
        DECLARE missing text;
        BEGIN
          SELECT string_agg(c.name || ' has ' || c.found || ' rows of ' || c.wanted, ', ') INTO missing
          FROM ({" UNION ALL ".join(counted)}) c (name, found, wanted) WHERE c.found <> c.wanted;
          IF missing IS NOT NULL THEN RAISE EXCEPTION 'not all there: %', missing; END IF;
        END $$;
        UPDATE public.authorities SET epoch = gen_random_uuid();
        UPDATE public.journal SET xid = '{PAST}';
        COMMIT;
        ANALYZE;
    """


def _require_empty(connection: psycopg.Connection) -> None:
    found = connection.execute(NOT_EMPTY).fetchone()
    if found:
        raise BackupFault(f"the database is not empty (it has {found[0]}): restore into a new one")
    if connection.execute(GROUP).fetchone() is None:
        raise BackupFault("the role openpatrol_app is missing: make the roles first (docs/deployment.md)")


def _rows(connection: psycopg.Connection) -> dict[str, int]:
    tables = [name for (name,) in connection.execute(TABLES)]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {
        name: _one(connection, count.format(sql.Identifier(name)).as_string(connection)) for name in tables
    }


def _one(connection: psycopg.Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    if row is None:
        raise BackupFault(f"the database does not answer {query}")
    return row[0]


def _major(connection: psycopg.Connection) -> int:
    return connection.info.server_version // 10000


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    """Statements run by themselves until one begins a transaction."""
    try:
        with psycopg.connect(_conninfo(url), autocommit=True) as connection:
            yield connection
    except psycopg.Error as fault:
        raise BackupFault(str(fault).strip()) from None


def _conninfo(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _where(url: str) -> list[str]:
    """The database as the programs take it; the password goes by the environment, where `ps` shows none."""
    return [f"--dbname={make_conninfo(_conninfo(url), password=None)}"]


def _password(url: str) -> dict[str, str]:
    password = conninfo_to_dict(_conninfo(url)).get("password")
    return {"PGPASSWORD": str(password)} if password else {}


@contextmanager
def _program(
    name: str,
    connection: psycopg.Connection,
    url: str,
    arguments: list[str],
    stdin: int | None = None,
    stdout: int | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A client program at work; BackupFault with its own words if it fails, however we fared with it."""
    command = [str(client_program(name, _major(connection))), *arguments]
    environment = {"LC_ALL": "C", **_password(url)}
    with tempfile.TemporaryFile() as words:
        program = subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=words)
        try:
            yield program
        finally:
            _end(program)
            _require_success(program, words)


def _end(program: subprocess.Popen[bytes]) -> None:
    """Without more to read, or a reader, it ends by itself."""
    for pipe in (program.stdin, program.stdout):
        with suppress(BrokenPipeError):
            if pipe:
                pipe.close()
    try:
        program.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _feed(
    command: list[str],
    file: ZipFile,
    manifest: Manifest,
    progress: Progress,
    into: int | IO[bytes],
) -> None:
    """Let pg_restore read the whole dump and write what it makes of it."""
    with tempfile.TemporaryFile() as words:
        with subprocess.Popen(
            command, env={"LC_ALL": "C"}, stdin=subprocess.PIPE, stdout=into, stderr=words
        ) as program:
            assert program.stdin
            try:
                with suppress(BrokenPipeError):
                    read_database(file, manifest, program.stdin, progress)
            finally:
                with suppress(BrokenPipeError):
                    program.stdin.close()
        _require_success(program, words)


def _require_success(program: subprocess.Popen[bytes], words: IO[bytes]) -> None:
    if program.returncode:
        words.seek(0)
        name = Path(str(program.args[0])).name  # type: ignore[index]
        raise BackupFault(f"{name} failed: {words.read(LONGEST_WORDS).decode(errors='replace').strip()}")
