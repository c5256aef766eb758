"""Sensors from a CSV file: read first, beside what is there; then taken, a piece at a time.

Each row stands or falls by itself; `strict` makes it all or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Sensor, SensorBay
from ..domain.readings import sensor_reference
from ..domain.refusals import Invalid
from ..pipeline import remapping
from .csv_files import Row, read_csv
from .differences import Differences, Item, differences, take_in
from .imports import Imported, Unreadable, text_in
from .sensors import add_sensor, change_sensor, map_sensor

COLUMNS = ("reference", "bay", "model", "threshold_mm", "heartbeat_minutes")
PIECE = 10  # mapping a sensor moves what it has reported, and its readings wait meanwhile
RETIRED, BAY = "retired", "bay"


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of a sensor; nothing where a cell is empty."""

    given: dict[str, Any]
    bay_id: UUID | None
    sensor_id: UUID | None


def sensors(
    session: Session,
    body: bytes,
    now: datetime,
    actor: str,
    *,
    strict: bool = False,
    settle: Callable[[], object] = lambda: None,
) -> Imported:
    """A CSV of sensors with a heading: reference, bay, model, threshold_mm, heartbeat_minutes. `settle` is called
    after each piece, so that a large file can be committed piecemeal."""

    def take(piece: Sequence[Item[Said]]) -> None:
        says = [item.says for item in piece]
        known = [each.sensor_id for each in says if each.sensor_id]
        reached = [each.bay_id for each in says if each.bay_id]
        remapping.in_turn(session, known, reached, now)
        for item in sorted(piece, key=attrgetter("reference")):  # as readings list what nobody knows
            _take(session, item.says, item.news, now, actor)

    return take_in(session, compared(session, body), take, settle, strict=strict, most=PIECE)


def compared(session: Session, body: bytes) -> Differences[Said]:
    """The file beside what is there; nothing is written."""
    rows = _rows(body)
    ours = session.info["authority_id"]
    known = {row.reference: row for row in session.scalars(select(Sensor).where(Sensor.authority_id == ours))}
    bays = select(Bay.reference, Bay.id).where(
        Bay.authority_id == ours, Bay.retired_at.is_(None), Bay.spot.is_(False)
    )
    by_reference = dict(session.execute(bays).all())
    lies = select(SensorBay.sensor_id, SensorBay.bay_id).where(
        SensorBay.authority_id == ours, SensorBay.valid_to.is_(None)
    )
    where = dict(session.execute(lies).all())

    def read(row: Row) -> tuple[Said, tuple[str, ...] | None]:
        given, bay_id = _given(row), _bay(row, by_reference)
        sensor = known.get(sensor_reference(given["reference"]))
        if sensor is None:
            return Said(given, bay_id, None), None
        return Said(given, bay_id, sensor.id), _news(given, bay_id, sensor, where.get(sensor.id))

    return differences(rows, lambda row: sensor_reference(row.get("reference") or ""), read)


def _given(row: Row) -> dict[str, Any]:
    if row.get(None):
        raise Invalid("has more cells than the heading")
    return {
        "reference": text_in(row, "reference", 100),
        "model": text_in(row, "model", 100) if (row.get("model") or "").strip() else None,
        "threshold_mm": _whole(row, "threshold_mm"),
        "heartbeat_minutes": _whole(row, "heartbeat_minutes"),
    }


def _bay(row: Row, by_reference: dict[str, UUID]) -> UUID | None:
    if not row.get("bay"):
        return None
    bay_id = by_reference.get(row["bay"].strip())
    if bay_id is None:
        raise Invalid(f"bay: there is no bay {row['bay']!r}")
    return bay_id


def _news(given: dict[str, Any], bay_id: UUID | None, sensor: Sensor, lies: UUID | None) -> tuple[str, ...]:
    """What the row would change of a sensor that we know; one that was retired is back."""
    news = [
        name
        for name, value in given.items()
        if name != "reference" and value is not None and getattr(sensor, name) != value
    ]
    if sensor.retired_at:
        news.append(RETIRED)
    if bay_id and bay_id != lies:
        news.append(BAY)
    return tuple(news)


def _take(session: Session, said: Said, news: tuple[str, ...] | None, now: datetime, actor: str) -> None:
    ours = session.info["authority_id"]
    sensor = session.get(Sensor, (ours, said.sensor_id)) if said.sensor_id else None
    if sensor is None:
        sensor = add_sensor(session, said.given, now, actor)
    elif changes := _changes(said, news or ()):
        change_sensor(session, sensor, changes, now, actor)
    if said.bay_id and (news is None or BAY in news):
        map_sensor(session, sensor, session.get(Bay, (ours, said.bay_id)), now, now, actor)


def _changes(said: Said, news: tuple[str, ...]) -> dict[str, Any]:
    back = {"retired_at": None} if RETIRED in news else {}
    return {name: said.given[name] for name in news if name in said.given} | back


def _rows(body: bytes) -> list[Row]:
    heading, rows = read_csv(body)
    missing = {"reference", "bay"} - set(heading)
    unknown = set(heading) - set(COLUMNS)
    if missing or unknown:
        wrong = (
            f"missing: {', '.join(sorted(missing))}"
            if missing
            else f"unknown: {', '.join(sorted(map(str, unknown)))}"
        )
        raise Unreadable(f"The heading must have {', '.join(COLUMNS)}; {wrong}.")
    return rows


def _whole(row: Row, name: str) -> int | None:
    value = (row.get(name) or "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 10**6:
        raise Invalid(f"{name} must be a whole number above 0, not {value!r}")
    return int(value)
