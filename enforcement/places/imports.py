"""Bays, zones and sensors from files: what was taken, what was refused and why.

Each item stands or falls by itself; `strict` makes it all or nothing.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, BayRestriction, RestrictionRow, Sensor, SensorBay, Zone
from ..domain.hours import Calendar
from ..domain.readings import sensor_reference
from ..domain.refusals import Invalid, Refusal
from .bays import add_bay, change_bay
from .geometry import place, polygon
from .restrictions import BEGINNING, put_in_force, restriction
from .sensors import add_sensor, change_sensor, map_sensor
from .zones import add_zone, redraw_zone

COLOURS = ("#005a5b", "#6b4200", "#0a5c36", "#44545d", "#9c1c1c")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST_TEXT = 200
UNFIT = re.compile("[\0\ud800-\udfff]")  # what PostgreSQL can't keep


class Unreadable(Refusal):
    """The file is not what it should be; nothing was taken."""

    status, type, title = 400, "unreadable", "The file can't be read"


class AllOrNothing(Refusal):
    """A strict import with a fault: nothing was taken."""

    status, type, title = 422, "all-or-nothing", "Nothing was imported"


@dataclass(frozen=True, slots=True)
class Faulty:
    """An item that was refused: its place in the file (from 0), its reference as far as known, and why."""

    index: int
    reference: str
    detail: str


@dataclass(slots=True)
class Imported:
    """What became of a file."""

    taken: int = 0
    updated: int = 0
    refused: list[Faulty] = field(default_factory=list)


def bays(
    session: Session, body: bytes, calendar: Calendar, now: datetime, *, strict: bool = False
) -> Imported:
    """A GeoJSON FeatureCollection of bays: Point or Polygon; properties reference, street and the restriction's
    (bay_class, hours, permitted_minutes, code; suffix, reason, name, carried if you like).

    A reference that is known already has its bay updated, and may leave its restriction as it is; twice in
    one file, it is refused.
    """
    known = {bay.reference: bay for bay in _all(session, Bay) if not bay.spot}
    in_force = _restrictions_in_force(session)

    def take(feature: dict[str, Any]) -> bool:
        says = properties_of(feature)
        reference, street = text_in(says, "reference", 100), text_in(says, "street")
        lon, lat, outline = place(feature.get("geometry"))
        bay = known.get(reference)
        row = None
        if bay is None or bay.id not in in_force or says.get("hours") is not None:
            row = _restriction(session, says, calendar, now)
        new = bay is None
        if bay is None:
            bay = add_bay(session, reference, street, lon, lat, outline, now)
        else:
            _update_bay(session, bay, {"street": street, "lon": lon, "lat": lat, "outline": outline}, now)
        if row and in_force.get(bay.id) != row.id:
            since = BEGINNING if bay.id not in in_force else now
            put_in_force(session, bay, row, since, now)
        return new

    return _each(
        session, features_in(body), lambda f: str(properties_of(f).get("reference", "")), take, strict
    )


def _update_bay(session: Session, bay: Bay, says: dict[str, Any], now: datetime) -> None:
    """What the file says of a bay that we know; one that was retired is back on the street."""
    changes = {name: value for name, value in says.items() if getattr(bay, name) != value}
    if bay.retired_at:
        bay.retired_at = None
        changes["lon"] = says["lon"]  # the zones may have been redrawn meanwhile
    if changes:
        change_bay(session, bay, changes, now)


def _restriction(session: Session, says: dict[str, Any], calendar: Calendar, now: datetime) -> RestrictionRow:
    bay_class, hours = text_in(says, "bay_class", 50), text_in(says, "hours", 1000)
    minutes = says.get("permitted_minutes")
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise Invalid("permitted_minutes must be a whole number")
    given = {
        "name": text_in(says, "name") if says.get("name") is not None else None,
        "bay_class": bay_class,
        "hours": hours,
        "permitted_minutes": minutes,
        "code": text_in(says, "code", 10),
        "suffix": text_in(says, "suffix", 10) if says.get("suffix") else "",
        "reason": text_in(says, "reason") if says.get("reason") is not None else None,
        "carried": says.get("carried", False),
    }
    if not isinstance(given["carried"], bool):
        raise Invalid("carried must be true or false")
    return restriction(session, given, calendar, now)


def _restrictions_in_force(session: Session) -> dict[UUID, UUID]:
    rows = session.execute(
        select(BayRestriction.bay_id, BayRestriction.restriction_id).where(
            BayRestriction.authority_id == session.info["authority_id"], BayRestriction.valid_to.is_(None)
        )
    )
    return dict(rows.all())


def zones(session: Session, body: bytes, actor: str, now: datetime, *, strict: bool = False) -> Imported:
    """A GeoJSON FeatureCollection of zones: Polygon; properties name and, if you like, colour (#rrggbb)."""
    known = {zone.name: zone for zone in _all(session, Zone) if not zone.retired_at}

    def take(feature: dict[str, Any]) -> bool:
        says = properties_of(feature)
        name, colour = text_in(says, "name", 100), _colour(says)
        outline = polygon(feature.get("geometry"), "/geometry")
        zone = known.get(name)
        if zone is None:
            colour = colour or COLOURS[len(known) % len(COLOURS)]
            known[name] = add_zone(session, name, colour, outline, actor, now)
            return True
        colour = colour or zone.colour
        if (zone.colour, zone.outline) != (colour, outline):
            redraw_zone(session, zone.id, zone.version, name, colour, outline, actor, now)
        return False

    return _each(session, features_in(body), lambda f: str(properties_of(f).get("name", "")), take, strict)


def _colour(says: dict[str, Any]) -> str | None:
    colour = says.get("colour")
    if colour is not None and not (isinstance(colour, str) and COLOUR.fullmatch(colour)):
        raise Invalid("colour must be #rrggbb")
    return colour


COLUMNS = ("reference", "bay", "model", "threshold_mm", "heartbeat_minutes")


def sensors(session: Session, body: bytes, now: datetime, *, strict: bool = False) -> Imported:
    """A CSV of sensors with a heading: reference, bay, model, threshold_mm, heartbeat_minutes."""
    known = {sensor.reference: sensor for sensor in _all(session, Sensor)}
    by_reference = {bay.reference: bay for bay in _all(session, Bay) if not (bay.retired_at or bay.spot)}
    where = dict(
        session.execute(
            select(SensorBay.sensor_id, SensorBay.bay_id).where(
                SensorBay.authority_id == session.info["authority_id"], SensorBay.valid_to.is_(None)
            )
        ).all()
    )  # fmt: skip

    def take(row: dict[Any, Any]) -> bool:
        bay = None
        if row.get(None):
            raise Invalid("has more cells than the heading")
        if row.get("bay"):
            bay = by_reference.get(row["bay"].strip())
            if bay is None:
                raise Invalid(f"bay: there is no bay {row['bay']!r}")
        given: dict[str, Any] = {
            "reference": text_in(row, "reference", 100),
            "model": text_in(row, "model", 100) if (row.get("model") or "").strip() else None,
            "threshold_mm": _whole(row, "threshold_mm"),
            "heartbeat_minutes": _whole(row, "heartbeat_minutes"),
        }
        sensor = known.get(sensor_reference(given["reference"]))
        new = sensor is None
        if sensor is None:
            sensor = add_sensor(session, given, now)
        else:
            _update_sensor(session, sensor, given, now)
        if bay and where.get(sensor.id) != bay.id:
            map_sensor(session, sensor, bay, now, now)
        return new

    def name(row: dict[str, Any]) -> str:
        return sensor_reference(row.get("reference") or "")

    return _each(session, _rows(body), name, take, strict)


def _update_sensor(session: Session, sensor: Sensor, says: dict[str, Any], now: datetime) -> None:
    """What the file says of a sensor that we know, an empty cell nothing; one that was retired is back."""
    changes = {
        name: value
        for name, value in says.items()
        if name != "reference" and value is not None and getattr(sensor, name) != value
    }
    if sensor.retired_at:
        changes["retired_at"] = None
    if changes:
        change_sensor(session, sensor, changes, now)


def _each(
    session: Session,
    items: Sequence[Any],
    name: Callable[[Any], str],
    take: Callable[[Any], bool],
    strict: bool,
) -> Imported:
    """Take each item (`take` says whether it is new) or note why not; one that fails leaves nothing behind."""
    result = Imported()
    seen: set[str] = set()
    for index, item in enumerate(items):
        called = name(item).strip()[:LONGEST_TEXT]
        try:
            if called in seen:
                raise Invalid(f"{called!r} stands more than once in this file")
            with session.begin_nested():
                new = take(item)
            seen.add(called)
            result.taken += new
            result.updated += not new
        except Refusal as refusal:
            result.refused.append(Faulty(index, called, refusal.detail))
    if strict:
        all_or_nothing(session, result, len(items))
    return result


def all_or_nothing(session: Session, result: Imported, items: int) -> None:
    """Raise AllOrNothing where any of so many items was refused: then nothing was taken."""
    if result.refused:
        session.rollback()
        raise AllOrNothing(
            f"{len(result.refused)} of {items} are faulty, and you asked for all or nothing.",
            refused=[asdict(fault) for fault in result.refused],
        )


def _all(session: Session, table: Any) -> list[Any]:
    return list(session.scalars(select(table).where(table.authority_id == session.info["authority_id"])))


def features_in(body: bytes) -> list[Any]:
    """The features of a GeoJSON FeatureCollection, whatever they are. Raises Unreadable."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"It is not JSON: {error}"[:300]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise Unreadable("It is not a GeoJSON FeatureCollection.")
    return features


def properties_of(feature: Any) -> dict[str, Any]:
    """What a feature says of itself; nothing, if it is none."""
    says = feature.get("properties") if isinstance(feature, dict) else None
    return says if isinstance(says, dict) else {}


def _rows(body: bytes) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"It is not a CSV in UTF-8: {error}") from None
    missing = {"reference", "bay"} - set(reader.fieldnames or ())
    unknown = set(reader.fieldnames or ()) - set(COLUMNS)
    if missing or unknown:
        wrong = (
            f"missing: {', '.join(sorted(missing))}"
            if missing
            else f"unknown: {', '.join(sorted(map(str, unknown)))}"
        )
        raise Unreadable(f"The heading must have {', '.join(COLUMNS)}; {wrong}.")
    return rows


def text_in(says: dict[str, Any], name: str, longest: int = LONGEST_TEXT) -> str:
    """The text that a row gives by this name, without the space around it. Raises Invalid."""
    value = says.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Invalid(f"{name} is missing" if value in (None, "") else f"{name} must be a text")
    if len(value) > longest:
        raise Invalid(f"{name} is longer than {longest} characters")
    if UNFIT.search(value):
        raise Invalid(f"{name} holds a NUL or half a character")
    return value.strip()


def _whole(row: dict[str, Any], name: str) -> int | None:
    value = (row.get(name) or "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 10**6:
        raise Invalid(f"{name} must be a whole number above 0, not {value!r}")
    return int(value)
