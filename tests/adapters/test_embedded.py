"""The embedded PostgreSQL: real servers, really killed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import Connection, errors
from sqlalchemy import make_url

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.postgres_programs import EmbeddedPostgresError

RUNNER = """
import sys, time
from pathlib import Path
from enforcement.adapters.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
server.ensure_database("borough")
print("running", flush=True)
sys.stdin.read()
server.stop()
"""

Start = Callable[[Path], "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A cluster is made once; each test starts and stops a server on it."""
    with tempfile.TemporaryDirectory() as instance:
        yield Path(instance).resolve() / "postgres"


@pytest.fixture
def empty() -> Iterator[Path]:
    """Not pytest's own folder: as root, the server's user may not enter that."""
    with tempfile.TemporaryDirectory() as instance:
        yield Path(instance).resolve()


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(folder, durable=False) as running:
        running.ensure_database("borough")
        yield running
    assert not processes_in(folder)


@pytest.fixture
def start_runner() -> Iterator[Start]:
    """Starts another process that runs the server until its input is closed."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", RUNNER, str(folder)]
        started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for runner in started:
        with runner:
            runner.communicate(timeout=60)


@contextmanager
def connected(url: str) -> Iterator[Connection[tuple[object, ...]]]:
    where = make_url(url)
    with psycopg.connect(
        host=str(where.query["host"]),
        port=str(where.query["port"]),
        user=where.username,
        dbname=where.database,
        autocommit=True,
    ) as connection:
        yield connection


def processes_in(folder: Path) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] == "postgres" and process.info["cwd"] == str(folder / "data")
    ]


def server_pid(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def answers(server: EmbeddedPostgres) -> bool:
    with connected(server.app_url("borough")) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def wait_until_running(runner: "subprocess.Popen[str]") -> None:
    assert runner.stdout is not None
    assert any(line.strip() == "running" for line in runner.stdout)


def test_the_server_signs_in_under_a_role_that_row_level_security_binds(server: EmbeddedPostgres) -> None:
    with connected(server.app_url("borough")) as connection:
        row = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, pg_has_role(oid, 'openpatrol_app', 'MEMBER') "
            "FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("openpatrol", False, False, True)


def test_the_owner_makes_tables_and_the_server_cannot(server: EmbeddedPostgres) -> None:
    with connected(server.owner_url("borough")) as connection:
        connection.execute("CREATE TABLE signs (id int)")
        connection.execute("DROP TABLE signs")
    with connected(server.app_url("borough")) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE signs (id int)")


def test_the_owner_is_no_superuser_and_may_drop_a_database_in_use(server: EmbeddedPostgres) -> None:
    server.ensure_database("spare")
    with connected(server.app_url("spare")), connected(server.owner_url("borough")) as owner:
        assert owner.execute("SELECT current_setting('is_superuser')").fetchone() == ("off",)
        owner.execute("DROP DATABASE spare WITH (FORCE)")


def test_a_database_with_quotes_in_its_name_is_made_once_and_kept(server: EmbeddedPostgres) -> None:
    server.ensure_database('o"keefe')
    with connected(server.owner_url('o"keefe')) as connection:
        connection.execute("CREATE TABLE kept ()")
    server.ensure_database('o"keefe')
    with connected(server.owner_url('o"keefe')) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == ("kept",)


def test_it_holds_two_hundred_connections_and_runs_in_utc(server: EmbeddedPostgres) -> None:
    with connected(server.app_url("borough")) as connection:
        row = connection.execute(
            "SELECT current_setting('max_connections'), current_setting('timezone'), version() ~ ' 18'"
        ).fetchone()
    assert row == ("200", "UTC", True)


def test_nothing_listens_on_the_network(server: EmbeddedPostgres, folder: Path) -> None:
    assert psutil.Process(server_pid(folder)).net_connections(kind="inet") == []


def test_only_its_user_can_reach_the_socket(server: EmbeddedPostgres, folder: Path) -> None:
    assert (folder / "socket").stat().st_mode & 0o077 == 0


def test_what_was_saved_is_there_after_a_stop(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as first:
        first.ensure_database("borough")
        with connected(first.owner_url("borough")) as connection:
            connection.execute("CREATE TABLE saved ()")
    with (
        EmbeddedPostgres(folder, durable=False) as second,
        connected(second.owner_url("borough")) as connection,
    ):
        connection.execute("DROP TABLE saved")


def test_a_restart_breaks_connections_and_serves_again(server: EmbeddedPostgres) -> None:
    with connected(server.app_url("borough")) as connection:
        server.restart()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert answers(server)


def test_a_server_that_was_killed_comes_back_with_what_was_committed(
    server: EmbeddedPostgres,
) -> None:
    with connected(server.owner_url("borough")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS committed ()")
        server.kill()
        server.restart()
    with connected(server.owner_url("borough")) as connection:
        assert connection.execute("SELECT to_regclass('committed')").fetchone() == ("committed",)


def test_a_pid_file_that_names_a_stranger_by_now_harms_nobody(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder, durable=False) as server,
        subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=folder.stat().st_uid) as stranger,
    ):
        server.ensure_database("borough")
        killed = server_pid(folder)
        os.kill(killed, signal.SIGKILL)
        for left in (folder / "data" / "postmaster.pid", folder / "socket" / ".s.PGSQL.5432.lock"):
            left.write_text(left.read_text().replace(str(killed), str(stranger.pid), 1))
        server.restart()
        assert answers(server)
        assert stranger.poll() is None
        stranger.communicate(timeout=10)


def test_what_a_killed_runner_left_is_taken_over_and_stopped(folder: Path, start_runner: Start) -> None:
    runner = start_runner(folder)
    wait_until_running(runner)
    runner.kill()
    runner.wait(timeout=10)
    assert processes_in(folder)
    with EmbeddedPostgres(folder, durable=False) as server:
        assert answers(server)
    assert not processes_in(folder)


def test_whoever_comes_second_shares_the_server_and_leaves_it_running(
    server: EmbeddedPostgres, folder: Path, start_runner: Start
) -> None:
    pid = server_pid(folder)
    second = start_runner(folder)
    wait_until_running(second)
    second.communicate(timeout=30)
    assert second.returncode == 0
    assert server_pid(folder) == pid
    assert answers(server)


def test_whoever_leaves_last_stops_it(folder: Path, start_runner: Start) -> None:
    first = start_runner(folder)
    wait_until_running(first)
    with EmbeddedPostgres(folder, durable=False) as second:
        first.communicate(timeout=30)
        assert answers(second)
    assert not processes_in(folder)


def test_a_forked_child_that_lives_on_does_not_keep_the_server(folder: Path, start_runner: Start) -> None:
    with EmbeddedPostgres(folder, durable=False):
        child = os.fork()
        if child == 0:
            signal.pause()
    assert not processes_in(folder)
    wait_until_running(start_runner(folder))
    assert processes_in(folder)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_two_that_start_at_once_in_an_empty_folder_share_one_server(empty: Path, start_runner: Start) -> None:
    runners = [start_runner(empty / "postgres") for _ in range(2)]
    for runner in runners:
        wait_until_running(runner)
    for runner in runners:
        runner.communicate(timeout=30)
        assert runner.returncode == 0
    assert not processes_in(empty / "postgres")


def test_a_path_too_long_for_a_socket_works(empty: Path) -> None:
    deep = empty / ("long" * 25) / "postgres"
    with EmbeddedPostgres(deep, durable=False) as server:
        server.ensure_database("borough")
        assert answers(server)
    assert not processes_in(deep)


@pytest.mark.parametrize("odd", ['o\'neill "st" åse', "one,two"])
def test_odd_characters_in_the_path_work(empty: Path, odd: str) -> None:
    with EmbeddedPostgres(empty / odd, durable=False) as server:
        server.ensure_database("borough")
        assert answers(server)


def test_settings_for_other_servers_are_not_ours(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PGPORT", "9999")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with EmbeddedPostgres(folder, durable=False) as server:
        server.ensure_database("borough")
        assert answers(server)


def test_half_a_cluster_is_made_anew(empty: Path) -> None:
    (empty / "postgres" / "data.new" / "base").mkdir(parents=True)
    with EmbeddedPostgres(empty / "postgres", durable=False) as server:
        server.ensure_database("borough")
        assert answers(server)


def test_a_server_that_cannot_start_says_why_and_lets_go(empty: Path) -> None:
    (empty / "postgres" / "data").mkdir(parents=True)
    server = EmbeddedPostgres(empty / "postgres", durable=False)
    with pytest.raises(EmbeddedPostgresError, match="pg_ctl failed"):
        server.start()
    assert not processes_in(empty / "postgres")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root meets folders of others that it can enter")
def test_a_folder_that_is_a_link_to_elsewhere_is_refused(empty: Path) -> None:
    (empty / "postgres").mkdir()
    (empty / "postgres" / "socket").symlink_to(empty)
    with pytest.raises(EmbeddedPostgresError, match="belongs to someone else"):
        EmbeddedPostgres(empty / "postgres", durable=False).start()
