"""What goes on in the bays of the map now: a mark for each. Reads only."""

from collections.abc import Collection
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
    suspended = queries.suspended(session, ids, now)
    return [
        {"bay_id": row.bay_id, "state": state.value, "since": since}
        for row in session.execute(_seen(session, ids))
        for state, since in [mark(_as_seen(row, suspended.get(row.bay_id)), now)]
    ]


def _seen(session: Session, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    ours = BayState.authority_id
    last = (StayRow.authority_id == ours) & (StayRow.id == BayState.stay_id)
    about_it = (
        (Task.authority_id == ours) & (Task.stay_id == BayState.stay_id) & Task.state.not_in(FINAL_STATES)
    )
    return (
        select(
            BayState.bay_id, BayState.state, BayState.unknown_at, StayRow.arrived_at, StayRow.departed_at,
            Task.overstay_from, Task.lawful_from, Task.lawful_until, Task.may_have_left_at,
        )
        .outerjoin(StayRow, last)
        .outerjoin(Task, about_it)
        .where(ours == session.info["authority_id"], BayState.bay_id.in_(ids))
        .order_by(BayState.bay_id)
    )  # fmt: skip


def _as_seen(row: Any, suspended_from: datetime | None) -> Seen:
    work = None
    if row.overstay_from:
        work = Work(row.overstay_from, row.lawful_from, row.lawful_until, row.may_have_left_at)
    return Seen(row.state, row.unknown_at, row.arrived_at, row.departed_at, suspended_from, work)
