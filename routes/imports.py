"""Files of places: bays, zones, sensors."""

from flask import request

from enforcement.pipeline.rules import rules_of
from enforcement.places import bay_files, sensor_files, zone_files

from .auth import clock, current, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.zones import ZonesImportedOut, ZonesImportQuery

blueprint = Blueprint("imports", __name__, description="Files of bays, zones and sensors")


@blueprint.post("/import/bays")
@writes_places
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_bays(query):
    """A GeoJSON FeatureCollection of bays; the body is the file."""
    now = clock()
    rules = rules_of(session, now)
    return bay_files.bays(
        session, request.get_data(), rules.calendar, now, current.actor,
        strict=query["strict"], settle=session.commit,
    )  # fmt: skip


@blueprint.post("/import/bays/preview")
@writes_places
@blueprint.response(200, schemas.DifferencesOut)
def import_bays_preview():
    """What that file would change; nothing is written."""
    rules = rules_of(session, clock())
    return bay_files.compared(session, request.get_data(), rules.calendar, session.rollback)


@blueprint.post("/import/zones")
@writes_places
@blueprint.arguments(ZonesImportQuery, location="query")
@blueprint.response(200, ZonesImportedOut)
def import_zones(query):
    """A GeoJSON FeatureCollection of zones; the body is the file."""
    told = request.get_data(), current.actor, clock()
    if query["preview"]:
        return zone_files.preview(session, *told)
    result = zone_files.take_in(session, *told, strict=query["strict"], seen=query["seen"])
    session.commit()
    return result


@blueprint.post("/import/sensors")
@writes_places
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_sensors(query):
    """A CSV of sensors; the body is the file."""
    return sensor_files.sensors(
        session, request.get_data(), clock(), current.actor, strict=query["strict"], settle=session.commit
    )


@blueprint.post("/import/sensors/preview")
@writes_places
@blueprint.response(200, schemas.DifferencesOut)
def import_sensors_preview():
    """What that file would change; nothing is written."""
    return sensor_files.compared(session, request.get_data())
