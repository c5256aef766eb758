"""Officers against stops: walks, when work can begin, what it brings, and limits that no value can outweigh."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from .matching import Floats, Indices

Bools = NDArray[np.bool_]
Id = int | str | UUID

PATIENCE_SECONDS = 600.0
"""τ: walking and waiting for this long makes a task worth 1/e of what it is worth here and now."""

Chance = Callable[[Floats, Floats], Floats]
"""(minutes over now, minutes from now) → probability that the car is still there then."""


class Travel(Protocol):
    """Walking between points; origins are (n, 2) and destinations (m, 2) arrays of lon, lat in degrees."""

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        """Walking time at an ordinary pace, (n, m); infinite where there is no way."""

    def metres(self, origins: Floats, destinations: Floats) -> Floats:
        """Walking distance, (n, m)."""


@dataclass(frozen=True, slots=True)
class OfficerNow:
    """An officer as the plan sees them: where they will be at `free_at`, the zones of their shift.

    `pace` multiplies the ordinary walking speed (0.5: half as fast) and is above 0.
    """

    id: Id
    lon: float
    lat: float
    zones: frozenset[Hashable]
    free_at: datetime
    shift_ends: datetime | None
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task as the plan sees it. `minutes_over` is below 0 while the car is still within its time.

    `minutes_over` is None where there is no car that could leave (a standing patrol). `pace`: how many times
    faster than usual such a car leaves. `work_seconds`: how long an officer is busy with it once work can begin.
    `only_for`: a second sighting belongs to the officer who made the first. `spare`: only for officers for
    whom there is nothing else to do.
    """

    id: Id
    lon: float
    lat: float
    zones: frozenset[Hashable]
    value: float
    lawful_from: datetime
    until: datetime | None
    minutes_over: float | None
    refused_by: frozenset[Id] = frozenset()
    only_for: Id | None = None
    pace: float = 1.0
    work_seconds: float = 0.0
    spare: bool = False


class Board:
    """Officers (rows) and stops (columns), sorted by id; times in seconds from `now`.

    A stop is one task, or several at the very same place that the same officers may do there and then.
    `walk` and `begin` (when work can begin) are (officers, stops); infinite where no pair may be.
    `first` and `last` are the tasks of each stop, as a slice of `tasks`.
    """

    def __init__(
        self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], travel: Travel, now: datetime
    ) -> None:
        self.officers = sorted(officers, key=lambda officer: str(officer.id))
        self.travel = travel
        self.tasks, stop = _by_stop(tasks, now)
        self.first = np.flatnonzero(np.diff(stop, prepend=-1))
        self.last = np.append(self.first[1:], len(self.tasks))
        self._at_stops = [self.tasks[i] for i in self.first]
        self.here = np.array([(o.lon, o.lat) for o in self.officers])
        self.there = np.array([(t.lon, t.lat) for t in self._at_stops])
        self.pace = np.array([o.pace for o in self.officers])
        self.free = np.maximum(_seconds_after(now, (o.free_at for o in self.officers)), 0.0)
        self.ends = _seconds_after(now, (o.shift_ends for o in self.officers))
        self.lawful = _seconds_after(now, (t.lawful_from for t in self._at_stops))
        work = np.array([task.work_seconds for task in self.tasks])
        before = np.cumsum(work) - work
        self.work = np.bincount(stop, work)
        self._after = before - before[self.first][stop]  # seconds of work at the stop before each task
        self._until = _seconds_after(now, (task.until for task in self.tasks))
        self._value = np.array([task.value for task in self.tasks], dtype=float)
        self._over = np.array([task.minutes_over for task in self.tasks], dtype=float)  # None: not a number
        self._leaves_at_pace = np.array([task.pace for task in self.tasks])
        self.walk = self._walks(self._zones_that_meet() & self._welcome())
        begin = np.maximum(self.free[:, None] + self.walk, self.lawful)
        self.first_work = work[self.first]
        self.begin = np.where(begin + self.first_work <= self.ends[:, None], begin, np.inf)

    def worth(self, chance: Chance) -> Floats:
        """What each pair is expected to be worth by itself, (officers, stops); 0 where it may not be.

        Value × chance(still there when work can begin) × exp(−(time until then) / τ), all tasks of the stop together.
        The time counts from now, not from when an officer is free: who is free does not stand by for one who is not.
        """
        worth = np.zeros(self.begin.shape)
        rows, stops = np.nonzero(np.isfinite(self.begin))
        begin = self.begin[rows, stops]
        gain = self.gain(stops, begin, chance) * np.exp(-begin / PATIENCE_SECONDS)
        worth[rows, stops] = gain
        return worth

    def gain(self, stops: Indices, begin: Floats, chance: Chance) -> Floats:
        """What work is expected to bring that begins at these stops at these times, pair by pair.

        The tasks of a stop are done one after the other; what they bring later counts for less.
        """
        many = self.last[stops] - self.first[stops]
        pair = np.repeat(np.arange(len(stops)), many)
        task = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many) + self.first[stops][pair]
        after = self._after[task]
        each = self._brings(task, begin[pair] + after, chance) * np.exp(-after / PATIENCE_SECONDS)
        gain = np.zeros(len(stops))
        np.add.at(gain, pair, each)
        return gain

    def best_at(self, stop: int, begin: float, chance: Chance) -> tuple[TaskNow, float]:
        """The task of a stop that is expected to bring most, and the chance that its car is there then."""
        tasks = np.arange(self.first[stop], self.last[stop])
        begins = np.full(len(tasks), begin)
        best = tasks[[self._brings(tasks, begins, chance).argmax()]]
        return self.tasks[best[0]], float(self._still_there(best, begins[:1], chance)[0])

    def _brings(self, task: Indices, begin: Floats, chance: Chance) -> Floats:
        """What each task is expected to bring if work on it begins then: nothing once it is too late."""
        value = self._value[task] * self._still_there(task, begin, chance)
        return np.where(np.isfinite(value) & (value > 0) & (begin <= self._until[task]), value, 0.0)

    def _still_there(self, task: Indices, begin: Floats, chance: Chance) -> Floats:
        """The chance that the car of each task is there when work begins; 1 where there is no car."""
        there = np.ones(len(task))
        car = np.isfinite(self._over[task])
        cars = task[car]
        there[car] = chance(self._over[cars], begin[car] / 60) ** self._leaves_at_pace[cars]
        return there

    def _walks(self, meeting: Bools) -> Floats:
        """Only between officers and stops that may meet: in a big city that is a small part of the table.
        The rest is infinite."""
        walk = np.full(meeting.shape, np.inf)
        for rows in self._of_the_same_zones():
            columns = np.flatnonzero(meeting[rows].any(axis=0))
            seconds = self.travel.seconds(self.here[rows], self.there[columns])
            walk[np.ix_(rows, columns)] = seconds / self.pace[rows, None]
        walk[~meeting | np.isnan(walk)] = np.inf
        return walk

    def _of_the_same_zones(self) -> list[Indices]:
        rows: dict[frozenset[Hashable], list[int]] = {}
        for row, officer in enumerate(self.officers):
            rows.setdefault(officer.zones, []).append(row)
        return [np.array(each) for each in rows.values()]

    def _zones_that_meet(self) -> Bools:
        """Many share the same zones: compare each distinct set once, then spread the answer."""
        held = {zones: i for i, zones in enumerate(dict.fromkeys(o.zones for o in self.officers))}
        lying = {zones: i for i, zones in enumerate(dict.fromkeys(t.zones for t in self._at_stops))}
        meet = np.array([[not theirs.isdisjoint(its) for its in lying] for theirs in held])
        rows = [held[officer.zones] for officer in self.officers]
        columns = [lying[task.zones] for task in self._at_stops]
        return meet[np.ix_(rows, columns)]

    def _welcome(self) -> Bools:
        """Not the tasks that an officer refused, nor those kept for somebody else."""
        row_of = {officer.id: row for row, officer in enumerate(self.officers)}

        def rows_of(*ids: Id) -> list[int]:
            return [row_of[wanted] for wanted in ids if wanted in row_of]

        welcome = np.ones((len(self.officers), len(self._at_stops)), dtype=bool)
        for column, task in enumerate(self._at_stops):
            if task.only_for is not None:
                welcome[:, column] = False
                welcome[rows_of(task.only_for), column] = True
            if task.refused_by:
                welcome[rows_of(*task.refused_by), column] = False
        return welcome


def _by_stop(tasks: Sequence[TaskNow], now: datetime) -> tuple[list[TaskNow], Indices]:
    """The tasks stop by stop, and the number of each one's stop. What can't begin yet is a stop of its own."""
    stops: dict[Hashable, list[TaskNow]] = {}
    for task in sorted(tasks, key=lambda task: str(task.id)):
        gates = task.zones, task.only_for, task.refused_by
        key = (task.lon, task.lat, *gates) if task.lawful_from <= now else (task.id,)
        stops.setdefault(key, []).append(task)
    numbers = np.repeat(np.arange(len(stops)), [len(each) for each in stops.values()])
    return [task for each in stops.values() for task in each], numbers


def _seconds_after(now: datetime, times: Iterable[datetime | None]) -> Floats:
    """Seconds from `now` to each time; no time at all is infinitely late."""
    return np.array([np.inf if at is None else (at - now).total_seconds() for at in times])
