"""Who goes where: officers and tasks in, at most one proposal for each of them out.

The travelling-officer problem (Shao et al. 2017), looked at anew whenever something changes: what each
officer could do next, and what that leads to (`look_ahead`), solved as an assignment, all officers weighed
together. Officers who are still busy take part with the time at which they will be free, so that nobody
else is sent past them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from .board import PATIENCE_SECONDS, Board, Bools, Chance, Id, OfficerNow, TaskNow, Travel
from .look_ahead import Outlook, look_ahead
from .matching import Floats, Indices, best_matching, greedy_matching

__all__ = [
    "PATIENCE_SECONDS",
    "Chance",
    "Id",
    "OfficerNow",
    "Proposal",
    "TaskNow",
    "Then",
    "Travel",
    "nearest_first",
    "plan",
]

ROUNDS = 3
MUCH_SOONER_SECONDS = 300.0

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Then:
    """Where the way leads on: the task, and the walk to it from the stop before."""

    task: Id
    walk_seconds: float
    walk_metres: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """This officer to this task (ids). The walk is from where the officer will be free.

    `expected_value` is what this visit brings by itself; `reason` is for the people who see it; `then` is what it
    most likely leads to, if anything: nobody is promised it.
    """

    officer: Id
    task: Id
    expected_value: float
    walk_seconds: float
    walk_metres: float
    reason: str
    then: Then | None = None


def plan(
    officers: Sequence[OfficerNow],
    tasks: Sequence[TaskNow],
    travel: Travel,
    now: datetime,
    chance: Chance,
    in_time: Callable[[], bool] = lambda: True,
) -> list[Proposal]:
    """The assignment with the highest expected value, in the order of the officers' ids.

    A pair is worth what it brings, value × chance(still there when work can begin) × exp(−(time until then) / τ),
    and what the best way on from there brings. Once `in_time` says no, the ways found so far count. The order
    of the arguments makes no difference: ties go by id (as text).
    """

    def best(board: Board) -> list[Proposal]:
        worth = board.worth(chance)
        outlook = look_ahead(board, worth, chance, in_time)
        rows, stops = _matched(board, outlook)
        made = _proposals(board, rows, stops, worth, outlook.more[rows, stops], chance)
        thens = _thens(board, rows, stops, outlook.then[rows, stops] - 1)
        return [replace(proposal, then=then) for proposal, then in zip(made, thens, strict=True)]

    return _urgent_first(best, officers, tasks, travel, now)


def nearest_first(
    officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], travel: Travel, now: datetime
) -> list[Proposal]:
    """The shortest walk first, then the next shortest, under the same gates: the fallback of `plan`.

    It doesn't ask whether the car will still be there: `expected_value` takes that for certain.
    """

    def nearest(board: Board) -> list[Proposal]:
        worth = board.worth(_certain)
        rows, stops = greedy_matching(np.where(worth > 0, board.walk, np.inf))
        return _proposals(board, rows, stops, worth, np.zeros(len(rows), dtype=np.intp), None)

    return _urgent_first(nearest, officers, tasks, travel, now)


def _matched(board: Board, outlook: Outlook) -> tuple[Indices, Indices]:
    """The best pairs, but for those where a colleague comes by sooner on the way that their own stop leads to."""
    worth = outlook.worth.copy()
    for _ in range(ROUNDS):
        rows, stops = best_matching(worth)
        kept = ~_needless(board, rows, stops, outlook.more[rows, stops])
        if kept.all():
            break
        worth[rows[~kept], stops[~kept]] = 0.0
    return rows[kept], stops[kept]


def _needless(board: Board, rows: Indices, stops: Indices, more: Indices) -> Bools:
    """Whose stop another could reach much sooner, and will, although they go somewhere else first."""
    needless = np.zeros(len(rows), dtype=bool)
    pair_of = {row: pair for pair, row in enumerate(rows.tolist())}
    soonest = board.begin[:, stops].argmin(axis=0) if len(stops) else stops
    ahead = board.begin[rows, stops] - board.begin[soonest, stops] > MUCH_SOONER_SECONDS
    for pair in np.flatnonzero(ahead):
        other = pair_of.get(int(soonest[pair]))
        if other is not None and more[other]:
            at, there = stops[[other]], stops[[pair]]
            on = board.travel.seconds(board.there[at], board.there[there])[0, 0] / board.pace[rows[other]]
            comes = board.begin[rows[other], at[0]] + board.work[at[0]] + on
            needless[pair] = max(comes, board.lawful[there[0]]) < board.begin[rows[pair], there[0]]
    return needless


def _urgent_first(
    planned: Callable[[Board], list[Proposal]],
    officers: Sequence[OfficerNow],
    tasks: Sequence[TaskNow],
    travel: Travel,
    now: datetime,
) -> list[Proposal]:
    """What is spare is planned last, for officers who got nothing. Work that takes time is shared at its place."""
    proposals: list[Proposal] = []
    left = list(officers)
    for spare in (False, True):
        work = [task for task in tasks if task.spare is spare]
        while left and work:
            made = planned(Board(left, work, travel, now))
            proposals += made
            sent, taken = {each.officer for each in made}, {each.task for each in made}
            left = [officer for officer in left if officer.id not in sent]
            places = {(task.lon, task.lat) for task in work if task.id in taken}
            work = [
                task
                for task in work
                if task.work_seconds and task.id not in taken and (task.lon, task.lat) in places
            ]
    return sorted(proposals, key=lambda proposal: str(proposal.officer))


def _proposals(
    board: Board, rows: Indices, stops: Indices, worth: Floats, more: Indices, chance: Chance | None
) -> list[Proposal]:
    """The chosen pairs as proposals, with `more` stops in sight after each; `chance` is None where nobody asked."""
    if not len(rows):
        return []
    metres = board.travel.metres(board.here[rows], board.there[stops]).diagonal()
    able = np.isfinite(board.begin[:, stops])
    nearer = (able & (board.walk[:, stops] < board.walk[rows, stops])).sum(axis=0)
    proposals = []
    for i, (row, stop) in enumerate(zip(rows, stops, strict=True)):
        task, likely = board.best_at(stop, board.begin[row, stop], chance or _certain)
        why = [_why(int(nearer[i]), int(able[:, i].sum()), task)]
        why += [_likelihood(likely)] if chance and task.minutes_over is not None else []
        why += [f"{_number(int(more[i]))} more on from there"] if more[i] else []
        proposals.append(
            Proposal(
                officer=board.officers[row].id,
                task=task.id,
                expected_value=float(worth[row, stop]),
                walk_seconds=float(board.walk[row, stop]),
                walk_metres=float(metres[i]),
                reason="; ".join(why),
            )
        )
    return proposals


def _thens(board: Board, rows: Indices, stops: Indices, seconds: Indices) -> list[Then | None]:
    """What each pair leads to; nothing where another officer is sent there now."""
    leads = (seconds >= 0) & ~np.isin(seconds, stops)
    if not leads.any():
        return [None] * len(leads)
    here, there = board.there[stops[leads]], board.there[seconds[leads]]
    walks = board.travel.seconds(here, there).diagonal() / board.pace[rows[leads]]
    ids = [board.tasks[first].id for first in board.first[seconds[leads]]]
    metres = board.travel.metres(here, there).diagonal()
    thens = map(Then, ids, walks.tolist(), metres.tolist())
    return [next(thens) if leads_on else None for leads_on in leads.tolist()]


def _why(nearer: int, able: int, task: TaskNow) -> str:
    """Why this officer, of all who are able."""
    if task.only_for is not None:
        return "made the first sighting"
    if able == 1:
        return "the only one who can get there"
    return f"{_nth(nearer)} of {_number(able)}"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


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
