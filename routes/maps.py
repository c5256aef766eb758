"""The map that phones draw by themselves: shapes, which they keep, and what goes on in the bays now."""

from collections.abc import Collection
from uuid import UUID

from flask import Response, current_app, json, request

from enforcement import queries
from enforcement.places import drawing, marking, streets

from .auth import clock, current, signed_in, writes_places
from .bodies import Blueprint
from .database import session
from .schemas.maps import BayMarks, MapOut, MapQuery
from .schemas.places import ImportedOut, StreetsQuery

blueprint = Blueprint("maps", __name__, description="The map as GeoJSON, drawn from our own places")


@blueprint.get("/map")
@signed_in
@blueprint.arguments(MapQuery, location="query")
@blueprint.response(200, MapOut)
@blueprint.alt_response(304, description="It is as it was under the tag that `If-None-Match` gives")
def show_map(query):
    """Zones, the streets around and the bays; for an officer, of the shift that they are on, or the next one.

    It changes seldom: keep it with its `ETag`, and ask again with `If-None-Match`.
    """
    found = drawing.features(session, _zones(query), clock())
    document = {"type": "FeatureCollection", "tiles": _tiles(), "features": found}
    response = Response(json.dumps(document, separators=(",", ":")), mimetype="application/json")
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/map/states")
@signed_in
@blueprint.arguments(MapQuery, location="query")
@blueprint.response(200, BayMarks)
def show_states(query):
    """What goes on in the bays of the map now. Over and lawful: there is work to do at the car in the bay."""
    now = clock()
    return {"at": now, "items": marking.marks(session, _zones(query), now)}


def _tiles() -> dict | None:
    settings = current_app.extensions["openpatrol"].settings
    return {"url": settings.map_tiles, "credit": settings.map_tiles_credit} if settings.map_tiles else None


def _zones(query: dict) -> Collection[UUID] | None:
    """The zones to show; None is all of them."""
    wanted: list[UUID] | None = query["zones"]
    if not current.is_a("officer"):
        return wanted
    shift = queries.shift_of(session, current.person.id, clock())
    theirs = {zone["id"] for zone in shift["zones"]} if shift else set()
    return theirs if wanted is None else theirs.intersection(wanted)


@blueprint.post("/import/streets")
@writes_places
@blueprint.arguments(StreetsQuery, location="query")
@blueprint.response(200, ImportedOut)
def import_streets(query):
    """A GeoJSON FeatureCollection of streets; the body is the file, and replaces the list of that name."""
    result = streets.replace(
        session, query["name"], request.get_data(), current.actor, clock(), strict=query["strict"]
    )
    session.commit()
    return result
