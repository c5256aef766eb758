"""What a first stop leads to: the best way on from it that a beam search finds.

A task with three more around the corner is worth a longer walk. So each officer's ways are grown stop by stop
through the stops near them, and the most promising are kept (beam search). A way is worth the sum, over its
stops, of value × chance(still there when work begins) × exp(−(time until then) / τ), as a single stop is.
What another officer can reach sooner counts for less.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .board import PATIENCE_SECONDS, Board, Chance
from .matching import Floats, Indices

NEAREST = 40  # stops looked at around each officer
FIRSTS = 8  # of them as the next stop
WIDTH = 8  # ways kept from each of these
LONGEST = 9  # stops on a way
HORIZON_SECONDS = 1200.0
LONGEST_WAIT_SECONDS = 2700.0  # where work near an officer is lawful only later, that far
STEP_SECONDS = 15.0  # for gains: a chance hardly changes faster
CLAIM_SECONDS = 90.0
"""Who is so much sooner at a stop than all the others has it for themselves with odds of e to 1."""
AT_ONCE = 20  # officers
NEVER = 1e9  # seconds; unlike infinity it can be counted with


@dataclass(frozen=True, slots=True)
class Outlook:
    """By officer and stop: what the best way is worth that begins there, and its stops after the first.

    `then`: the number of the second of them, counted from 1; 0 where there is none.
    """

    worth: Floats
    more: Indices
    then: Indices


def look_ahead(board: Board, worth: Floats, chance: Chance, in_time: Callable[[], bool]) -> Outlook:
    """The outlook of as many officers as there is time for; `worth` is what each pair brings by itself."""
    more, then = (np.zeros(worth.shape, dtype=np.intp) for _ in range(2))
    if not in_time():
        return Outlook(worth, more, then)
    claim = _claims(board.begin)
    outlook = Outlook(worth * claim, more, then)
    soonest_free = np.argsort(board.free, kind="stable")
    for start in range(0, len(soonest_free), AT_ONCE):
        if in_time():
            rows = soonest_free[start : start + AT_ONCE]
            _Ways(board, outlook.worth, claim, chance, rows).grow_into(outlook)
    return outlook


def _claims(begin: Floats) -> Floats:
    """How far each officer may count on each stop: less, the sooner another one could begin there."""
    if len(begin) < 2:
        return np.ones(begin.shape)
    soonest, next_soonest = np.partition(begin, 1, axis=0)[:2]
    others = np.where(begin == soonest, next_soonest, soonest)
    with np.errstate(invalid="ignore"):
        lead = np.where(np.isfinite(others), others - begin, np.inf)
    return 1 / (1 + np.exp(-np.clip(lead / CLAIM_SECONDS, -50, 50)))


class _Ways:
    """Ways of some officers. Axes: o officers, f first stops, w ways from each, k the stops near an officer."""

    def __init__(self, board: Board, worth: Floats, claim: Floats, chance: Chance, rows: Indices) -> None:
        self._rows = rows
        self._near = _nearest(np.where(worth[rows] > 0, board.walk[rows], np.inf))
        pick = np.take_along_axis
        self._worth = pick(worth[rows], self._near, 1)
        self._begin = np.minimum(pick(board.begin[rows], self._near, 1), NEVER)
        self._claim = np.where(self._worth > 0, pick(claim[rows], self._near, 1), 0.0)  # 0: may not go there
        self._lawful, self._work = board.lawful[self._near], board.work[self._near]
        self._latest = np.minimum(board.ends[rows, None] - board.first_work[self._near], NEVER)
        waits = np.where(self._worth > 0, self._lawful, 0.0).max(axis=1) + STEP_SECONDS
        self._horizon = board.free[rows] + np.clip(waits, HORIZON_SECONDS, LONGEST_WAIT_SECONDS)
        self._legs = self._walks(board)
        self._gains, self._which = self._table(board, chance)

    def grow_into(self, outlook: Outlook) -> None:
        """Try ways from the best first stops; what is found goes into the outlook."""
        count = min(FIRSTS, self._near.shape[1])
        first = np.argsort(-self._worth, axis=1, kind="stable")[:, :count]  # o, f
        best, more = np.take_along_axis(self._worth, first, 1), np.zeros(first.shape, dtype=np.intp)
        then = np.zeros(first.shape, dtype=np.intp)
        for stops, (ways, seconds) in enumerate(self._grown(first), start=1):
            which = ways.argmax(axis=2, keepdims=True)
            top = np.take_along_axis(ways, which, 2)[:, :, 0]
            second = np.take_along_axis(seconds, which, 2)[:, :, 0]
            more = np.where(top > best, stops, more)
            then = np.where(top > best, 1 + np.take_along_axis(self._near, second, 1), then)
            best = np.maximum(best, top)
        stops_of = np.take_along_axis(self._near, first, 1)
        outlook.worth[self._rows[:, None], stops_of] = best
        outlook.more[self._rows[:, None], stops_of] = more
        outlook.then[self._rows[:, None], stops_of] = then

    def _grown(self, first: Indices) -> Iterator[tuple[Floats, Indices]]:
        """What the ways are worth that were kept, (o, f, w), one stop longer each time; and their second stops."""
        officers, firsts = first.shape
        stops = self._near.shape[1]
        at = first[:, :, None]
        free = np.take_along_axis(self._begin + self._work, first, 1)[:, :, None]
        worth = np.take_along_axis(self._worth, first, 1)[:, :, None]
        been = np.arange(stops) == at[..., None]  # o, f, w, k
        o = np.arange(officers)[:, None, None]
        second: Indices | None = None
        for _ in range(LONGEST - 1):
            begin = np.maximum(free[..., None] + self._legs[o, at], self._lawful[:, None, None])
            gain = self._gain(begin)
            longer = np.where((gain > 0) & ~been & (worth[..., None] > 0), worth[..., None] + gain, 0.0)
            longer = longer.reshape(officers, firsts, -1)
            kept = _highest(longer, WIDTH)
            before, at = np.divmod(kept, stops)
            worth = np.take_along_axis(longer, kept, 2)
            if not worth.any():
                return
            free = np.take_along_axis(begin.reshape(officers, firsts, -1), kept, 2) + self._work[o, at]
            been = np.take_along_axis(been, before[..., None], 2) | (np.arange(stops) == at[..., None])
            second = np.take_along_axis(second, before, 2) if second is not None else at
            yield worth, second

    def _gain(self, begin: Floats) -> Floats:
        """What work that begins then brings, (o, f, w, k); 0 where it would be too late."""
        step = (begin / STEP_SECONDS).astype(np.intp)
        within = (begin <= self._latest[:, None, None]) & (begin < self._horizon[:, None, None, None])
        gain: Floats = self._gains[self._which[:, None, None], np.where(within, step, 0)] * within
        gain *= np.exp(-begin / PATIENCE_SECONDS)
        gain *= self._claim[:, None, None]
        return gain

    def _walks(self, board: Board) -> Floats:
        """Seconds between the stops near each officer, (o, k, k)."""
        legs = [
            board.travel.seconds(board.there[near], board.there[near]) / pace
            for near, pace in zip(self._near, board.pace[self._rows], strict=True)
        ]
        return np.nan_to_num(np.minimum(legs, NEVER), nan=NEVER)

    def _table(self, board: Board, chance: Chance) -> tuple[Floats, Indices]:
        """What each stop brings in every step of time from now, and the row of each near stop in that table."""
        stops, which = np.unique(self._near, return_inverse=True)
        steps = int(self._horizon.max() / STEP_SECONDS) + 1
        times = np.tile(np.arange(steps) * STEP_SECONDS, len(stops))
        gains = board.gain(np.repeat(stops, steps), times, chance).reshape(len(stops), steps)
        return gains, which.reshape(self._near.shape)


def _nearest(walk: Floats) -> Indices:
    """The nearest columns of each row, in their order."""
    count = min(NEAREST, walk.shape[1])
    return np.sort(np.argpartition(walk, count - 1, axis=1)[:, :count], axis=1)


def _highest(values: Floats, count: int) -> Indices:
    """Where the highest values are along the last axis, from the left."""
    count = min(count, values.shape[-1])
    return np.sort(np.argpartition(-values, count - 1, axis=-1)[..., :count], axis=-1)
