"""What goes on in the bays of the map now: a mark for each. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters import arrays
from ..adapters.tables import BayState, StayRow, Task
from ..domain.marks import Seen, Work, mark
from ..domain.tasks import FINAL_STATES
from .drawing import bay_ids_in, zones_shown


def marks(
    session: Session, zones: Collection[UUID] | None, now: datetime, bays: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """Of each bay in these zones (None: in any) the mark that the map shows there, and since when; of these `bays`
    only, if any are named."""
    ids = bay_ids_in(session, zones_shown(session, zones), bays)
    suspended, open_tasks = queries.suspended(session, ids, now), _open_tasks(session, ids)
    told = []
    for row in session.execute(_seen(session, ids)):
        work = [_work(task) for task in open_tasks[row.bay_id] if task.stay_id in (None, row.stay_id)]
        car = (row.state, row.unknown_at, row.arrived_at, row.departed_at)
        state, since = mark(Seen(*car, suspended.get(row.bay_id), work), now)
        told.append({"bay_id": row.bay_id, "state": state, "since": since})
    return told


def _seen(session: Session, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    last = (StayRow.authority_id == BayState.authority_id) & (StayRow.id == BayState.stay_id)
    columns = (BayState.bay_id, BayState.stay_id, BayState.state, BayState.unknown_at)
    return (
        select(*columns, StayRow.arrived_at, StayRow.departed_at)
        .outerjoin(StayRow, last)
        .where(BayState.authority_id == session.info["authority_id"], arrays.among(BayState.bay_id, ids))
        .order_by(BayState.bay_id)
    )


def _open_tasks(session: Session, ids: Collection[UUID]) -> Mapping[UUID, list[Any]]:
    """By bay, those about a car there: a patrol is about a place."""
    clock = (Task.overstay_from, Task.lawful_from, Task.lawful_until, Task.may_have_left_at, Task.raised_at)
    rows = session.execute(
        select(Task.bay_id, Task.stay_id, *clock).where(
            Task.authority_id == session.info["authority_id"],
            Task.state.not_in(FINAL_STATES),
            Task.patrol_id.is_(None),
            arrays.among(Task.bay_id, ids),
        )
    )
    by_bay: dict[UUID, list[Any]] = defaultdict(list)
    for task in rows:
        by_bay[task.bay_id].append(task)
    return by_bay


def _work(task: Any) -> Work:
    seen_at = task.raised_at if task.stay_id is None else None
    return Work(task.overstay_from, task.lawful_from, task.lawful_until, task.may_have_left_at, seen_at)
