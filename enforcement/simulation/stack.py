"""A whole OpenPatrol of its own, for replays, tests and benchmarks: database, web servers and workers.

    with Stack() as stack:
        stack.serve(Clock())
        ApiClient(stack.url).get("/me")

Web servers share one port. At the end, however it comes, the processes are gone and so is the database.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from ..adapters.embedded import EmbeddedPostgres
from ..config import Clock, Settings
from .own_database import own_database

ROOT = Path(__file__).parents[2]  # of the project, where wsgi.py and asgi.py lie
READY_WITHIN, ENDS_WITHIN = 90.0, 10.0  # seconds
LAST_LINES = 25
# As in the Procfile: --backlog is also how many connections, live feeds most of all, it holds at a time.
OUR_WEB = (
    *("-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--no-ws"),
    *("--workers", "1", "--backlog", "4096", "--workers-kill-timeout", "3"),
)


class StackFault(Exception):
    """A process failed or died; the text has the end of its log."""


class Stack:
    """`env` overrides the settings of its processes, which see none of the surrounding environment's.

    The processes are called web-1, web-2, … and worker-1, …
    """

    def __init__(
        self, env: Mapping[str, str] | None = None, *, durable: bool = True, webs: int = 1, workers: int = 1
    ) -> None:
        self._wanted, self._durable = dict(env or {}), durable
        self._webs, self._workers = webs, workers
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._held = ExitStack()
        self.env: dict[str, str] = {}
        self.url = ""
        self.server: EmbeddedPostgres | None = None  # None where the environment names another

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="openpatrol-"))
        self._held.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self._set_up()
        except BaseException:
            self._held.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(fault, Exception):
            fault.add_note(self._logs())  # the files are gone when anybody reads it
        self._held.close()

    def _set_up(self) -> None:
        database = own_database(os.environ, self.folder / "postgres", durable=self._durable)
        urls = self._held.enter_context(database)
        self.server = urls.server
        self._held.callback(self.stop)
        port = free_port()
        self.url = f"http://localhost:{port}"
        ours = {
            "OPENPATROL_ENV": "development",
            "DATABASE_URL": urls.app,
            "DATABASE_OWNER_URL": urls.owner,
            "INSTANCE_FOLDER": str(self.folder),
            "PORT": str(port),
            "PUSH_ALLOW_LOOPBACK": "true",
            "RIGHTS_ALLOW_LOOPBACK": "true",
            "LOG_LEVEL": "WARNING",
        }
        self.env = without_settings(os.environ) | ours | self._wanted
        if not urls.whole:
            self.flask("db", "upgrade")

    def flask(self, *arguments: str) -> str:
        """Run a command of ours to its end; what it printed. Raises StackFault."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise StackFault(f"flask {arguments[0]} failed:\n{_tail(done.stdout + done.stderr)}")
        return done.stdout

    def serve(self, clock: Clock) -> None:
        """(Re)start the web servers and the workers by this clock; returns when they are ready."""
        self.stop()
        self.env["OPENPATROL_CLOCK"] = written(clock)
        for name in self.names:
            self.start(name)
        self.wait_until_ready()

    @property
    def names(self) -> list[str]:
        """What its processes are called."""
        kinds = (("web", self._webs), ("worker", self._workers))
        return [f"{kind}-{number + 1}" for kind, count in kinds for number in range(count)]

    def start(self, name: str) -> None:
        """Start one process, which was not running; returns at once."""
        if name.startswith("web"):
            self._start(name, *OUR_WEB, "--port", self.env["PORT"], "asgi:app")
        else:
            self._start(name, "-m", "flask", "worker")

    def kill(self, name: str) -> None:
        """End one process and its children by SIGKILL, in the middle of whatever they do. Safe to repeat."""
        child = self._children.pop(name, None)
        if child is None:
            return
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def pid(self, name: str) -> int | None:
        """The process id, or None of one that doesn't run."""
        child = self._children.get(name)
        return child.pid if child and child.poll() is None else None

    def wait_until_ready(self) -> None:
        """Returns when a web server answers that it is ready. Raises StackFault."""
        give_up_at = time.monotonic() + READY_WITHIN
        while not self._ready():
            self.check()
            if time.monotonic() > give_up_at:
                raise StackFault(f"not ready after {READY_WITHIN:g} s:\n{self._logs()}")
            time.sleep(0.05)

    def check(self) -> None:
        """Raises StackFault, with the end of its log, if a process has died."""
        for name, child in self._children.items():
            if child.poll() is not None:
                words = _tail(self._log(name).read_text())
                raise StackFault(f"{name} ended with {child.returncode}:\n{words}")

    def stop(self) -> None:
        """End the web servers and the workers; they may be started again."""
        for child in self._children.values():
            child.send_signal(signal.SIGTERM)
        for child in self._children.values():
            _see_out(child)
        self._children.clear()

    def _start(self, name: str, *arguments: str) -> None:
        """In a process group of its own, so that a Ctrl-C reaches us alone and we end things in order."""
        with self._log(name).open("ab") as log:
            self._children[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _ready(self) -> bool:
        asked = "readyz" if self._workers else "healthz"  # without a worker, what is due stays so
        try:
            return requests.get(f"{self.url}/{asked}", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _logs(self) -> str:
        return "\n".join(f"{name}:\n{_tail(self._log(name).read_text())}" for name in self._children)


def without_settings(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without any setting of ours."""
    names = {each.metadata["name"] for each in fields(Settings)}
    return {name: value for name, value in env.items() if name not in names}


def written(clock: Clock) -> str:
    """A clock as OPENPATROL_CLOCK takes it; empty for the real time."""
    return f"{clock.start.isoformat()}@{clock.speed:f}@{clock.origin:f}" if clock.start else ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _see_out(child: subprocess.Popen[bytes]) -> None:
    """Wait for its end; then clear away what is left of its group."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(ENDS_WITHIN)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _tail(text: str) -> str:
    return "\n".join(text.rstrip().splitlines()[-LAST_LINES:])
