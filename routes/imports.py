"""Files of places: bays, zones, sensors."""

from flask import request

from enforcement.pipeline.rules import rules_of
from enforcement.places import imports

from .auth import clock, current, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas

blueprint = Blueprint("imports", __name__, description="Files of bays, zones and sensors")


@blueprint.post("/import/bays")
@writes_places
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
@writes_places
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_zones(query):
    """A GeoJSON FeatureCollection of zones; the body is the file."""
    result = imports.zones(session, request.get_data(), current.actor, clock(), strict=query["strict"])
    session.commit()
    return result


@blueprint.post("/import/sensors")
@writes_places
@blueprint.arguments(schemas.ImportQuery, location="query")
@blueprint.response(200, schemas.ImportedOut)
def import_sensors(query):
    """A CSV of sensors; the body is the file."""
    result = imports.sensors(session, request.get_data(), clock(), strict=query["strict"])
    session.commit()
    return result
