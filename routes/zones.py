"""Zones, as supervisors draw them."""

from typing import Any

from flask import Response, json

from enforcement import queries
from enforcement.adapters.tables import Zone
from enforcement.domain.zones import LEAST_M2, MOST_CORNERS
from enforcement.places import drawing, known, splitting, zone_files, zones
from enforcement.places.zones import Drawn

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .maps import tiles
from .schemas import zones as schemas

blueprint = Blueprint("zones", __name__, description="The areas that officers patrol")


@blueprint.get("/zones")
@reads_places
@blueprint.response(200, schemas.ZoneList)
def list_zones():
    """The zones in use."""
    return {"items": queries.zones(session, clock())}


@blueprint.post("/zones")
@writes_places
@blueprint.arguments(schemas.ZoneIn)
@blueprint.response(201, schemas.ZoneOut)
def add_zone(body):
    """Draw a zone."""
    zone = zones.add_zone(session, _drawn(body), current.actor, clock())
    session.commit()
    return _shown(zone)


@blueprint.get("/zones/<uuid:zone_id>")
@reads_places
@blueprint.response(200, schemas.ZoneOut)
def show_zone(zone_id):
    """One zone."""
    return _shown(known.get(session, Zone, zone_id, "zone"))


@blueprint.put("/zones/<uuid:zone_id>")
@writes_places
@blueprint.arguments(schemas.ZoneChange)
@blueprint.response(200, schemas.ZoneOut)
def redraw_zone(body, zone_id):
    """Redraw a zone; of two who do it at once, the second is told."""
    version = body.pop("version")
    zone = zones.redraw_zone(session, zone_id, version, _drawn(body), current.actor, clock())
    session.commit()
    return _shown(zone)


@blueprint.post("/zones/<uuid:zone_id>/split")
@writes_places
@blueprint.arguments(schemas.ZoneParts)
@blueprint.response(200, schemas.ZoneList)
def split_zone(body, zone_id):
    """Make two zones of one; the shifts that have it have both from then on."""
    first, second = (_drawn(part, f"/parts/{place}") for place, part in enumerate(body["parts"]))
    parts = first, second
    made = splitting.split_zone(session, zone_id, body["version"], parts, current.actor, clock())
    session.commit()
    return {"items": [_shown(zone) for zone in made]}


@blueprint.delete("/zones/<uuid:zone_id>")
@writes_places
@blueprint.response(204)
def retire_zone(zone_id):
    """Use a zone no more."""
    zones.retire_zone(session, zone_id, current.actor, clock())
    session.commit()


@blueprint.post("/zones/<uuid:zone_id>/restore")
@writes_places
@blueprint.response(200, schemas.ZoneOut)
def restore_zone(zone_id):
    """Use a zone again that was retired."""
    zone = zones.restore_zone(session, zone_id, current.actor, clock())
    session.commit()
    return _shown(zone)


@blueprint.get("/zones/ground")
@writes_places
@blueprint.response(200, schemas.Ground)
def show_ground():
    """What somebody draws upon: every bay in use, in short, the streets, and how much may be drawn."""
    limits = {"most_corners": MOST_CORNERS, "least_m2": LEAST_M2}
    document = {"limits": limits, "tiles": tiles(), **drawing.ground(session)}
    return Response(json.dumps(document, separators=(",", ":")), mimetype="application/json")


@blueprint.get("/export/zones")
@reads_places
@blueprint.response(200, schemas.ZoneFile, content_type="application/geo+json")
def export_zones():
    """The zones in use as a GeoJSON file that `/import/zones` takes again."""
    document = json.dumps(zone_files.exported(session, clock()), indent=1)
    response = Response(document, mimetype="application/geo+json")
    response.headers["Content-Disposition"] = 'attachment; filename="zones.geojson"'
    return response


def _drawn(body: dict[str, Any], pointer: str = "") -> Drawn:
    return Drawn(**{**body, "outline": zones.outline_from(body["outline"], f"{pointer}/outline")})


def _shown(zone: Zone) -> dict[str, Any]:
    [shown] = queries.zones(session, clock(), ids=[zone.id])
    return shown
