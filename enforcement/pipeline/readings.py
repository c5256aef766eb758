"""Reading → stay: keep every report, then fold the new ones into the stays of their bays."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ..adapters import arrays
from ..adapters.tables import UnknownSensor
from ..domain.readings import Assertion, Reading, State
from . import stays

WINDOW = timedelta(hours=24)  # a report that comes later than this is kept, not folded
SILENT_AFTER_HEARTBEATS = 3


@dataclass(slots=True)
class Kept:
    """What became of a reading as it was kept: its sensor (None: not on our books), the bay in which that lay
    at the reading's time (None: in none), and whether we had the reading already.

    `remapped` is the bay's count of mappings taken away, as it was when this one was looked up.
    """

    sensor_id: UUID | None
    heartbeat_minutes: int
    bay_id: UUID | None
    remapped: int
    fresh: bool

    @property
    def silence(self) -> timedelta:
        """After so long without a word the sensor counts as silent."""
        return SILENT_AFTER_HEARTBEATS * timedelta(minutes=self.heartbeat_minutes)


Heard = Sequence[tuple[Reading, Kept]]


def take(session: Session, readings: Sequence[Reading], now: datetime, debounce: timedelta) -> list[str]:
    """Keep the readings and fold them; what became of each, in their order.

    `taken`, `repeated` (we have it already), `late` (kept, too old to fold) or `unmapped` (kept, but
    no bay of ours has this sensor). Safe to run twice. The caller commits. Raises `stays.Remapped` when a
    sensor was mapped anew meanwhile: the caller rolls back and begins again.
    """
    kept = _keep(session, readings, now)
    fresh = [(reading, row) for reading, row in zip(readings, kept, strict=True) if row.fresh]
    heard = [(reading, row) for reading, row in fresh if row.sensor_id]
    _fold(session, heard, now, debounce)
    _note_health(session, heard)  # after the bays are locked, in their order
    _list_unknown(session, [reading for reading, row in fresh if not row.sensor_id])
    _look_up_again(session, [reading for reading, row in fresh if not row.bay_id])
    return [_fate(reading, row, now) for reading, row in zip(readings, kept, strict=True)]


def _fate(reading: Reading, kept: Kept, now: datetime) -> str:
    if not kept.fresh:
        return "repeated"
    if kept.bay_id is None:
        return "unmapped"
    return "late" if reading.at < now - WINDOW and reading.state is not State.DEVICE else "taken"


# The sensor and the bay where it lay at the reading's time, for a reading r.
PLACE = """
    LEFT JOIN sensors s ON s.authority_id = %(authority_id)s AND s.reference = r.sensor
      AND (s.retired_at IS NULL OR r.event_at < s.retired_at)
    LEFT JOIN LATERAL (
        SELECT p.bay_id FROM sensor_bays p
        WHERE p.authority_id = %(authority_id)s AND p.sensor_id = s.id
          AND p.valid_from <= r.event_at AND (p.valid_to IS NULL OR r.event_at < p.valid_to)
        LIMIT 1) p ON true
"""
# Sorted, so that two batches with the same readings in another order can't wait for each other.
KEEP = f"""
    WITH said AS MATERIALIZED (
        SELECT r.*, s.id AS sensor_id, s.heartbeat_minutes, p.bay_id, b.remapped
        FROM unnest(%(source)s::text[], %(key)s::text[], %(event_at)s::timestamptz[], %(sensor)s::text[],
                    %(state)s::text[], %(since)s::timestamptz[], %(health)s::jsonb[], %(raw)s::jsonb[])
          WITH ORDINALITY AS r(source, key, event_at, sensor, state, since, health, raw, place)
        {PLACE}
        LEFT JOIN bay_state b ON b.authority_id = %(authority_id)s AND b.bay_id = p.bay_id
    ), kept AS (
        INSERT INTO readings (authority_id, source, key, event_at, received_at, sensor, sensor_id, bay_id,
                              state, since, folded, health, raw)
        SELECT %(authority_id)s, source, key, event_at, %(now)s, sensor, sensor_id, bay_id, state, since,
               bay_id IS NOT NULL AND state <> 'device' AND event_at >= %(window)s, health, raw
        FROM said ORDER BY source, key, event_at
        ON CONFLICT DO NOTHING
        RETURNING source, key, event_at
    )
    SELECT said.sensor_id, coalesce(said.heartbeat_minutes, 0), said.bay_id, coalesce(said.remapped, 0),
           kept.key IS NOT NULL
    FROM said LEFT JOIN kept USING (source, key, event_at)
    ORDER BY said.place
"""


def _keep(session: Session, readings: Sequence[Reading], now: datetime) -> list[Kept]:
    """Insert what we don't have yet. Of equal ones in one batch, the first is the new one."""
    rows = session.connection().exec_driver_sql(
        KEEP,
        {
            "authority_id": session.info["authority_id"],
            "now": now,
            "window": now - WINDOW,
            "source": arrays.texts([r.source for r in readings]),
            "key": arrays.texts([r.key for r in readings]),
            "event_at": arrays.times([r.at for r in readings]),
            "sensor": arrays.texts([r.sensor for r in readings]),
            "state": arrays.texts([r.state for r in readings]),
            "since": arrays.times([r.since for r in readings]),
            "health": arrays.documents([r.health or None for r in readings]),
            "raw": arrays.documents([r.raw for r in readings]),
        },
    )
    kept = [Kept(*row) for row in rows.all()]
    seen = set()
    for reading, row in zip(readings, kept, strict=True):
        identity = (reading.source, reading.key, reading.at)
        row.fresh = row.fresh and identity not in seen
        seen.add(identity)
    return kept


def _list_unknown(session: Session, readings: Sequence[Reading]) -> None:
    """Readings of devices that are not on our books: listed, so that someone can map them."""
    by_sensor: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_sensor[reading.sensor].append(reading)
    for sensor, reports in sorted(by_sensor.items()):
        times = [reading.at for reading in reports]
        row = insert(UnknownSensor).values(
            authority_id=session.info["authority_id"],
            reference=sensor,
            source=reports[0].source,
            model=reports[-1].model,
            bay_hint=reports[-1].health.get("bay_hint"),
            readings=len(reports),
            first_seen_at=min(times),
            last_seen_at=max(times),
        )
        session.execute(
            row.on_conflict_do_update(
                index_elements=["authority_id", "reference"],
                set_={
                    "readings": UnknownSensor.readings + row.excluded.readings,
                    "last_seen_at": text("greatest(unknown_sensors.last_seen_at, excluded.last_seen_at)"),
                    "model": text("coalesce(excluded.model, unknown_sensors.model)"),
                    "bay_hint": text("coalesce(excluded.bay_hint, unknown_sensors.bay_hint)"),
                },
            )
        )


HEALTH = """
    UPDATE sensors s
    SET last_heard_at = greatest(s.last_heard_at, h.at),
        health = CASE WHEN s.last_heard_at > h.at THEN h.health || s.health ELSE s.health || h.health END
    FROM unnest(%(id)s::uuid[], %(at)s::timestamptz[], %(health)s::jsonb[]) AS h(id, at, health)
    WHERE s.authority_id = %(authority_id)s AND s.id = h.id
"""


def _note_health(session: Session, heard: Heard) -> None:
    """What devices told of themselves, and when they were last heard."""
    latest: dict[UUID, tuple[datetime, dict[str, Any]]] = {}
    for reading, kept in sorted(heard, key=lambda pair: pair[0].at):
        if kept.sensor_id:
            told = latest.get(kept.sensor_id)
            latest[kept.sensor_id] = (reading.at, told[1] | reading.health if told else reading.health)
    if latest:
        ids = sorted(latest, key=attrgetter("int"))  # as ids compare, at a fifth of the price
        session.connection().exec_driver_sql(
            HEALTH,
            {
                "authority_id": session.info["authority_id"],
                "id": arrays.uuids(ids),
                "at": arrays.times([latest[id_][0] for id_ in ids]),
                "health": arrays.documents([latest[id_][1] for id_ in ids]),
            },
        )


def _fold(session: Session, heard: Heard, now: datetime, debounce: timedelta) -> None:
    news: dict[UUID, stays.News] = {}
    oldest = now - WINDOW
    for reading, kept in heard:
        if kept.bay_id is None:
            continue
        new = news.get(kept.bay_id)
        if new is None:
            new = news[kept.bay_id] = stays.News(kept.remapped)
        new.silent_at = max(new.silent_at, reading.at + kept.silence)
        if reading.state is not State.DEVICE and reading.at >= oldest:
            new.said.append(Assertion(reading.at, reading.state, reading.since))
    if news:
        stays.fold_bays(session, news, now, debounce)


FOUND = f"""
    SELECT count(p.bay_id)
    FROM unnest(%(event_at)s::timestamptz[], %(sensor)s::text[]) AS r(event_at, sensor) {PLACE}
"""


def _look_up_again(session: Session, homeless: Sequence[Reading]) -> None:
    """A reading without a bay holds no bay's lock; its device's row is held by now, so what is mapped stays so."""
    if homeless:
        found = session.connection().exec_driver_sql(
            FOUND,
            {
                "authority_id": session.info["authority_id"],
                "event_at": arrays.times([r.at for r in homeless]),
                "sensor": arrays.texts([r.sensor for r in homeless]),
            },
        )
        if found.scalar():
            raise stays.Remapped
