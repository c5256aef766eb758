"""The planner in a process of its own, with a deadline: late, dead or broken, an answer comes anyway."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from time import monotonic
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np

from ..domain.dispatch import Chance, OfficerNow, Proposal, TaskNow, Travel, nearest_first, plan
from .travel import StraightLine
from .travel.walks import STRAIGHT, Walks

WARM_UP_SECONDS = 30.0  # a new child imports numpy and scipy; it is given up only after this
EXIT_SECONDS = 2.0
LOOK_AHEAD_SHARE = 0.5  # of the deadline; what follows must still fit in
SPAWN = get_context("spawn")
ESTIMATED = "walk estimated in a straight line"


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What to do, who worked it out, how long that took in all, and why it was not the planner.

    `walks`: how walks were measured; `walks_fault` why some, or all, had to be estimated in a straight line.
    """

    proposals: list[Proposal]
    by: Literal["assignment", "nearest-first"]
    seconds: float
    fault: str | None = None
    walks: str = STRAIGHT
    walks_fault: str | None = None


def _ready() -> None:
    """Nothing to prepare."""


class PlannerProcess:
    """A child process that plans, kept from call to call; callers in other threads wait their turn.

    A child that is late, dies or raises is killed; that call is answered in this process by nearest-first, for
    those who are free by now and along straight lines (what failed may be the travel times), and another child is
    started. `travel` and `chance` must be picklable, as must `prepare`: what a child does before its first plan.
    The child ends with its parent, even if that one is killed.
    """

    def __init__(self, deadline_seconds: float, prepare: Callable[[], None] = _ready) -> None:
        self.deadline_seconds, self.prepare = deadline_seconds, prepare
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def start(self) -> None:
        """Start the child ahead of the first call, which then finds it warm. Safe to repeat."""
        with self._turn:
            self._started()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is no child."""
        return self._child.process.pid if self._child else None

    def plan(
        self,
        officers: Sequence[OfficerNow],
        tasks: Sequence[TaskNow],
        travel: Travel,
        now: datetime,
        chance: Chance,
    ) -> PlanResult:
        """`dispatch.plan` before the deadline, or `dispatch.nearest_first` and the fault in words."""
        began = monotonic()
        with self._turn:
            try:
                made = self._started().ask((officers, tasks, travel, now, chance), self.deadline_seconds)
                return replace(made, seconds=monotonic() - began)
            except _Fault as fault:
                if fault.fatal:
                    self._end()
                    self._started()
                reason = str(fault)
        free = [officer for officer in officers if officer.free_at <= now]
        due = [task for task in tasks if task.only_for is None or task.lawful_from <= now]
        proposals = nearest_first(free, due, StraightLine(), now)
        return PlanResult(proposals, "nearest-first", monotonic() - began, reason)

    def close(self) -> None:
        """End the child. A later call to `plan` starts another."""
        with self._turn:
            self._end()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> "_Child":
        if self._child is None:
            self._child = _Child(self.deadline_seconds, self.prepare)
        return self._child

    def _end(self) -> None:
        if self._child:
            self._child.end()
            self._child = None


class _Fault(Exception):
    """No plan this time. Fatal: this child is of no more use."""

    def __init__(self, words: str, fatal: bool = True) -> None:
        super().__init__(words)
        self.fatal = fatal


class _Child:
    """One spawned process and our end of its pipe."""

    def __init__(self, deadline_seconds: float, prepare: Callable[[], None]) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.process: SpawnProcess = SPAWN.Process(
            target=_serve, args=(theirs, deadline_seconds, prepare), name="planner", daemon=True
        )
        self.born = monotonic()
        self.ready = False
        _start_deaf_to_ctrl_c(self.process)
        theirs.close()  # or its death would not be noticed here

    def ask(self, problem: tuple[Any, ...], seconds: float) -> PlanResult:
        """Send a problem and wait for what is made of it; raises _Fault.

        At the deadline the child is killed from a second thread, which breaks the pipe: so nothing here can
        block, not even sending to a child that no longer reads.
        """
        until = monotonic() + seconds
        self._wait_until_ready(until)
        try:
            with _killed_at(until, self.process):
                self.pipe.send(problem)
                answer, fault = self.pipe.recv()
        except (EOFError, OSError):
            late = monotonic() >= until
            raise _Fault(f"late: no plan within {seconds:g} s" if late else self._cause_of_death()) from None
        except Exception as error:  # of pickling: the child has nothing to do with it
            raise _Fault(f"could not be asked: {type(error).__name__}: {error}", fatal=False) from error
        if fault:
            raise _Fault(fault)
        made: PlanResult = answer
        return made

    def end(self) -> None:
        """Kill it and leave no zombie."""
        self.pipe.close()
        with suppress(ValueError):
            self.process.kill()
            self.process.join(EXIT_SECONDS)
            self.process.close()

    def _wait_until_ready(self, until: float) -> None:
        if self.ready:
            return
        if not self.pipe.poll(max(0.0, until - monotonic())):
            raise _Fault("the planner is starting", fatal=monotonic() - self.born > WARM_UP_SECONDS)
        try:
            self.pipe.recv()
        except (EOFError, OSError):
            raise _Fault(self._cause_of_death()) from None
        self.ready = True

    def _cause_of_death(self) -> str:
        self.process.join(EXIT_SECONDS)
        return f"died with exit code {self.process.exitcode}"


@contextmanager
def _killed_at(deadline: float, process: SpawnProcess) -> Iterator[None]:
    """Kill the process at the deadline (monotonic seconds) if the body is still running then."""
    killer = threading.Timer(max(0.0, deadline - monotonic()), process.kill)
    killer.start()
    try:
        yield
    finally:
        killer.cancel()
        killer.join()


def _start_deaf_to_ctrl_c(process: SpawnProcess) -> None:
    """The signal mask is inherited, so that not even the child's start can be interrupted.

    Ctrl-C reaches the whole process group; the parent handles it and closes us.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, deadline_seconds: float, prepare: Callable[[], None]) -> None:
    """The child: problems in, (result, fault) out, until the parent closes the pipe or is gone."""
    prepare()
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            problem = pipe.recv()
            # Orphaned in mid-plan it reads no end of file: the alarm ends it by default, even in C code.
            signal.setitimer(signal.ITIMER_REAL, deadline_seconds + EXIT_SECONDS)
            answer = _answer(problem, monotonic() + deadline_seconds * LOOK_AHEAD_SHARE)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)


def _answer(problem: tuple[Any, ...], look_ahead_until: float) -> tuple[PlanResult | None, str | None]:
    officers, tasks, travel, now, chance = problem
    try:
        proposals = plan(officers, tasks, travel, now, chance, in_time=lambda: monotonic() < look_ahead_until)
        if not isinstance(travel, Walks):
            return PlanResult(proposals, "assignment", 0.0), None
        marked = _marked(proposals, officers, tasks, travel) if travel.fault else proposals
        return PlanResult(marked, "assignment", 0.0, walks=travel.by, walks_fault=travel.fault), None
    except Exception as error:  # whatever it is, the parent answers for it
        return None, f"raised {type(error).__name__}: {error}"


def _marked(
    proposals: list[Proposal], officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], walks: Walks
) -> list[Proposal]:
    """Whose walk is only an estimate says so."""
    here = {officer.id: (officer.lon, officer.lat) for officer in officers}
    there = {task.id: (task.lon, task.lat) for task in tasks}
    estimated = walks.estimated(
        np.array([here[proposal.officer] for proposal in proposals]),
        np.array([there[proposal.task] for proposal in proposals]),
    )
    return [
        replace(proposal, reason=f"{proposal.reason}; {ESTIMATED}") if by_line else proposal
        for proposal, by_line in zip(proposals, estimated, strict=True)
    ]
