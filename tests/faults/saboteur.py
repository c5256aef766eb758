"""Kills, freezes and restarts whatever a stack consists of, at random moments, by a seed."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from random import Random
from threading import Lock

import psutil
import requests

from enforcement.adapters.postgres_programs import EmbeddedPostgresError
from enforcement.simulation.pace import Pace
from enforcement.simulation.stack import Stack

from .history import History

SHARES = {
    "web killed": 30,
    "worker killed": 26,
    "planner killed": 20,
    "database killed": 9,
    "database restarted": 7,
    "worker frozen": 4,
    "planner frozen": 4,
}
AWAY = (0.0, 2.0)  # seconds until what was killed is started again
FROZEN = (1.0, 6.0)
RECOVERS_WITHIN = 120.0


class Saboteur:
    """`strikes` counts what was done, `ended` what ended by itself and was started again, as a supervisor
    of processes would. One strike at a time, and when somebody answers again; while `truce` is held there is none."""

    def __init__(self, stack: Stack, random: Random, history: History, every: tuple[float, float]) -> None:
        self.strikes: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.truce = Lock()
        self._stack, self._random, self._history, self._every = stack, random, history, every

    def run(self, pace: Pace) -> None:
        """Strike at random intervals until the pace is stopped; leaves everything running."""
        while pace.rest(self._random.uniform(*self._every)):
            with self.truce:
                self.recover()
                self.strike(self._random.choices(list(SHARES), list(SHARES.values()))[0], pace)
        self.recover()

    def recover(self) -> None:
        """Return when all processes run and one of the web servers answers, however slow the machine is."""
        give_up_at = time.monotonic() + RECOVERS_WITHIN
        while time.monotonic() < give_up_at:
            self.revive()
            with suppress(requests.RequestException):
                if requests.get(f"{self._stack.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        self._history.fault(f"nobody answered within {RECOVERS_WITHIN:g} s")

    def revive(self) -> None:
        """Start again what has ended by itself."""
        for name in self._stack.names:
            if self._stack.pid(name) is None:
                self.ended[name] += 1
                self._history.note("ended by itself", name=name)
                self._stack.kill(name)  # what is left of its group
                self._stack.start(name)

    def strike(self, what: str, pace: Pace) -> None:
        kind, _, how = what.partition(" ")
        name = self._random.choice([name for name in self._stack.names if name.startswith(kind)] or [kind])
        self._history.note(what, name=name)
        match kind, how:
            case "database", _:
                self._database(how, pace)
            case "planner", _:
                self._planner(signal.SIGKILL if how == "killed" else signal.SIGSTOP)
            case _, "frozen":
                self._frozen(name, pace)
            case _:
                self._stack.kill(name)
                pace.rest(self._random.uniform(*AWAY))
                self._stack.start(name)
        self.strikes[what] += 1

    def _database(self, how: str, pace: Pace) -> None:
        server = self._stack.server
        assert server, "only an embedded database may be killed"
        if how == "killed":
            server.kill()
            pace.rest(self._random.uniform(*AWAY))
        for _ in range(3):
            try:
                server.restart()
                return
            except EmbeddedPostgresError as fault:
                self._history.note("database does not start", fault=fault)
        self._history.fault("the database did not start again")

    def _planner(self, how: signal.Signals) -> None:
        workers = [name for name in self._stack.names if name.startswith("worker")]
        for worker in self._random.sample(workers, len(workers)):
            for pid in planners(self._stack.pid(worker)):
                with suppress(ProcessLookupError):
                    os.kill(pid, how)
                    return

    def _frozen(self, name: str, pace: Pace) -> None:
        """A process that stands still for a while and then goes on as if nothing had been."""
        pid = self._stack.pid(name)
        with suppress(ProcessLookupError):
            if pid:
                os.kill(pid, signal.SIGSTOP)
                pace.rest(self._random.uniform(*FROZEN))
                os.kill(pid, signal.SIGCONT)


def planners(worker: int | None) -> list[int]:
    """The planner's processes under this worker: spawned, and so known by the flag of multiprocessing."""
    with suppress(psutil.NoSuchProcess):
        children = psutil.Process(worker).children(recursive=True) if worker else []
        return [child.pid for child in children if "--multiprocessing-fork" in child.cmdline()]
    return []
