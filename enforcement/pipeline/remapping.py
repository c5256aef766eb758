"""A sensor lies in another bay than we thought: its readings move to the right one, and both are folded again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ..adapters.tables import Sensor
from . import stays
from .readings import SILENT_AFTER_HEARTBEATS, WINDOW

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('mapping ' || :authority_id, 0))")
STAND_STILL = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('mapping ' || :authority_id, 0))")
LEAVING = text("""
    SELECT DISTINCT bay_id FROM sensor_bays
    WHERE authority_id = :authority_id AND sensor_id = ANY(:sensors) AND (valid_to IS NULL OR valid_to > :since)
""")
COUNT = text("""
    UPDATE bay_state SET remapped = remapped + 1 WHERE authority_id = :authority_id AND bay_id = ANY(:bays)
""")
HOLD_DEVICE = text("""
    INSERT INTO unknown_sensors (authority_id, reference, source, readings, first_seen_at, last_seen_at)
    VALUES (:authority_id, :reference, '', 0, :now, :now)
    ON CONFLICT (authority_id, reference) DO UPDATE SET readings = unknown_sensors.readings
""")


def hold(session: Session, sensor: Sensor, bay_id: UUID | None, since: datetime, now: datetime) -> set[UUID]:
    """Before a mapping changes from `since` on: wait for the readings that are on their way in by the old one.

    The bays that the sensor may leave. Readings that were looked up by the old mapping and hold no lock yet
    are taken again (`stays.Remapped`). One mapping of an authority changes at a time.
    """
    session.flush()
    ours = {"authority_id": sensor.authority_id}
    leaving = in_turn(session, [sensor.id], [bay_id] if bay_id else [], since)
    session.execute(COUNT, ours | {"bays": sorted(leaving)})
    session.execute(HOLD_DEVICE, ours | {"reference": sensor.reference, "now": now})
    return leaving


def in_turn(
    session: Session, sensors: Collection[UUID], bays: Collection[UUID], since: datetime
) -> set[UUID]:
    """Lock what a new mapping of these sensors touches, in one order: all mappings, then the bays that they may
    leave and those that they may reach, then the sensors, which are read anew. Readings keep to it, so several
    sensors are locked here before the first of them is changed. The bays that they may leave."""
    ours = session.info["authority_id"]
    session.execute(IN_TURN, {"authority_id": str(ours)})
    those = {"authority_id": ours, "sensors": list(sensors), "since": since}
    leaving = set(session.scalars(LEAVING, those))
    stays.lock_bays(session, {*leaving, *bays})
    held = select(Sensor).where(Sensor.authority_id == ours, Sensor.id.in_(sensors)).order_by(Sensor.id)
    session.scalars(held.with_for_update().execution_options(populate_existing=True)).all()
    return leaving


def stand_still(session: Session) -> None:
    """No mapping of this authority changes until the transaction ends."""
    session.execute(STAND_STILL, {"authority_id": str(session.info["authority_id"])})


# By three ways, each on an index: from the bays it may leave, from no bay, and from when it was unknown.
MOVE = text("""
    WITH strays AS (
        SELECT source, key, event_at FROM readings
        WHERE authority_id = :authority_id AND bay_id = ANY(:before) AND sensor_id = :sensor_id
          AND event_at >= :window
        UNION ALL
        SELECT source, key, event_at FROM readings
        WHERE authority_id = :authority_id AND bay_id IS NULL AND sensor_id = :sensor_id
        UNION ALL
        SELECT source, key, event_at FROM readings
        WHERE authority_id = :authority_id AND sensor = :reference AND sensor_id IS NULL
    ), moves AS (
        SELECT r.source, r.key, r.event_at, r.bay_id AS was, p.bay_id AS now
        FROM strays JOIN readings r USING (source, key, event_at)
        LEFT JOIN sensor_bays p ON p.authority_id = :authority_id AND p.sensor_id = :sensor_id
          AND p.valid_from <= r.event_at AND (p.valid_to IS NULL OR r.event_at < p.valid_to)
        WHERE r.authority_id = :authority_id AND (r.sensor_id IS NULL OR r.bay_id IS DISTINCT FROM p.bay_id)
    )
    UPDATE readings r
    SET sensor_id = :sensor_id, bay_id = m.now,
        folded = m.now IS NOT NULL AND state <> 'device' AND r.event_at >= :window
    FROM moves m
    WHERE r.authority_id = :authority_id
      AND r.source = m.source AND r.key = m.key AND r.event_at = m.event_at
    RETURNING m.was, m.now, r.event_at, r.folded
""")
# Only of sensors that lie there now; a bay that lost its last one has nobody to speak for it.
SILENCE = text("""
    SELECT b.bay_id, b.silent_at AS was, (
        SELECT max(last.event_at + :beats * make_interval(mins => s.heartbeat_minutes))
        FROM sensor_bays p
        JOIN sensors s ON s.authority_id = p.authority_id AND s.id = p.sensor_id
        CROSS JOIN LATERAL (
            SELECT r.event_at FROM readings r
            WHERE r.authority_id = p.authority_id AND r.bay_id = p.bay_id AND r.sensor_id = p.sensor_id
            ORDER BY r.event_at DESC LIMIT 1) last
        WHERE p.authority_id = :authority_id AND p.bay_id = b.bay_id
          AND p.valid_from <= :now AND (p.valid_to IS NULL OR p.valid_to > :now)) AS silent_at
    FROM bay_state b
    WHERE b.authority_id = :authority_id AND b.bay_id = ANY(:bays)
""")


def move_readings(
    session: Session, sensor: Sensor, before: Collection[UUID], now: datetime, debounce: timedelta
) -> None:
    """Give the sensor's readings of the last day to the bays that they now count for, and fold those again.

    After `hold` and the change of the mapping. Older readings stay where they were folded; those that had no
    bay get one, and are kept unfolded.
    """
    session.flush()
    ours = {"authority_id": sensor.authority_id}
    moved = session.execute(
        MOVE,
        ours
        | {
            "before": list(before),
            "sensor_id": sensor.id,
            "reference": sensor.reference,
            "window": now - WINDOW,
        },
    ).all()
    since = _since(moved)
    if bays := {*since, *before}:
        bounds = {"bays": sorted(bays), "beats": SILENT_AFTER_HEARTBEATS, "now": now}
        told = session.execute(SILENCE, ours | bounds)
        silent_at = {bay.bay_id: bay.silent_at or (now if bay.was else None) for bay in told}
        stays.refold_bays(session, since, silent_at, now, debounce)


def _since(moved: Sequence[Any]) -> dict[UUID, datetime]:
    """By bay, the first report that came to it or left it."""
    since: dict[UUID, datetime] = {}
    for row in moved:
        for bay_id in filter(None, (row.was, row.now if row.folded else None)):
            since[bay_id] = min(since.get(bay_id, row.event_at), row.event_at)
    return since
