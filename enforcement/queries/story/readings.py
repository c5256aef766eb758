"""What the sensor said of one stay, from the last report that the bay was free to the next."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from ...adapters.tables import ReadingRow, StayRow
from ..audit import Place
from ..work import task

AT_ONCE = 50


def readings_of_task(session: Session, task_id: UUID, after: Place | None = None) -> dict[str, Any]:
    """The readings of the stay that a task came of, as `readings_of_stay`. Raises NotFound."""
    stay_id = task(session, task_id)["stay_id"]
    stay = session.get(StayRow, (session.info["authority_id"], stay_id)) if stay_id else None
    return readings_of_stay(session, stay, after)


def readings_of_stay(session: Session, stay: StayRow | None, after: Place | None = None) -> dict[str, Any]:
    """The earliest of them (those after a place in time), how many there are in all, and where the rest begins."""
    if stay is None:
        return {"items": [], "total": 0, "next": None}
    rows = _after(_of_stay(select(ReadingRow), stay), after)
    found = session.scalars(rows.order_by(ReadingRow.event_at, ReadingRow.id).limit(AT_ONCE + 1)).all()
    items, more = found[:AT_ONCE], len(found) > AT_ONCE
    return {
        "items": items,
        "total": session.scalar(_of_stay(select(func.count()), stay)),
        "next": str(Place(items[-1].event_at, items[-1].id)) if more else None,
    }


def _of_stay(query: Select, stay: StayRow) -> Select:
    since = stay.arrived_after or stay.arrived_at
    ours = query.where(
        ReadingRow.authority_id == stay.authority_id,
        ReadingRow.bay_id == stay.bay_id,
        ReadingRow.event_at >= since,
    )
    return ours.where(ReadingRow.event_at <= stay.departed_at) if stay.departed_at else ours


def _after(query: Select, place: Place | None) -> Select:
    return query.where(tuple_(ReadingRow.event_at, ReadingRow.id) > (place.at, place.id)) if place else query
