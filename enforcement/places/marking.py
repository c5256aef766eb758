"""What goes on in the bays of the map now: a mark for each. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters.tables import BayState, StayRow, Task
from ..domain.marks import Seen, Work, mark
from ..domain.tasks import FINAL_STATES
from .drawing import bays_in, zones_shown


def marks(session: Session, zones: Collection[UUID] | None, now: datetime) -> list[dict[str, Any]]:
    """Of each bay in these zones (None: in any) the mark that the map shows there, and since when."""
    ids = [bay.id for bay in bays_in(session, zones_shown(session, zones))]
    suspended, open_tasks = queries.suspended(session, ids, now), _open_tasks(session, ids)
    told = []
    for row in session.execute(_seen(session, ids)):
        work = [_work(task) for task in open_tasks[row.bay_id] if task.stay_id in (None, row.stay_id)]
        car = (row.state, row.unknown_at, row.arrived_at, row.departed_at)
        state, since = mark(Seen(*car, suspended.get(row.bay_id), work), now)
        told.append({"bay_id": row.bay_id, "state": state.value, "since": since})
    return told


def _seen(session: Session, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    last = (StayRow.authority_id == BayState.authority_id) & (StayRow.id == BayState.stay_id)
    columns = (BayState.bay_id, BayState.stay_id, BayState.state, BayState.unknown_at)
    return (
        select(*columns, StayRow.arrived_at, StayRow.departed_at)
        .outerjoin(StayRow, last)
        .where(BayState.authority_id == session.info["authority_id"], BayState.bay_id.in_(ids))
        .order_by(BayState.bay_id)
    )


def _open_tasks(session: Session, ids: Collection[UUID]) -> Mapping[UUID, list[Task]]:
    """By bay, those about a car there: a patrol is about a place."""
    rows = session.scalars(
        select(Task).where(
            Task.authority_id == session.info["authority_id"],
            Task.state.not_in(FINAL_STATES),
            Task.patrol_id.is_(None),
            Task.bay_id.in_(ids),
        )
    )
    by_bay: dict[UUID, list[Task]] = defaultdict(list)
    for task in rows:
        by_bay[task.bay_id].append(task)
    return by_bay


def _work(task: Task) -> Work:
    seen_at = task.raised_at if task.stay_id is None else None
    return Work(task.overstay_from, task.lawful_from, task.lawful_until, task.may_have_left_at, seen_at)
