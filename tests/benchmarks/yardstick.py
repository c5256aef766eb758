"""What a plan is worth, worked out by itself: the same for every planner, whatever it says of its own plan.

A pair of officer and task is worth value × chance(the car is there when work can begin) × exp(−(walk + wait) / τ),
and nothing where the zones don't meet or the shift ends first. Cars leave as the product's prior says.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import Id, OfficerNow, TaskNow
from enforcement.domain.dwell import PRIOR

TAU = 600.0  # seconds
Floats = NDArray[np.float64]
Pairs = Iterable[tuple[Id, Id]]


def worth(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: datetime) -> Floats:
    """What each pair is worth: officers × tasks."""
    free = np.array([[max((each.free_at - now).total_seconds(), 0.0)] for each in officers])
    ends = np.array([[(each.shift_ends - now).total_seconds()] for each in officers if each.shift_ends])
    walk = StraightLine().seconds(places(officers), places(tasks))
    begin = np.maximum(free + walk, [(task.lawful_from - now).total_seconds() for task in tasks])
    each = (
        np.array([task.value for task in tasks]) * _still_there(tasks, begin) * np.exp((free - begin) / TAU)
    )
    allowed = _zones_meet(officers, tasks) & (begin <= ends)
    return np.where(allowed, each, 0.0)


def total(pairs: Pairs, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: datetime) -> float:
    """What a plan is worth; refuses one that sends somebody twice, or two to one task, or where they may not go."""
    table = worth(officers, tasks, now)
    rows = {officer.id: row for row, officer in enumerate(officers)}
    columns = {task.id: column for column, task in enumerate(tasks)}
    chosen = [(rows[officer], columns[task]) for officer, task in pairs]
    row, column = zip(*chosen, strict=True) if chosen else ((), ())
    if len(set(row)) < len(row) or len(set(column)) < len(column):
        raise ValueError("an officer or a task stands twice in the plan")
    values = table[list(row), list(column)]
    if not (values > 0).all():
        raise ValueError("an officer is sent where they may not go, or too late")
    return float(values.sum())


def places(things: Sequence[OfficerNow] | Sequence[TaskNow]) -> Floats:
    return np.array([(thing.lon, thing.lat) for thing in things])


def _still_there(tasks: Sequence[TaskNow], begin: Floats) -> Floats:
    over = np.broadcast_to([task.minutes_over for task in tasks], begin.shape)
    return PRIOR.chances(over.ravel(), begin.ravel() / 60).reshape(begin.shape)


def _zones_meet(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> NDArray[np.bool_]:
    """Each task lies in one zone."""
    zones = np.array([next(iter(task.zones)) for task in tasks])
    return np.array([np.isin(zones, list(officer.zones)) for officer in officers])
