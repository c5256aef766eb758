"""Zones, as supervisors draw them."""

from enforcement import queries
from enforcement.adapters.tables import Zone
from enforcement.places import known, zones
from enforcement.places.geometry import polygon

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas

blueprint = Blueprint("zones", __name__, description="The areas that officers patrol")


@blueprint.get("/zones")
@reads_places
@blueprint.response(200, schemas.ZoneList)
def list_zones():
    """The zones in use."""
    return {"items": queries.zones(session)}


@blueprint.post("/zones")
@writes_places
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
@reads_places
@blueprint.response(200, schemas.ZoneOut)
def show_zone(zone_id):
    """One zone."""
    known.get(session, Zone, zone_id, "zone")
    return queries.zones(session, ids=[zone_id])[0]


@blueprint.put("/zones/<uuid:zone_id>")
@writes_places
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
@writes_places
@blueprint.response(204)
def retire_zone(zone_id):
    """Use a zone no more."""
    zones.retire_zone(session, zone_id, current.actor, clock())
    session.commit()
