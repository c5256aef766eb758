"""Who goes where: officers and tasks in, at most one proposal for each of them out.

One round of the travelling-officer problem (Shao et al. 2017), solved as an assignment: every officer gets
the task at which they are expected to do the most good, all officers weighed together. Officers who are
still busy take part with the time at which they will be free, so that nobody else is sent past them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from .matching import Floats, Indices, best_matching, greedy_matching

Bools = NDArray[np.bool_]
Id = int | str | UUID

PATIENCE_SECONDS = 600.0
"""τ: walking and waiting for this long makes a task worth 1/e of what it is worth here and now."""

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

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


@dataclass(frozen=True, slots=True)
class Proposal:
    """This officer to this task (ids). The walk is from where the officer will be free."""

    officer: Id
    task: Id
    expected_value: float
    walk_seconds: float
    walk_metres: float
    reason: str


def plan(
    officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], travel: Travel, now: datetime, chance: Chance
) -> list[Proposal]:
    """The assignment with the highest expected value, in the order of the officers' ids.

    A pair is worth value × chance(still there when work can begin) × exp(−(time until then) / τ). The order of
    the arguments makes no difference: ties go by id (as text).
    """

    def best(board: "_Board") -> list[Proposal]:
        worth = board.worth(chance)
        return board.proposals(*best_matching(worth), worth, chance)

    return _urgent_first(best, officers, tasks, travel, now)


def nearest_first(
    officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], travel: Travel, now: datetime
) -> list[Proposal]:
    """The shortest walk first, then the next shortest, under the same gates: the fallback of `plan`.

    It doesn't ask whether the car will still be there: `expected_value` takes that for certain.
    """

    def nearest(board: "_Board") -> list[Proposal]:
        worth = board.worth(_certain)
        walk = np.where(worth > 0, board.walk, np.inf)
        return board.proposals(*greedy_matching(walk), worth, None)

    return _urgent_first(nearest, officers, tasks, travel, now)


def _urgent_first(
    planned: Callable[["_Board"], list[Proposal]],
    officers: Sequence[OfficerNow],
    tasks: Sequence[TaskNow],
    travel: Travel,
    now: datetime,
) -> list[Proposal]:
    """What is spare goes to those to whom nothing else fell."""
    proposals: list[Proposal] = []
    left = list(officers)
    for spare in (False, True):
        work = [task for task in tasks if task.spare is spare]
        if left and work:
            proposals += planned(_Board(left, work, travel, now))
            sent = {proposal.officer for proposal in proposals}
            left = [officer for officer in officers if officer.id not in sent]
    return sorted(proposals, key=lambda proposal: str(proposal.officer))


class _Board:
    """All pairs of officers (rows) and tasks (columns), sorted by id; times in seconds from `now`."""

    def __init__(
        self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], travel: Travel, now: datetime
    ) -> None:
        self.officers = sorted(officers, key=lambda officer: str(officer.id))
        self.tasks = sorted(tasks, key=lambda task: str(task.id))
        self.travel = travel
        self.here = np.array([(o.lon, o.lat) for o in self.officers])
        self.there = np.array([(t.lon, t.lat) for t in self.tasks])
        self.pace = np.array([o.pace for o in self.officers])
        self.free = np.maximum(_seconds_after(now, (o.free_at for o in self.officers)), 0.0)
        self.lawful = _seconds_after(now, (t.lawful_from for t in self.tasks))
        meeting = self._zones_that_meet() & self._welcome()
        self.walk = self._walks(meeting)
        self.rows, self.columns = self._in_time(now, *np.nonzero(meeting))

    def worth(self, chance: Chance) -> Floats:
        """What each pair is expected to be worth; 0 where it may not be."""
        rows, columns = self.rows, self.columns
        value = np.array([task.value for task in self.tasks], dtype=float)[columns]
        # From now, not from when an officer is free: who is free at once does not stand by for one who is not.
        value *= np.exp(-self._begin(rows, columns) / PATIENCE_SECONDS)
        value *= self.still_there(rows, columns, chance)
        worth = np.zeros(self.walk.shape)
        worth[rows, columns] = np.where(np.isfinite(value) & (value > 0), value, 0.0)
        return worth

    def still_there(self, rows: Indices, columns: Indices, chance: Chance) -> Floats:
        """The chance that the car is there when the officer's work can begin, pair by pair."""
        over = np.array([task.minutes_over for task in self.tasks], dtype=float)  # None: not a number
        pace = np.array([task.pace for task in self.tasks])
        here = np.ones(len(columns))
        car = np.isfinite(over[columns])
        rows, columns = rows[car], columns[car]
        here[car] = chance(over[columns], self._begin(rows, columns) / 60) ** pace[columns]
        return here

    def _walks(self, meeting: Bools) -> Floats:
        """Only between officers and tasks that may meet: in a big city that is a small part of the table.
        The rest is infinite."""
        walk = np.full(meeting.shape, np.inf)
        for rows in self._of_the_same_zones():
            columns = np.flatnonzero(meeting[rows].any(axis=0))
            seconds = self.travel.seconds(self.here[rows], self.there[columns])
            walk[np.ix_(rows, columns)] = seconds / self.pace[rows, None]
        return walk

    def _of_the_same_zones(self) -> list[Indices]:
        rows: dict[frozenset[Hashable], list[int]] = {}
        for row, officer in enumerate(self.officers):
            rows.setdefault(officer.zones, []).append(row)
        return [np.array(each) for each in rows.values()]

    def _begin(self, rows: Indices, columns: Indices) -> Floats:
        """When work can begin, pair by pair."""
        begin: Floats = np.maximum(self.free[rows] + self.walk[rows, columns], self.lawful[columns])
        return begin

    def _in_time(self, now: datetime, rows: Indices, columns: Indices) -> tuple[Indices, Indices]:
        """Those of the pairs whose work can begin before the task and the shift are over."""
        until = _seconds_after(now, (task.until for task in self.tasks))
        shift_ends = _seconds_after(now, (officer.shift_ends for officer in self.officers))
        begin = self._begin(rows, columns)
        in_time = (begin <= until[columns]) & (begin <= shift_ends[rows]) & np.isfinite(begin)
        return rows[in_time], columns[in_time]

    def proposals(
        self, rows: Indices, columns: Indices, worth: Floats, chance: Chance | None
    ) -> list[Proposal]:
        """The chosen pairs as proposals; `chance` is None where it was not asked."""
        if not len(rows):
            return []
        metres = self.travel.metres(self.here[rows], self.there[columns]).diagonal()
        likely = self.still_there(rows, columns, chance) if chance else np.full(len(rows), np.nan)
        able = worth[:, columns] > 0
        nearer = (able & (self.walk[:, columns] < self.walk[rows, columns])).sum(axis=0)
        return [
            Proposal(
                officer=self.officers[row].id,
                task=self.tasks[column].id,
                expected_value=float(worth[row, column]),
                walk_seconds=float(self.walk[row, column]),
                walk_metres=float(metres[i]),
                reason=_reason(int(nearer[i]), int(able[:, i].sum()), self.tasks[column], float(likely[i])),
            )
            for i, (row, column) in enumerate(zip(rows, columns, strict=True))
        ]

    def _zones_that_meet(self) -> Bools:
        """Many share the same zones: compare each distinct set once, then spread the answer."""
        held = {zones: i for i, zones in enumerate(dict.fromkeys(o.zones for o in self.officers))}
        lying = {zones: i for i, zones in enumerate(dict.fromkeys(t.zones for t in self.tasks))}
        meet = np.array([[not theirs.isdisjoint(its) for its in lying] for theirs in held])
        rows = [held[officer.zones] for officer in self.officers]
        columns = [lying[task.zones] for task in self.tasks]
        return meet[np.ix_(rows, columns)]

    def _welcome(self) -> Bools:
        """Not the tasks that an officer refused, nor those kept for somebody else."""
        row_of = {officer.id: row for row, officer in enumerate(self.officers)}

        def rows_of(*ids: Id) -> list[int]:
            return [row_of[wanted] for wanted in ids if wanted in row_of]

        welcome = np.ones((len(self.officers), len(self.tasks)), dtype=bool)
        for column, task in enumerate(self.tasks):
            if task.only_for is not None:
                welcome[:, column] = False
                welcome[rows_of(task.only_for), column] = True
            welcome[rows_of(*task.refused_by), column] = False
        return welcome


def _reason(nearer: int, able: int, task: TaskNow, likely: float) -> str:
    """Why this officer, in one plain sentence; `likely` is NaN where nobody asked."""
    if task.only_for is not None:
        why = "made the first sighting"
    elif able == 1:
        why = "the only one who can get there"
    else:
        why = f"{_nth(nearer)} of {NUMBERS[able] if able < len(NUMBERS) else able}"
    return why if np.isnan(likely) else f"{why}; {_likelihood(likely)}"


def _nth(nearer: int) -> str:
    if nearer == 0:
        return "nearest"
    return f"{ORDINALS[nearer]} nearest" if nearer < len(ORDINALS) else f"number {nearer + 1} in distance"


def _likelihood(chance: float) -> str:
    if chance >= 0.75:
        return "likely still there"
    return "may still be there" if chance >= 0.4 else "probably gone by then"


def _certain(minutes_over: Floats, minutes_ahead: Floats) -> Floats:
    return np.ones(len(minutes_over))


def _seconds_after(now: datetime, times: Iterable[datetime | None]) -> Floats:
    """Seconds from `now` to each time; no time at all is infinitely late."""
    return np.array([np.inf if at is None else (at - now).total_seconds() for at in times])
