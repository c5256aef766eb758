"""Bays, zones, restrictions, suspensions and sensors: one by one, by people and by machines."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry import Polygon
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import (
    Bay,
    BayRestriction,
    BayState,
    RestrictionRow,
    Sensor,
    SensorBay,
    StayRow,
    SuspensionRow,
    Task,
    UnknownSensor,
    Zone,
    ZoneBay,
)
from ..domain.codes import contravention
from ..domain.hours import Calendar, check_hours
from ..domain.policy import Reason
from ..domain.readings import sensor_reference
from ..domain.refusals import Conflict, Invalid, NotFound, about
from ..pipeline import patrols, remapping, tasks
from ..pipeline.rules import policy_of

BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
DAY_MINUTES = 24 * 60


class StaleZone(Conflict):
    """Somebody else changed the zone meanwhile; nothing was overwritten."""

    type, title = "stale-zone", "The zone has changed"


def get(session: Session, table: Any, id_: UUID, what: str) -> Any:
    """The row of this authority. Raises NotFound; a spot is found by its patrol only."""
    row = session.get(table, (session.info["authority_id"], id_))
    if row is None or getattr(row, "retired_at", None) or getattr(row, "spot", False):
        raise NotFound(f"There is no {what} {id_}.")
    return row


# Restrictions


def restriction(session: Session, given: dict[str, Any], calendar: Calendar, now: datetime) -> RestrictionRow:
    """The restriction with this content: the one there is, or a new one. Raises Invalid, which names the field."""
    wanted = _checked(given, calendar)
    ours = session.info["authority_id"]
    content = {name: wanted[name] for name in wanted if name != "name"}
    same = [getattr(RestrictionRow, name) == value for name, value in content.items()]
    known = session.scalars(select(RestrictionRow).where(RestrictionRow.authority_id == ours, *same)).first()
    if known:
        return known
    row = RestrictionRow(authority_id=ours, id=uuid7(), **wanted)
    session.add(row)
    session.flush()
    journal.record(session, "restriction.created", row.id, at=now, **content)
    return row


def _checked(given: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    with about("/hours"):
        check_hours(given["hours"], calendar)
    with about("/code"):
        contravention(given["code"])
    minutes = given["permitted_minutes"]
    if not 0 <= minutes <= 7 * DAY_MINUTES:
        raise Invalid("permitted_minutes must be from 0 to a week.", errors=[_at("/permitted_minutes")])
    try:
        reason = Reason(given.get("reason") or Reason.PERIOD_ENDED)
    except ValueError:
        words = f"reason must be one of {', '.join(Reason)}."
        raise Invalid(words, errors=[_at("/reason", words)]) from None
    return {
        "name": given.get("name") or f"{given['bay_class']}, {minutes} min",
        "bay_class": given["bay_class"],
        "hours": given["hours"],
        "permitted_minutes": minutes,
        "carried": bool(given.get("carried", False)),
        "code": given["code"],
        "suffix": given.get("suffix") or "",
        "reason": reason.value,
    }


def _at(pointer: str, detail: str = "is out of bounds") -> dict[str, str]:
    return {"pointer": pointer, "detail": detail}


def put_in_force(session: Session, bay: Bay, row: RestrictionRow, since: datetime, now: datetime) -> None:
    """From `since` on the bay allows this; what was in force before ends then."""
    ours = (BayRestriction.authority_id == bay.authority_id, BayRestriction.bay_id == bay.id)
    session.execute(delete(BayRestriction).where(*ours, BayRestriction.valid_from >= since))
    session.execute(
        update(BayRestriction)
        .where(*ours, (BayRestriction.valid_to.is_(None)) | (BayRestriction.valid_to > since))
        .values(valid_to=since)
    )
    session.add(
        BayRestriction(
            authority_id=bay.authority_id, id=uuid7(), bay_id=bay.id, restriction_id=row.id, valid_from=since
        )
    )
    session.flush()
    journal.record(session, "bay.restriction", bay.id, at=now, restriction_id=row.id, valid_from=since)
    look_again(session, [bay.id], now)


def look_again(session: Session, bays: Collection[UUID], now: datetime) -> None:
    """What these bays allow has changed: the clocks of the cars in them are set anew."""
    session.execute(
        update(StayRow)
        .where(
            StayRow.authority_id == session.info["authority_id"],
            StayRow.bay_id.in_(bays),
            StayRow.departed_at.is_(None),
            StayRow.superseded_at.is_(None),
        )
        .values(check_at=now)
    )


# Bays


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


def find_zones(session: Session, bays: Iterable[Bay]) -> None:
    """In which zones these bays lie; edges count as inside."""
    bays = list(bays)
    ours = session.info["authority_id"]
    zones = session.scalars(select(Zone).where(Zone.authority_id == ours, Zone.retired_at.is_(None))).all()
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == ours, ZoneBay.bay_id.in_([bay.id for bay in bays]))
    )
    _connect(session, zones, bays)


def _connect(session: Session, zones: Iterable[Zone], bays: Collection[Bay]) -> None:
    if not bays:
        return
    points = shapely.points([bay.lon for bay in bays], [bay.lat for bay in bays])
    ids = [bay.id for bay in bays]
    rows = []
    for zone in zones:
        shapely.prepare(zone.outline)
        inside = shapely.covers(zone.outline, points)
        rows += [
            {"authority_id": zone.authority_id, "zone_id": zone.id, "bay_id": id_}
            for id_, covered in zip(ids, inside, strict=True)
            if covered
        ]
    if rows:
        session.execute(insert(ZoneBay), rows)


# Zones


def add_zone(session: Session, name: str, colour: str, outline: Polygon, actor: str, now: datetime) -> Zone:
    """A new patrol area, with the bays that it covers."""
    ours = session.info["authority_id"]
    _check_name_free(session, name, None)
    zone = Zone(authority_id=ours, id=uuid7(), name=name, colour=colour, outline=outline, version=1)
    session.add(zone)
    session.flush()
    _members(session, zone)
    journal.record(session, "zone.created", zone.id, at=now, actor=actor, name=name)
    tasks.want_plan(session, now)
    return zone


def redraw_zone(
    session: Session,
    zone_id: UUID,
    version: int,
    name: str,
    colour: str,
    outline: Polygon,
    actor: str,
    now: datetime,
) -> Zone:
    """Change a zone and the membership of its bays, in one transaction. Raises StaleZone."""
    zone = session.get(
        Zone, (session.info["authority_id"], zone_id), with_for_update=True, populate_existing=True
    )
    if zone is None or zone.retired_at:
        raise NotFound(f"There is no zone {zone_id}.")
    if zone.version != version:
        raise StaleZone(
            f"Somebody changed this zone: it is at version {zone.version} now.", version=zone.version
        )
    _check_name_free(session, name, zone_id)
    zone.name, zone.colour, zone.outline, zone.version = name, colour, outline, version + 1
    session.flush()
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == zone.authority_id, ZoneBay.zone_id == zone.id)
    )
    _members(session, zone)
    journal.record(session, "zone.redrawn", zone.id, at=now, actor=actor, version=zone.version)
    tasks.want_plan(session, now)
    return zone


def retire_zone(session: Session, zone_id: UUID, actor: str, now: datetime) -> None:
    """The zone is used no more; shifts keep their history."""
    zone = get(session, Zone, zone_id, "zone")
    zone.retired_at = now
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == zone.authority_id, ZoneBay.zone_id == zone.id)
    )
    journal.record(session, "zone.retired", zone.id, at=now, actor=actor)
    tasks.want_plan(session, now)


def _check_name_free(session: Session, name: str, but: UUID | None) -> None:
    same = select(Zone.id).where(
        Zone.authority_id == session.info["authority_id"], Zone.name == name, Zone.retired_at.is_(None)
    )
    taken = session.scalars(same).first()
    if taken and taken != but:
        raise Conflict(f"There is a zone {name!r} already.")


def _members(session: Session, zone: Zone) -> None:
    bays = session.scalars(
        select(Bay).where(Bay.authority_id == zone.authority_id, Bay.retired_at.is_(None))
    ).all()
    _connect(session, [zone], bays)


# Suspensions


def suspend(
    session: Session,
    bay_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    why: str,
    sign_up_at: datetime | None,
    now: datetime,
) -> SuspensionRow:
    """Close a bay to parking for a while."""
    bay = get(session, Bay, bay_id, "bay")
    if ends_at <= starts_at:
        raise Invalid("A suspension must end after it begins.", errors=[_at("/ends_at", "is not later")])
    row = SuspensionRow(
        authority_id=bay.authority_id,
        id=uuid7(),
        bay_id=bay.id,
        starts_at=starts_at,
        ends_at=ends_at,
        why=why,
        sign_up_at=sign_up_at,
    )
    session.add(row)
    session.flush()
    journal.record(
        session, "suspension.created", row.id, at=now, bay_id=bay.id, starts_at=starts_at, ends_at=ends_at
    )
    look_again(session, [bay.id], now)
    return row


def cancel_suspension(session: Session, suspension_id: UUID, now: datetime) -> None:
    """It holds no more, also for the time that it already covered."""
    row = get(session, SuspensionRow, suspension_id, "suspension")
    if row.cancelled_at is None:
        row.cancelled_at = now
        journal.record(session, "suspension.cancelled", row.id, at=now, bay_id=row.bay_id)
        session.flush()
        look_again(session, [row.bay_id], now)


# Sensors


def add_sensor(session: Session, given: dict[str, Any], now: datetime) -> Sensor:
    """A new device, known from now on. Raises Conflict for a reference that is taken."""
    reference = sensor_reference(given["reference"])
    ours = session.info["authority_id"]
    if session.scalars(
        select(Sensor.id).where(Sensor.authority_id == ours, Sensor.reference == reference)
    ).first():
        raise Conflict(f"There is a sensor {reference!r} already.")
    sensor = Sensor(
        authority_id=ours,
        id=uuid7(),
        reference=reference,
        model=given.get("model"),
        threshold_mm=given.get("threshold_mm"),
        heartbeat_minutes=given.get("heartbeat_minutes") or DAY_MINUTES,
        health={},
    )
    session.add(sensor)
    session.flush()
    journal.record(session, "sensor.created", sensor.id, at=now, reference=reference)
    return sensor


def map_sensor(session: Session, sensor: Sensor, bay: Bay | None, since: datetime, now: datetime) -> None:
    """From `since` on the sensor lies in this bay (or in none); what it reported before stays where it was.

    A time in the past corrects the books: the readings since then, up to a day back, move to the right bay,
    and the bays they leave and reach are folded again. The first mapping of all reaches back to the
    beginning, so that what the sensor said while it was unknown finds its bay.
    """
    ours = (SensorBay.authority_id == sensor.authority_id, SensorBay.sensor_id == sensor.id)
    ending = (SensorBay.valid_to.is_(None)) | (SensorBay.valid_to > since)
    first = session.scalars(select(SensorBay.id).where(*ours).limit(1)).first() is None
    before = remapping.hold(session, sensor, bay.id if bay else None, since, now)
    session.execute(delete(SensorBay).where(*ours, SensorBay.valid_from >= since))
    session.execute(update(SensorBay).where(*ours, ending).values(valid_to=since))
    if bay:
        session.add(
            SensorBay(
                authority_id=sensor.authority_id,
                id=uuid7(),
                sensor_id=sensor.id,
                bay_id=bay.id,
                valid_from=BEGINNING if first else since,
            )
        )
    _forget_unknown(session, sensor)
    remapping.move_readings(session, sensor, before, now, policy_of(session).debounce)
    journal.record(session, "sensor.mapped", sensor.id, at=now, bay_id=bay.id if bay else None, since=since)


def _forget_unknown(session: Session, sensor: Sensor) -> None:
    session.execute(
        delete(UnknownSensor).where(
            UnknownSensor.authority_id == sensor.authority_id, UnknownSensor.reference == sensor.reference
        )
    )


def change_sensor(session: Session, sensor: Sensor, changes: dict[str, Any], now: datetime) -> Sensor:
    """Model, threshold, heartbeat; or take it out of use (`retired`)."""
    if changes.pop("retired", False):
        map_sensor(session, sensor, None, now, now)
        sensor.retired_at = now
    for name, value in changes.items():
        setattr(sensor, name, value)
    session.flush()
    journal.record(session, "sensor.changed", sensor.id, at=now, **changes)
    return sensor
