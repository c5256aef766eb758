"""Bays, one by one."""

from datetime import datetime
from typing import Any

from shapely.geometry import Polygon
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, BayState, SensorBay, Task
from ..domain.refusals import Conflict
from ..pipeline import patrols, tasks
from .restrictions import look_again
from .zones import find_zones


def add_bay(
    session: Session,
    reference: str,
    street: str,
    lon: float,
    lat: float,
    outline: Polygon | None,
    now: datetime,
) -> Bay:
    """A new bay, in the zones that cover it. Raises Conflict for a reference that is taken."""
    ours = session.info["authority_id"]
    taken = select(Bay.id).where(Bay.authority_id == ours, Bay.reference == reference)
    if session.scalars(taken).first():
        raise Conflict(f"There is a bay {reference!r} already.")
    bay = Bay(
        authority_id=ours, id=uuid7(), reference=reference, street=street, lon=lon, lat=lat, outline=outline
    )
    session.add(bay)
    session.flush()
    session.execute(insert(BayState), [{"authority_id": ours, "bay_id": bay.id}])
    find_zones(session, [bay])
    journal.record(session, "bay.created", bay.id, at=now, reference=reference)
    return bay


def change_bay(session: Session, bay: Bay, changes: dict[str, Any], now: datetime) -> Bay:
    """Rename, move, pause (`paused_why`) or put back into use (`paused_why` null)."""
    if "paused_why" in changes:
        why = changes.pop("paused_why")
        bay.paused_why, bay.paused_at = why, (now if why else None)
        look_again(session, [bay.id], now)
        patrols.bay_changed(session, bay.id, now)
    for name, value in changes.items():
        setattr(bay, name, value)
    session.flush()
    if changes.keys() & {"lon", "lat", "outline"}:
        find_zones(session, [bay])
    journal.record(session, "bay.changed", bay.id, at=now, paused=bay.paused_at is not None)
    return bay


def retire_bay(session: Session, bay: Bay, now: datetime) -> None:
    """The bay is gone from the street; what happened there stays on record."""
    bay.retired_at = now
    ours = (SensorBay.authority_id == bay.authority_id, SensorBay.bay_id == bay.id)
    session.execute(delete(SensorBay).where(*ours, SensorBay.valid_from >= now))
    session.execute(
        update(SensorBay)
        .where(*ours, (SensorBay.valid_to.is_(None)) | (SensorBay.valid_to > now))
        .values(valid_to=now)
    )
    open_tasks = select(Task.id).where(
        Task.authority_id == bay.authority_id,
        Task.bay_id == bay.id,
        Task.state.in_(patrols.TO_CALL_OFF),
    )
    held = tasks.lock_all(session, session.scalars(open_tasks).all())
    patrols.bay_changed(session, bay.id, now)
    patrols.take_back(session, held.values(), patrols.BAY_RETIRED, now)
    journal.record(session, "bay.retired", bay.id, at=now)
