"""Reading → stay: keep every report, then fold the new ones into the stays of their bays."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ..adapters.tables import UnknownSensor
from ..domain.readings import Assertion, Reading, State
from . import stays

WINDOW = timedelta(hours=24)  # a report that comes later than this is kept, not folded
SILENT_AFTER_HEARTBEATS = 3


@dataclass(frozen=True, slots=True)
class Mapped:
    """A sensor and the bay that it lay in at a reading's time (None: in none).

    `remapped` is the bay's count of mappings taken away, as it was when this one was looked up.
    """

    sensor_id: UUID
    bay_id: UUID | None
    heartbeat: timedelta
    remapped: int


def take(session: Session, readings: Sequence[Reading], now: datetime, debounce: timedelta) -> list[str]:
    """Keep the readings and fold them; what became of each, in their order.

    `taken`, `repeated` (we have it already), `late` (kept, too old to fold) or `unmapped` (kept, but
    no bay of ours has this sensor). Safe to run twice. The caller commits. Raises `stays.Remapped` when a
    sensor was mapped anew meanwhile: the caller rolls back and begins again.
    """
    where = _mapping(session, readings)
    mapped = [_at_its_time(where.get(reading.sensor, ()), reading.at) for reading in readings]
    folded = [_can_fold(reading, place, now) for reading, place in zip(readings, mapped, strict=True)]
    new = _keep(session, readings, mapped, folded, now)
    heard = [
        (reading, place)
        for reading, place, fresh in zip(readings, mapped, new, strict=True)
        if fresh and place
    ]
    _fold(session, heard, now, debounce)
    _note_health(session, heard)  # after the bays are locked, in their order
    _list_unknown(
        session, [r for r, place, fresh in zip(readings, mapped, new, strict=True) if fresh and not place]
    )
    _look_up_again(session, readings, mapped)
    return [
        _fate(reading, place, fresh, now) for reading, place, fresh in zip(readings, mapped, new, strict=True)
    ]


def _fate(reading: Reading, place: Mapped | None, fresh: bool, now: datetime) -> str:
    if not fresh:
        return "repeated"
    if place is None or place.bay_id is None:
        return "unmapped"
    return "late" if reading.at < now - WINDOW and reading.state is not State.DEVICE else "taken"


def _can_fold(reading: Reading, place: Mapped | None, now: datetime) -> bool:
    return (
        place is not None
        and place.bay_id is not None
        and reading.state is not State.DEVICE
        and reading.at >= now - WINDOW
    )


MAPPING = text("""
    SELECT s.reference, s.id, s.heartbeat_minutes, s.retired_at, sb.bay_id, sb.valid_from, sb.valid_to, b.remapped
    FROM sensors s
    LEFT JOIN sensor_bays sb ON sb.authority_id = s.authority_id AND sb.sensor_id = s.id
    LEFT JOIN bay_state b ON b.authority_id = sb.authority_id AND b.bay_id = sb.bay_id
    WHERE s.authority_id = :authority_id AND s.reference = ANY(:references)
""")


def _mapping(session: Session, readings: Sequence[Reading]) -> dict[str, list[Any]]:
    rows = session.execute(
        MAPPING,
        {
            "authority_id": session.info["authority_id"],
            "references": sorted({reading.sensor for reading in readings}),
        },
    )
    by_sensor: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_sensor[row.reference].append(row)
    return by_sensor


def _at_its_time(rows: Sequence[Any], at: datetime) -> Mapped | None:
    """The sensor, in the bay where it lay at that time; None for one that was not on our books then."""
    if not rows or (rows[0].retired_at and at >= rows[0].retired_at):
        return None
    heartbeat = timedelta(minutes=rows[0].heartbeat_minutes)
    for row in rows:
        if row.bay_id and row.valid_from <= at and (row.valid_to is None or at < row.valid_to):
            return Mapped(row.id, row.bay_id, heartbeat, row.remapped)
    return Mapped(rows[0].id, None, heartbeat, 0)


# Sorted, so that two batches with the same readings in another order can't wait for each other.
KEEP = text("""
    INSERT INTO readings (authority_id, source, key, event_at, received_at, sensor, sensor_id, bay_id,
                          state, since, folded, health, raw)
    SELECT :authority_id, r.source, r.key, r.event_at, :now, r.sensor, r.sensor_id, r.bay_id,
           r.state, r.since, r.folded, r.health, r.raw
    FROM unnest(CAST(:source AS text[]), CAST(:key AS text[]), CAST(:event_at AS timestamptz[]),
                CAST(:sensor AS text[]), CAST(:sensor_id AS uuid[]), CAST(:bay_id AS uuid[]),
                CAST(:state AS text[]), CAST(:since AS timestamptz[]), CAST(:folded AS boolean[]),
                CAST(:health AS jsonb[]), CAST(:raw AS jsonb[]))
      AS r(source, key, event_at, sensor, sensor_id, bay_id, state, since, folded, health, raw)
    ORDER BY r.source, r.key, r.event_at
    ON CONFLICT DO NOTHING
    RETURNING source, key, event_at
""")


def _keep(
    session: Session,
    readings: Sequence[Reading],
    mapped: Sequence[Mapped | None],
    folded: Sequence[bool],
    now: datetime,
) -> list[bool]:
    """Insert what we don't have yet; for each reading whether it is new (of equal ones, the first is)."""
    kept = session.execute(
        KEEP,
        {
            "authority_id": session.info["authority_id"],
            "now": now,
            "source": [r.source for r in readings],
            "key": [r.key for r in readings],
            "event_at": [r.at for r in readings],
            "sensor": [r.sensor for r in readings],
            "sensor_id": [m.sensor_id if m else None for m in mapped],
            "bay_id": [m.bay_id if m else None for m in mapped],
            "state": [r.state.value for r in readings],
            "since": [r.since for r in readings],
            "folded": list(folded),
            "health": [_json(r.health or None) for r in readings],
            "raw": [_json(r.raw) for r in readings],
        },
    )
    inserted = {(source, key, event_at) for source, key, event_at in kept}
    fresh = []
    for reading in readings:
        identity = (reading.source, reading.key, reading.at)
        fresh.append(identity in inserted)
        inserted.discard(identity)
    return fresh


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


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


HEALTH = text("""
    UPDATE sensors s
    SET last_heard_at = greatest(s.last_heard_at, h.at),
        health = CASE WHEN s.last_heard_at > h.at THEN h.health || s.health ELSE s.health || h.health END
    FROM unnest(CAST(:id AS uuid[]), CAST(:at AS timestamptz[]), CAST(:health AS jsonb[])) AS h(id, at, health)
    WHERE s.authority_id = :authority_id AND s.id = h.id
""")


def _note_health(session: Session, heard: Sequence[tuple[Reading, Mapped]]) -> None:
    """What devices told of themselves, and when they were last heard."""
    latest: dict[UUID, tuple[datetime, dict[str, Any]]] = {}
    for reading, place in sorted(heard, key=lambda pair: pair[0].at):
        health = latest.get(place.sensor_id, (None, {}))[1] | reading.health
        latest[place.sensor_id] = (reading.at, health)
    if latest:
        ids = sorted(latest)
        session.execute(
            HEALTH,
            {
                "authority_id": session.info["authority_id"],
                "id": ids,
                "at": [latest[id_][0] for id_ in ids],
                "health": [_json(latest[id_][1]) for id_ in ids],
            },
        )


def _fold(
    session: Session, heard: Sequence[tuple[Reading, Mapped]], now: datetime, debounce: timedelta
) -> None:
    reports: dict[UUID, list[Assertion]] = defaultdict(list)
    silent_at: dict[UUID, datetime] = {}
    remapped: dict[UUID, int] = {}
    for reading, place in heard:
        if place.bay_id is None:
            continue
        if _can_fold(reading, place, now):
            reports[place.bay_id].append(Assertion(reading.at, reading.state, reading.since))
        else:
            reports.setdefault(place.bay_id, [])
        remapped[place.bay_id] = place.remapped
        silence = reading.at + SILENT_AFTER_HEARTBEATS * place.heartbeat
        silent_at[place.bay_id] = max(silent_at.get(place.bay_id, silence), silence)
    stays.fold_bays(session, reports, silent_at, remapped, now, debounce)


def _look_up_again(session: Session, readings: Sequence[Reading], mapped: Sequence[Mapped | None]) -> None:
    """A reading without a bay holds no bay's lock; its device's row is held by now, so what is mapped stays so."""
    homeless = [r for r, place in zip(readings, mapped, strict=True) if place is None or place.bay_id is None]
    if homeless:
        where = _mapping(session, homeless)
        places = [_at_its_time(where.get(r.sensor, ()), r.at) for r in homeless]
        if any(place and place.bay_id for place in places):
            raise stays.Remapped
