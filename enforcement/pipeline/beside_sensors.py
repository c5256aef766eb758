"""What an officer raised where no sensor had seen the car, and the sensor that tells of it later: one case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, exists, literal_column

from ..adapters.tables import Bay, StayRow, Task
from ..domain.outcomes import Outcome

OF_NO_STAY: ColumnElement[bool] = literal_column(
    "(tasks.found AND tasks.stay_id IS NULL AND tasks.state NOT IN ('closed', 'withdrawn'))", Boolean
)
"""Open, and raised where no sensor had seen the car yet: in the words of the index."""
OF_NO_STAY_HERE = exists().where(Task.authority_id == Bay.authority_id, Task.bay_id == Bay.id, OF_NO_STAY)


def link(raised: Sequence[Task], stays: Sequence[StayRow]) -> None:
    """A sensor tells of the car only now: from now on they are one case. All are held."""
    for task in raised:
        if task.found and task.stay_id is None:
            same = (
                stay.id for stay in stays if stay.bay_id == task.bay_id and _was_here(stay, task.raised_at)
            )
            task.stay_id = next(same, None)


def settles(task: Task) -> bool:
    """Is the car dealt with by what its officer said of it in the end?"""
    return task.outcome not in (None, Outcome.NO_CONTRAVENTION)


def _was_here(stay: StayRow, at: datetime) -> bool:
    left = stay.departed_at
    return stay.superseded_at is None and stay.arrived_at <= at and (left is None or left > at)
