"""Bays, zones, restrictions, suspensions and sensors."""

from flask import request
from sqlalchemy import select

from enforcement import queries
from enforcement.adapters.tables import (
    Bay,
    RestrictionRow,
    Sensor,
    SensorBay,
    SuspensionRow,
    UnknownSensor,
    Zone,
)
from enforcement.domain.refusals import Invalid, about
from enforcement.pipeline.rules import rules_of
from enforcement.places import bays, imports, known, restrictions, sensors, suspensions, zones
from enforcement.places.geometry import polygon

from .auth import clock, current, open_to
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.base import PageQuery, page_of

blueprint = Blueprint("places", __name__, description="The map, and the sensors in it")

reads = open_to("officer", "supervisor", "administrator", scope="places:read")
writes = open_to("supervisor", "administrator", scope="places:write")


@blueprint.get("/zones")
@reads
@blueprint.response(200, schemas.ZoneList)
def list_zones():
    """The zones in use."""
    return {"items": queries.zones(session)}


@blueprint.post("/zones")
@writes
@blueprint.arguments(schemas.ZoneIn)
@blueprint.response(201, schemas.ZoneOut)
def add_zone(body):
    """Draw a zone."""
    zone = zones.add_zone(
        session, body["name"], body["colour"], polygon(body["outline"]), current.actor, clock()
    )
    session.commit()
    return queries.zones(session, ids=[zone.id])[0]


@blueprint.get("/zones/<uuid:zone_id>")
@reads
@blueprint.response(200, schemas.ZoneOut)
def show_zone(zone_id):
    """One zone."""
    known.get(session, Zone, zone_id, "zone")
    return queries.zones(session, ids=[zone_id])[0]


@blueprint.put("/zones/<uuid:zone_id>")
@writes
@blueprint.arguments(schemas.ZoneChange)
@blueprint.response(200, schemas.ZoneOut)
def redraw_zone(body, zone_id):
    """Redraw a zone; of two who do it at once, the second is told."""
    zones.redraw_zone(
        session,
        zone_id,
        body["version"],
        body["name"],
        body["colour"],
        polygon(body["outline"]),
        current.actor,
        clock(),
    )
    session.commit()
    return queries.zones(session, ids=[zone_id])[0]


@blueprint.delete("/zones/<uuid:zone_id>")
@writes
@blueprint.response(204)
def retire_zone(zone_id):
    """Use a zone no more."""
    zones.retire_zone(session, zone_id, current.actor, clock())
    session.commit()


@blueprint.get("/restrictions")
@reads
@blueprint.response(200, schemas.RestrictionList)
def list_restrictions():
    """Everything that bays may allow."""
    return {"items": queries.restriction_rows(session)}


@blueprint.post("/restrictions")
@writes
@blueprint.arguments(schemas.RestrictionIn)
@blueprint.response(201, schemas.RestrictionOut)
def add_restriction(body):
    """A restriction that bays can be given; the one there is already, if its content is the same."""
    row = restrictions.restriction(session, body, rules_of(session, clock()).calendar, clock())
    session.commit()
    return row


@blueprint.get("/bays")
@reads
@blueprint.arguments(schemas.BayQuery, location="query")
@blueprint.response(200, page_of(schemas.BayOut))
def list_bays(query):
    """Bays with their state of now."""
    ids = None
    if reference := query.pop("reference"):
        same = select(Bay.id).where(Bay.authority_id == current.authority_id, Bay.reference == reference)
        ids = list(session.scalars(same))
    items, following = queries.bays(session, clock(), ids=ids, **query)
    return {"items": items, "next": following}


@blueprint.post("/bays")
@writes
@blueprint.arguments(schemas.BayIn)
@blueprint.response(201, schemas.BayOut)
def add_bay(body):
    """A new bay, with what it allows."""
    now = clock()
    row = _restriction(body, now)
    bay = bays.add_bay(session, body["reference"], body["street"], body["lon"], body["lat"], None, now)
    if row:
        restrictions.put_in_force(session, bay, row, restrictions.BEGINNING, now)
    session.commit()
    return queries.bay(session, bay.id, now)


def _restriction(body: dict, now) -> RestrictionRow | None:
    if body["restriction"] and body["restriction_id"]:
        raise Invalid("Give restriction or restriction_id, not both.")
    if body["restriction"]:
        with about("/restriction"):
            return restrictions.restriction(
                session, body["restriction"], rules_of(session, now).calendar, now
            )
    if body["restriction_id"]:
        return known.get(session, RestrictionRow, body["restriction_id"], "restriction")
    return None


@blueprint.get("/bays/<uuid:bay_id>")
@reads
@blueprint.response(200, schemas.BayOut)
def show_bay(bay_id):
    """One bay."""
    return queries.bay(session, bay_id, clock())


@blueprint.patch("/bays/<uuid:bay_id>")
@writes
@blueprint.arguments(schemas.BayChange)
@blueprint.response(200, schemas.BayOut)
def change_bay(body, bay_id):
    """Rename, move or pause a bay; `paused_why` null puts it back into use."""
    bay = known.get(session, Bay, bay_id, "bay")
    bays.change_bay(session, bay, body, clock())
    session.commit()
    return queries.bay(session, bay_id, clock())


@blueprint.delete("/bays/<uuid:bay_id>")
@writes
@blueprint.response(204)
def retire_bay(bay_id):
    """The bay is gone from the street; its history stays."""
    bays.retire_bay(session, known.get(session, Bay, bay_id, "bay"), clock())
    session.commit()


@blueprint.post("/bays/<uuid:bay_id>/restrictions")
@writes
@blueprint.arguments(schemas.BayRestrictionIn)
@blueprint.response(200, schemas.BayOut)
def restrict_bay(body, bay_id):
    """From `valid_from` (now, if left out) the bay allows this."""
    now = clock()
    bay = known.get(session, Bay, bay_id, "bay")
    row = known.get(session, RestrictionRow, body["restriction_id"], "restriction")
    restrictions.put_in_force(session, bay, row, body["valid_from"] or now, now)
    session.commit()
    return queries.bay(session, bay_id, now)


@blueprint.get("/suspensions")
@reads
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(schemas.SuspensionOut))
def list_suspensions(query):
    """Suspensions, the newest first."""
    ours = select(SuspensionRow).where(SuspensionRow.authority_id == current.authority_id)
    rows, following = queries.page(session, ours, SuspensionRow.id, **query)
    return {"items": [row for (row,) in rows], "next": following}


@blueprint.post("/suspensions")
@writes
@blueprint.arguments(schemas.SuspensionIn)
@blueprint.response(201, schemas.SuspensionOut)
def add_suspension(body):
    """Close a bay to parking for a while."""
    row = suspensions.suspend(session, **body, now=clock())
    session.commit()
    return row


@blueprint.delete("/suspensions/<uuid:suspension_id>")
@writes
@blueprint.response(204)
def cancel_suspension(suspension_id):
    """The suspension holds no more."""
    suspensions.cancel_suspension(session, suspension_id, clock())
    session.commit()


@blueprint.get("/sensors")
@reads
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(schemas.SensorOut))
def list_sensors(query):
    """Sensors in use, and the bays they lie in now."""
    rows, following = queries.page(session, _sensors(clock()), Sensor.id, **query)
    return {"items": [_sensor_out(*row) for row in rows], "next": following}


def _sensors(now):
    here = (
        (SensorBay.authority_id == Sensor.authority_id)
        & (SensorBay.sensor_id == Sensor.id)
        & (SensorBay.valid_from <= now)
        & (SensorBay.valid_to.is_(None) | (SensorBay.valid_to > now))
    )
    return (
        select(Sensor, SensorBay.bay_id)
        .outerjoin(SensorBay, here)
        .where(Sensor.authority_id == current.authority_id, Sensor.retired_at.is_(None))
    )


def _sensor_out(sensor: Sensor, bay_id) -> dict:
    return {column.key: getattr(sensor, column.key) for column in Sensor.__table__.columns} | {
        "bay_id": bay_id
    }


def _one_sensor(sensor_id) -> dict:
    return _sensor_out(*session.execute(_sensors(clock()).where(Sensor.id == sensor_id)).one())


@blueprint.post("/sensors")
@writes
@blueprint.arguments(schemas.SensorIn)
@blueprint.response(201, schemas.SensorOut)
def add_sensor(body):
    """A new device, and the bay that it lies in."""
    now = clock()
    reference, bay = body.pop("bay"), None
    if reference:
        same = select(Bay).where(
            Bay.authority_id == current.authority_id,
            Bay.reference == reference,
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),
        )
        bay = session.scalars(same).first()
        if bay is None:
            words = f"There is no bay {reference!r}."
            raise Invalid.at("/bay", words)
    sensor = sensors.add_sensor(session, body, now)
    if bay:
        sensors.map_sensor(session, sensor, bay, now, now)
    session.commit()
    return _one_sensor(sensor.id)


@blueprint.patch("/sensors/<uuid:sensor_id>")
@writes
@blueprint.arguments(schemas.SensorChange)
@blueprint.response(200, schemas.SensorOut)
def change_sensor(body, sensor_id):
    """Change what is known of a device, or retire it."""
    sensor = known.get(session, Sensor, sensor_id, "sensor")
    sensors.change_sensor(session, sensor, body, clock())
    session.commit()
    return _sensor_out(sensor, None) if sensor.retired_at else _one_sensor(sensor_id)


@blueprint.post("/sensors/<uuid:sensor_id>/bay")
@writes
@blueprint.arguments(schemas.SensorMapping)
@blueprint.response(200, schemas.SensorOut)
def map_sensor(body, sensor_id):
    """From `valid_from` (now, if left out) the sensor lies in this bay, or in none."""
    now = clock()
    sensor = known.get(session, Sensor, sensor_id, "sensor")
    bay = known.get(session, Bay, body["bay_id"], "bay") if body["bay_id"] else None
    sensors.map_sensor(session, sensor, bay, body["valid_from"] or now, now)
    session.commit()
    return _one_sensor(sensor_id)


@blueprint.get("/sensors/unknown")
@reads
@blueprint.response(200, schemas.UnknownSensorList)
def list_unknown_sensors():
    """Devices that report but are not on our books, the busiest first."""
    ours = select(UnknownSensor).where(UnknownSensor.authority_id == current.authority_id)
    rows = session.scalars(ours.order_by(UnknownSensor.readings.desc(), UnknownSensor.reference).limit(200))
    return {"items": list(rows)}


@blueprint.post("/import/bays")
@writes
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_bays(query):
    """A GeoJSON FeatureCollection of bays; the body is the file."""
    now = clock()
    rules = rules_of(session, now)
    result = imports.bays(session, request.get_data(), rules.calendar, now, strict=query["strict"])
    session.commit()
    return result


@blueprint.post("/import/zones")
@writes
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_zones(query):
    """A GeoJSON FeatureCollection of zones; the body is the file."""
    result = imports.zones(session, request.get_data(), current.actor, clock(), strict=query["strict"])
    session.commit()
    return result


@blueprint.post("/import/sensors")
@writes
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_sensors(query):
    """A CSV of sensors; the body is the file."""
    result = imports.sensors(session, request.get_data(), clock(), strict=query["strict"])
    session.commit()
    return result
