"""Bays, one by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shapely.geometry import Polygon
from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session, aliased
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Bay, BayState, Sensor, SensorBay, Task
from ..domain.refusals import Conflict, NotFound
from ..pipeline import patrols, tasks
from .restrictions import look_again
from .sensors import map_sensor
from .zones import find_zones


def add_bay(
    session: Session,
    reference: str,
    street: str,
    lon: float,
    lat: float,
    outline: Polygon | None,
    now: datetime,
    actor: str | None = None,
) -> Bay:
    """A new bay, in the zones that cover it. Raises Conflict for a reference that is taken."""
    ours = session.info["authority_id"]
    _check_reference_free(session, reference)
    bay = Bay(
        authority_id=ours, id=uuid7(), reference=reference, street=street, lon=lon, lat=lat, outline=outline
    )
    session.add(bay)
    session.flush()
    session.execute(insert(BayState), [{"authority_id": ours, "bay_id": bay.id}])
    find_zones(session, [bay])
    journal.record(session, "bay.created", bay.id, at=now, actor=actor, reference=reference)
    return bay


def _check_reference_free(session: Session, reference: str) -> None:
    taken = select(Bay.retired_at, Bay.spot).where(
        Bay.authority_id == session.info["authority_id"], Bay.reference == reference
    )
    if (known := session.execute(taken).first()) is None:
        return
    retired = known.retired_at and not known.spot
    raise Conflict(f"There is a bay {reference!r} already{', out of use: put it back' if retired else ''}.")


def change_bay(
    session: Session, bay: Bay, changes: dict[str, Any], now: datetime, actor: str | None = None
) -> Bay:
    """Rename, move, pause (`paused_why`) or put back into use (`paused_why` null); with a `version` only if it is
    still as it was seen. Raises Stale, and Conflict for a reference that is taken."""
    versions.hold(session, bay, changes.pop("version", None))
    if changes.get("reference", bay.reference) != bay.reference:
        _check_reference_free(session, changes["reference"])
    for name, value in changes.items():
        setattr(bay, name, value)
    if "paused_why" in changes:
        bay.paused_at = now if bay.paused_why else None
    session.flush()
    if changes.keys() & {"lon", "lat", "outline"}:
        find_zones(session, [bay])
    if "paused_why" in changes:
        look_again(session, [bay.id], now)
        patrols.bay_changed(session, bay.id, now)
    journal.record(session, "bay.changed", bay.id, at=now, actor=actor, paused=bay.paused_at is not None)
    return bay


def retire_bay(session: Session, bay: Bay, now: datetime, actor: str | None = None) -> None:
    """The bay is gone from the street; what happened there stays on record."""
    versions.hold(session, bay)
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
    journal.record(session, "bay.retired", bay.id, at=now, actor=actor)


def restore_bay(session: Session, bay_id: UUID, now: datetime, actor: str) -> Bay:
    """It is on the street after all, with the sensors that left with it and lie nowhere else. Raises NotFound."""
    bay = session.get(Bay, (session.info["authority_id"], bay_id), with_for_update={"key_share": True})
    if bay is None or bay.spot:
        raise NotFound(f"There is no bay {bay_id}.")
    if bay.retired_at is None:
        return bay
    left_at, bay.retired_at = bay.retired_at, None
    versions.next_version(bay)
    session.flush()
    find_zones(session, [bay])
    for sensor in _left_with(session, bay, left_at):
        map_sensor(session, sensor, bay, now, now, actor)
    look_again(session, [bay.id], now)
    journal.record(session, "bay.restored", bay.id, at=now, actor=actor)
    return bay


def _left_with(session: Session, bay: Bay, left_at: datetime) -> Sequence[Sensor]:
    later = aliased(SensorBay)
    elsewhere = exists().where(
        later.authority_id == Sensor.authority_id,
        later.sensor_id == Sensor.id,
        later.valid_to.is_(None) | (later.valid_to > left_at),
    )
    of_it = (SensorBay.authority_id == Sensor.authority_id) & (SensorBay.sensor_id == Sensor.id)
    return session.scalars(
        select(Sensor)
        .join(SensorBay, of_it)
        .where(
            Sensor.authority_id == bay.authority_id,
            Sensor.retired_at.is_(None),
            SensorBay.bay_id == bay.id,
            SensorBay.valid_to == left_at,
            ~elsewhere,
        )
        .order_by(Sensor.id)
    ).all()
