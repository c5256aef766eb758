"""A storm: sensors, officers and a push service in changing moods, while everything is killed in turn.

storm = Storm(stack, wanted, tell)
storm.run()
assert not storm.history.faults, storm.history
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Thread
from typing import Any

import psutil
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from enforcement.config import Clock
from enforcement.simulation.pace import Pace
from enforcement.simulation.patience import Stopped
from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService
from ..builders import PASSWORD
from . import invariants
from .borough import DEBOUNCE, Borough, founded, place_of
from .clients import Watched
from .history import History
from .moods import Moods
from .phones import Beat, on_the_beat
from .saboteur import Saboteur
from .sensors import Gateway
from .vandal import Vandal

LOOKS_EVERY = 10.0  # seconds between looks at how things stand
STRIKES_WITHIN = 180.0  # seconds more than it should have lasted
SETTLES_WITHIN = 150.0  # seconds: a minute for a dead worker's jobs, and time for slow machines
SOME_BAYS = 300  # looked at in a checkpoint; at the end it is all of them

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`rate` in readings a second; `every`: the span from one strike to the next, in seconds. It lasts for
    `seconds`, and then until there were as many `strikes`."""

    seconds: float
    rate: float
    seed: int
    bays: int
    every: tuple[float, float]
    gateways: int = 4
    officers: int = 6
    checkpoint_every: float = 300.0
    strikes: int = 0


@dataclass(slots=True)
class Sample:
    """How things stood at one moment: bytes of memory by process, of the database and of its log."""

    seconds: float
    acknowledged: int
    memory: dict[str, int]
    database: int = 0
    waits: dict[str, float] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)


class Storm:
    """`run` returns when it is over and everything was looked at; `history.faults` says what was wrong."""

    def __init__(self, stack: Stack, wanted: Wanted, tell: Tell) -> None:
        self.history = History(wanted.seed, tell)
        self.samples: list[Sample] = []
        self.lost = self.twice = self.checkpoints = 0
        self._stack, self._wanted, self._tell = stack, wanted, tell
        self._random = Random(wanted.seed)
        self._load, self._chaos = Pace(Clock()), Pace(Clock())
        self.service = PushService()
        self.saboteur = Saboteur(stack, self._drawn(), self.history, wanted.every)
        self.moods = Moods(self.service, self._drawn(), self.history)
        self.gateways: list[Gateway] = []
        self.beats: list[Beat] = []

    def _drawn(self) -> Random:
        return Random(self._random.getrandbits(64))

    def run(self) -> None:
        with self.service:
            self._tell(f"setting up {self._wanted.bays} bays and {self._wanted.officers} officers")
            self._stack.serve(Clock())
            borough = founded(self._stack, "storm", self._wanted.bays, self.history)
            self._people(borough)
            load = [gateway.run for gateway in self.gateways]
            load += [work for beat in self.beats for work in (beat.walker.run, beat.keep_subscribed)]
            vandal = self._vandal(borough)
            load.append(lambda: vandal.run(self._load))
            chaos = [lambda: self.saboteur.run(self._chaos), lambda: self.moods.run(self._chaos)]
            self.history.begin()
            with self._running(self._load, load):
                with self._running(self._chaos, chaos):
                    self._watch()
                self._tell("the storm is over: waiting for what is under way")
                self._settle()
            self._settle()
            self._look("at the end")

    def _people(self, borough: Borough) -> None:
        count, rate = self._wanted.gateways, self._wanted.rate
        for number in range(count):
            mine = [f"S-{bay}" for bay in borough.bays[number::count]]
            self.gateways.append(
                Gateway(
                    borough.network(self.history), mine, rate / count, self._load, self._drawn(), self.history
                )
            )
        for number in range(self._wanted.officers):
            email, _ = borough.officer(number + 1)
            start = place_of(number * len(borough.bays) // self._wanted.officers)
            self.beats.append(
                on_the_beat(
                    self._stack.url, email, self.service, self._load, self._drawn(), start, self.history
                )
            )

    def _vandal(self, borough: Borough) -> Vandal:
        person = Watched(self._stack.url, self.history)
        person.sign_in(self.beats[0].email, PASSWORD)
        return Vandal(borough.network(self.history), person, self._drawn())

    @contextmanager
    def _running(self, pace: Pace, works: list[Callable[[], None]]) -> Iterator[None]:
        """Each in a thread of its own; a fault of one is a fault of the storm."""

        def guarded(work: Callable[[], None]) -> None:
            try:
                work()
            except Stopped:
                pass
            except Exception as fault:
                self.history.fault(f"{type(fault).__name__} in the storm itself: {fault}")

        threads = [Thread(target=guarded, args=(work,), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            pace.stop.set()
            for thread in threads:
                thread.join()

    def _watch(self) -> None:
        checkpoint_at = self._wanted.checkpoint_every
        give_up_at = self._wanted.seconds + STRIKES_WITHIN
        while (left := self._wanted.seconds - self.history.seconds) > 0 or (
            self.saboteur.strikes.total() < self._wanted.strikes and self.history.seconds < give_up_at
        ):
            time.sleep(min(LOOKS_EVERY, max(left, 1.0)))
            self._sample()
            if self.history.seconds >= checkpoint_at and left > LOOKS_EVERY:
                checkpoint_at += self._wanted.checkpoint_every
                self._checkpoint()

    def _checkpoint(self) -> None:
        """A look in the middle of it, while nothing is struck."""
        with self.saboteur.truce:
            self.saboteur.recover()
            try:
                self._look(f"checkpoint {self.checkpoints + 1}", SOME_BAYS)
                self.checkpoints += 1
            except DBAPIError as fault:
                self.history.fault(f"no checkpoint: {type(fault.orig).__name__}")

    def _look(self, when: str, some_bays: int | None = None) -> None:
        promised = {
            s.reference: bytes(s.acknowledged) for gateway in self.gateways for s in gateway.sensors.values()
        }
        taken = {id_: kind for beat in self.beats for id_, kind in dict(beat.phone.said.taken).items()}
        with invariants.snapshot(self._stack.env["DATABASE_OWNER_URL"]) as connection:
            self.lost, self.twice = invariants.lost_or_twice(connection, promised)
            wrong = invariants.wrong_stays(connection, DEBOUNCE, some_bays, self._random)
            found = [
                *([f"{self.lost} acknowledged readings are lost"] if self.lost else []),
                *([f"{self.twice} readings are stored twice"] if self.twice else []),
                *([f"{len(wrong)} bays are no clean fold, such as {wrong[:2]}"] if wrong else []),
                *invariants.never(connection),
                *invariants.stalled(connection),
                *invariants.broken_promises(connection, taken),
            ]
        found += self._messages_that_changed()
        for fault in found:
            self.history.fault(f"{when}: {fault}")
        self._tell(f"{when}: lost {self.lost} · twice {self.twice} · {len(found)} faults")

    def _messages_that_changed(self) -> list[str]:
        """Sent again after a crash, a message carries the same tag and topic."""
        seen: dict[str, set[tuple[str, str]]] = {}
        for message in list(self.service.received):
            shown = message.json["notification"]
            id_ = shown.get("data", {}).get("notification")
            if id_:
                seen.setdefault(id_, set()).add((shown["tag"], message.headers["topic"]))
        return [
            f"message {id_} came under several tags: {tags}" for id_, tags in seen.items() if len(tags) > 1
        ]

    def _sample(self) -> None:
        sample = Sample(self.history.seconds, self.acknowledged, self._memory())
        try:
            with invariants.snapshot(self._stack.env["DATABASE_OWNER_URL"]) as connection:
                sample.waits = invariants.waits(connection)
                sample.database = connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
                sample.tasks = dict(
                    connection.execute(text("SELECT state, count(*) FROM tasks GROUP BY 1")).all()
                )
        except DBAPIError as fault:
            self.history.note("no sample", fault=type(fault.orig).__name__)
            sample.tasks = self.samples[-1].tasks if self.samples else {}
        self.samples.append(sample)
        self._tell(self._line(sample))

    @property
    def acknowledged(self) -> int:
        return sum(gateway.acknowledged for gateway in self.gateways)

    def _memory(self) -> dict[str, int]:
        """Resident bytes of each process with its children."""
        memory = {}
        for name in self._stack.names:
            pid = self._stack.pid(name)
            try:
                family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)] if pid else []
                memory[name] = sum(process.memory_info().rss for process in family)
            except psutil.NoSuchProcess:
                continue
        memory["storm"] = psutil.Process().memory_info().rss
        return memory

    def _line(self, sample: Sample) -> str:
        memory = " ".join(f"{name} {size >> 20}" for name, size in sample.memory.items())
        behind = max(gateway.behind for gateway in self.gateways)
        worst = max(sample.waits.items(), key=lambda item: item[1], default=("nothing", 0.0))
        ended = sum(sample.tasks.get(state, 0) for state in ("closed", "withdrawn"))
        return (
            f"{sample.seconds:6.0f} s  {sample.acknowledged} readings acknowledged, {behind:.1f} s behind · "
            f"{self.saboteur.strikes.total()} strikes · tasks {sum(sample.tasks.values())}, {ended} ended · "
            f"{len(self.service.received)} messages · longest wait {worst[1]:.0f} s ({worst[0]}) · "
            f"MB {memory} database {sample.database >> 20} · faults {len(self.history.faults)}"
        )

    def _settle(self) -> None:
        """Wait until nothing is overdue any more; what still is then, is stuck."""
        give_up_at = time.monotonic() + SETTLES_WITHIN
        engine = create_engine(self._stack.env["DATABASE_OWNER_URL"])
        with engine.connect() as connection:
            while not self._at_rest(connection) and time.monotonic() < give_up_at:
                connection.rollback()
                time.sleep(0.5)
        engine.dispose()

    def _at_rest(self, connection: Connection) -> bool:
        """Nothing is late by more than a heartbeat of the queue's workers."""
        return all(seconds < 12 for seconds in invariants.waits(connection).values())

    def report(self) -> dict[str, Any]:
        """What happened, in figures."""
        seen = [sample for sample in self.samples if sample.memory]
        said = [beat.phone.said for beat in self.beats]
        longest: dict[str, float] = {}
        for sample in self.samples:
            for what, seconds in sample.waits.items():
                longest[what] = round(max(longest.get(what, 0.0), seconds), 1)
        names = {name for sample in seen for name in sample.memory}
        return {
            "seed": self._wanted.seed,
            "minutes": round(self.history.seconds / 60, 1),
            "readings_acknowledged": self.acknowledged,
            "batches_sent_again": sum(gateway.sent_again for gateway in self.gateways),
            "lost": self.lost,
            "twice": self.twice,
            "strikes": {"all": self.saboteur.strikes.total(), **self.saboteur.strikes},
            "ended_by_themselves": dict(self.saboteur.ended),
            "push_moods": dict(self.moods.seen),
            "messages_taken_by_push_service": len(self.service.received),
            "phone_writes_taken": sum(len(each.taken) for each in said),
            "phone_writes_said_again": sum(each.again for each in said),
            "tasks": self.samples[-1].tasks if self.samples else {},
            "checkpoints": self.checkpoints,
            "longest_waits_seconds": longest,
            "memory_megabytes": {
                name: _span([s.memory[name] for s in seen if name in s.memory]) for name in sorted(names)
            },
            "database_megabytes": _span([s.database for s in self.samples if s.database]),
            "faults": self.history.faults,
        }


def _span(sizes: list[int]) -> dict[str, int]:
    """First, largest and last, in megabytes."""
    if not sizes:
        return {}
    return {"first": sizes[0] >> 20, "most": max(sizes) >> 20, "last": sizes[-1] >> 20}
