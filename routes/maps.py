"""The map that phones draw by themselves: shapes, which they keep, and what goes on in the bays now."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from flask import Response, current_app, request

from enforcement import queries
from enforcement.places import drawing, marking, streets

from .auth import clock, current, open_to, writes_places
from .bodies import Blueprint
from .database import session
from .schemas.maps import BayMarks, MapOut, MapQuery, StatesQuery
from .schemas.places import ImportedOut, StreetsQuery

looks = open_to("officer", "supervisor", "administrator", scope="board:read")

blueprint = Blueprint("maps", __name__, description="The map as GeoJSON, drawn from our own places")


@blueprint.get("/map")
@looks
@blueprint.arguments(MapQuery, location="query")
@blueprint.response(200, MapOut)
@blueprint.alt_response(304, description="It is as it was under the tag that `If-None-Match` gives")
def show_map(query):
    """Zones, the streets around and the bays; for an officer, of the shift that they are on, or the next one.

    It changes seldom: keep it with its `ETag`, and ask again with `If-None-Match`.
    """
    found = drawing.features(session, _zones(query), clock())
    response = _written({"type": "FeatureCollection", "tiles": tiles(), "features": found})
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/map/states")
@looks
@blueprint.arguments(StatesQuery, location="query")
@blueprint.response(200, BayMarks)
def show_states(query):
    """What goes on in the bays of the map now. Over and lawful: there is work to do at the car in the bay."""
    now = clock()
    return _written({"at": now, "items": marking.marks(session, _zones(query), now, query["bays"])})


def _written(document: dict) -> Response:
    """As it is: a schema looks at each bay by itself, and there may be 20,000."""
    return Response(msgspec.json.encode(document), mimetype="application/json")


def tiles() -> dict | None:
    """What may be laid under a map, if anything."""
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
