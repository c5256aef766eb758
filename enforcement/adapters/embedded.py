"""A PostgreSQL 18 of our own, for a machine that has none: its programs come in a wheel.

We run the programs ourselves and leave the wheel's Python alone: that registers exit handlers, takes any
process with a recycled number for the server, and gives a server ten seconds to recover from a crash.

Several processes may use one server, each holding a lock while it does: the first in starts it, the last out
stops it. Locks die with their process, so what killed users left behind is taken over by the next.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg
import structlog
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from .postgres_programs import (
    EmbeddedPostgresError,
    Identity,
    claim,
    identity_for,
    open_the_way,
    run_program,
)

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError"]

log = structlog.get_logger(__name__)

SUPERUSER = "postgres"
OWNER = "openpatrol_owner"  # owns databases and tables; no superuser, as migrations have none elsewhere
APP = "openpatrol"  # what the server signs in as; row-level security binds it
APP_GROUP = "openpatrol_app"  # what migrations grant to
ROLES = (
    (OWNER, sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB")),
    (APP_GROUP, sql.SQL("NOLOGIN")),
    (APP, sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")),
)
EMPTY = "template1"  # PostgreSQL's own
ROLES_LOCK = 6_204_118  # an advisory lock: two processes may ask for their database at once

PORT = 5432  # only names the socket; nothing listens on the network
LONGEST_SOCKET_FOLDER = 80  # bytes; a socket's whole path may have 103 on macOS, 107 on Linux
PATIENCE = 120  # seconds for recovery from a crash


class EmbeddedPostgres:
    """The server whose data, log and lock are in `folder`. As a context: started, then stopped.

    `durable=False` trades safety in a power cut for speed: for tests only.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._folder = folder.expanduser().resolve()
        self._data = self._folder / "data"
        self._log = self._folder / "server.log"
        self._socket_folder = socket_folder(self._folder)
        self._durable = durable
        self._in_use: int | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def owner_url(self, database: str) -> str:
        """For migrations, and for making and dropping databases."""
        return self._url(OWNER, database)

    def app_url(self, database: str) -> str:
        """For everything else."""
        return self._url(APP, database)

    def start(self) -> None:
        """Starts the server, or joins those who use it already."""
        if self._in_use is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        claim(self._folder, self._identity)
        with self._one_at_a_time():
            in_use = self._open_lock("in-use.lock")
            try:
                if try_lock(in_use):  # nobody else is here: what runs, if anything, was left behind
                    self._take_over()
                fcntl.flock(in_use, fcntl.LOCK_SH)
            except BaseException:
                release(in_use)
                raise
            self._in_use = in_use

    def stop(self) -> None:
        """Stops the server, unless another process uses it still."""
        if self._in_use is None:
            return
        with self._one_at_a_time():
            in_use, self._in_use = self._in_use, None
            try:
                if try_lock(in_use):
                    self._end_processes()
                    self._socket_folder.rmdir()
            finally:
                release(in_use)

    def restart(self) -> None:
        """Breaks every connection, as a restart of the machine would; also after the server was killed."""
        with self._one_at_a_time():
            self._end_processes()
            self._launch()

    def kill(self) -> None:
        """SIGKILL, as the machine's memory killer would; `restart` recovers what was committed."""
        with self._one_at_a_time(), suppress(psutil.NoSuchProcess):
            if (pid := self._server_pid()) in {process.pid for process in self._processes()}:
                psutil.Process(pid).kill()

    def ensure_database(self, name: str, like: str = EMPTY) -> None:
        """Makes the database and its roles where they are missing. Safe to run twice, and at once.

        `like`: the database that it begins as a copy of; nobody may be connected to that.
        """
        with psycopg.connect(self.superuser_conninfo(), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [ROLES_LOCK])
            for role, abilities in ROLES:
                if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount:
                    connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), abilities))
            grant = sql.SQL("GRANT {} TO {}")
            connection.execute(grant.format(sql.Identifier(APP_GROUP), sql.Identifier(APP)))
            # The owner may drop a database that is in use.
            connection.execute(grant.format(sql.Identifier("pg_signal_backend"), sql.Identifier(OWNER)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
                create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
                connection.execute(create.format(*map(sql.Identifier, (name, OWNER, like))))

    def _url(self, role: str, database: str) -> str:
        where = {"host": str(self._socket_folder), "port": str(PORT)}
        return URL.create("postgresql+psycopg", role, database=database, query=where).render_as_string()

    def superuser_conninfo(self, database: str = "postgres") -> str:
        """For what neither role may do."""
        return make_conninfo(host=str(self._socket_folder), port=PORT, user=SUPERUSER, dbname=database)

    @property
    def _identity(self) -> Identity:
        return identity_for(self._folder)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Nobody starts it while another stops it."""
        lock = self._open_lock("changing.lock")
        try:
            give_up_at = time.monotonic() + PATIENCE
            while not try_lock(lock):
                if time.monotonic() > give_up_at:
                    raise EmbeddedPostgresError(f"another process holds the server in {self._folder}")
                time.sleep(0.02)
            yield
        finally:
            release(lock)

    def _open_lock(self, name: str) -> int:
        lock = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        os.fchown(lock, self._identity.uid, self._identity.gid)
        return lock

    def _take_over(self) -> None:
        if not self._identity.is_ours:
            log.warning(
                "Running as root: PostgreSQL runs as another user, and the folders above its data are "
                "opened to passing through; an ordinary user is better",
                folder=str(self._folder),
            )
        claim(self._socket_folder, self._identity)
        if not self._data.exists():
            self._make_cluster()
        self._end_processes()
        self._launch()

    def _make_cluster(self) -> None:
        """Made beside its place and then moved, so that half a cluster is never taken for one."""
        log.info("Making a database cluster", folder=str(self._data))
        new = self._folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        haste = () if self._durable else ("--no-sync",)
        self._run("initdb", "-D", new.name, "-U", SUPERUSER, "--auth=trust", *locale, *haste)
        with (new / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude 'openpatrol.conf'\n")
        new.rename(self._data)

    def _launch(self) -> None:
        (self._data / "openpatrol.conf").write_text(server_settings(self._socket_folder, self._durable))
        try:
            self._run("pg_ctl", "start", "-D", "data", "-l", "server.log", "-w", "-t", str(PATIENCE))
        except EmbeddedPostgresError as fault:
            raise EmbeddedPostgresError(f"{fault}\n{self._last_words()}") from None
        log.info("PostgreSQL started", folder=str(self._folder))

    def _end_processes(self) -> None:
        """Stops a server that runs, in order; else clears away what keeps the next one from starting."""
        processes = self._processes()
        server = [process for process in processes if process.pid == self._server_pid()]
        for process in server or processes:  # without their server, its children only have to go
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGINT if server else signal.SIGKILL)
        give_up_at = time.monotonic() + PATIENCE
        while self._processes():
            if time.monotonic() > give_up_at:
                raise EmbeddedPostgresError(
                    f"the server in {self._folder} does not stop\n{self._last_words()}"
                )
            time.sleep(0.02)
        for left in (self._data / "postmaster.pid", *self._socket_folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def _processes(self) -> list[psutil.Process]:
        """Our server's processes: known by where they work, for a number may be someone else's by now."""
        return [
            process
            for process in psutil.process_iter(["name", "cwd"])
            if process.info["name"] == "postgres" and process.info["cwd"] == str(self._data)
        ]

    def _server_pid(self) -> int | None:
        try:
            return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _run(self, name: str, *arguments: str) -> None:
        """Runs in our folder; paths are given as seen from there, since pg_ctl trips over quotes in them."""
        if not self._identity.is_ours:
            open_the_way(self._folder)
        run_program(self._identity, name, *arguments, folder=self._folder)

    def _last_words(self) -> str:
        try:
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-10:])
        except FileNotFoundError:
            return ""


def try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release(file: int) -> None:
    fcntl.flock(file, fcntl.LOCK_UN)  # closing is not enough: a forked child has the file open too
    os.close(file)


def socket_folder(folder: Path) -> Path:
    """Beside the data, or in /tmp where a socket or a list of hosts can't have that path."""
    beside = folder / "socket"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER and "," not in str(beside):
        return beside
    return Path("/tmp") / f"openpatrol-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def server_settings(sockets: Path, durable: bool) -> str:
    quoted = str(sockets).replace("'", "''").replace('"', '""')
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'\"{quoted}\"'",
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "200",
        "shared_buffers": "256MB",
        # The first change to a page after a checkpoint writes the whole page.
        "wal_compression": "on",
        "max_wal_size": "4GB",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if not durable:  # commits still reach the operating system: killing the server loses none
        settings |= {"fsync": "off", "full_page_writes": "off"}
    return "".join(f"{name} = {value}\n" for name, value in settings.items())
