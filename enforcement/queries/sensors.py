"""Sensors, where they lie, and how they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, text, tuple_
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, ReadingRow, Sensor, SensorBay
from ..pipeline.readings import SILENT_AFTER_HEARTBEATS
from .paging import Page, page

LATELY = timedelta(days=7)
LATE = timedelta(minutes=5)  # a report that comes so long after what it tells of
NEVER = text("'-infinity'::timestamptz")


def sensors(
    session: Session,
    now: datetime,
    *,
    reference: str | None = None,
    bay_id: UUID | None = None,
    silent: bool | None = None,
    unmapped: bool = False,
    cursor: UUID | None = None,
    limit: int = 50,
) -> Page:
    """Sensors in use with the bays they lie in now, the newest first; `silent` ones by how long they were."""
    query = _query(session, now).where(Sensor.retired_at.is_(None))
    if reference:
        query = query.where(Sensor.reference.icontains(reference, autoescape=True))
    if bay_id:
        query = query.where(Bay.id == bay_id)
    if unmapped:
        query = query.where(SensorBay.id.is_(None))
    if silent is not None:
        is_silent = or_(Sensor.last_heard_at.is_(None), silent_at() <= now)
        query = query.where(is_silent if silent else ~is_silent)
    if silent:
        rows, following = _longest_unheard_first(session, query, cursor, limit)
    else:
        rows, following = page(session, query, Sensor.id, cursor, limit)
    return _told(session, rows, now), following


def sensor(session: Session, sensor_id: UUID, now: datetime) -> dict[str, Any]:
    """One sensor, which is there."""
    return _told(session, session.execute(_query(session, now).where(Sensor.id == sensor_id)).all(), now)[0]


def _query(session: Session, now: datetime) -> Select:
    here = (
        (SensorBay.authority_id == Sensor.authority_id)
        & (SensorBay.sensor_id == Sensor.id)
        & (SensorBay.valid_from <= now)
        & (SensorBay.valid_to.is_(None) | (SensorBay.valid_to > now))
    )
    return (
        select(Sensor, Bay)
        .outerjoin(SensorBay, here)
        .outerjoin(Bay, (Bay.authority_id == SensorBay.authority_id) & (Bay.id == SensorBay.bay_id))
        .where(Sensor.authority_id == session.info["authority_id"])
    )


def silent_at() -> ColumnElement[datetime | None]:
    """From when on it counts as silent."""
    patience = func.make_interval(0, 0, 0, 0, 0, SILENT_AFTER_HEARTBEATS * Sensor.heartbeat_minutes)
    return Sensor.last_heard_at + patience


def _longest_unheard_first(session: Session, query: Select, cursor: UUID | None, limit: int) -> Page:
    """One that was never heard has been silent the longest."""
    order = (func.coalesce(Sensor.last_heard_at, NEVER), Sensor.id)
    if cursor is not None:
        last = session.get(Sensor, (session.info["authority_id"], cursor))
        heard = last.last_heard_at if last else None
        query = query.where(tuple_(*order) > tuple_(heard or NEVER, cursor))
    rows = list(session.execute(query.order_by(*order).limit(limit + 1)))
    more = len(rows) > limit
    return rows[:limit], (rows[limit - 1][0].id if more else None)


def _told(session: Session, rows: Sequence[Row], now: datetime) -> list[dict[str, Any]]:
    counted = _lately(session, {sensor.id: bay.id for sensor, bay in rows if bay}, now)
    return [
        {column.key: getattr(sensor, column.key) for column in Sensor.__table__.columns}
        | {
            "bay_id": bay.id if bay else None,
            "bay": {"id": bay.id, "reference": bay.reference, "street": bay.street} if bay else None,
            "silent": is_silent(sensor, now),
            "reports": counted.get(sensor.id, (0, 0))[0],
            "late": counted.get(sensor.id, (0, 0))[1],
        }
        for sensor, bay in rows
    ]


def is_silent(sensor: Sensor, now: datetime) -> bool:
    patience = SILENT_AFTER_HEARTBEATS * timedelta(minutes=sensor.heartbeat_minutes)
    return sensor.last_heard_at is None or sensor.last_heard_at + patience <= now


def _lately(session: Session, lies: dict[UUID, UUID], now: datetime) -> dict[UUID, tuple[int, int]]:
    """By sensor, how many reports of the last days there are of the bay that it lies in, and how many came late."""
    late = ReadingRow.received_at - ReadingRow.event_at > LATE
    rows = session.execute(
        select(ReadingRow.sensor_id, func.count(), func.count().filter(late))
        .where(
            ReadingRow.authority_id == session.info["authority_id"],
            ReadingRow.bay_id.in_(set(lies.values())),
            ReadingRow.sensor_id.in_(lies),
            ReadingRow.event_at > now - LATELY,
        )
        .group_by(ReadingRow.sensor_id)
    )
    return {sensor_id: (reports, late) for sensor_id, reports, late in rows if sensor_id}
