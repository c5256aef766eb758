"""Bays, and what they allow."""

from sqlalchemy import select

from enforcement import queries
from enforcement.adapters.tables import Bay, RestrictionRow
from enforcement.domain.refusals import Invalid, about
from enforcement.pipeline.rules import rules_of
from enforcement.places import bays, known, restrictions

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.base import page_of

blueprint = Blueprint("bays", __name__, description="Bays, and what they allow")


@blueprint.get("/bays")
@reads_places
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
@writes_places
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
@reads_places
@blueprint.response(200, schemas.BayOut)
def show_bay(bay_id):
    """One bay."""
    return queries.bay(session, bay_id, clock())


@blueprint.patch("/bays/<uuid:bay_id>")
@writes_places
@blueprint.arguments(schemas.BayChange)
@blueprint.response(200, schemas.BayOut)
def change_bay(body, bay_id):
    """Rename, move or pause a bay; `paused_why` null puts it back into use."""
    bay = known.get(session, Bay, bay_id, "bay")
    bays.change_bay(session, bay, body, clock())
    session.commit()
    return queries.bay(session, bay_id, clock())


@blueprint.delete("/bays/<uuid:bay_id>")
@writes_places
@blueprint.response(204)
def retire_bay(bay_id):
    """The bay is gone from the street; its history stays."""
    bays.retire_bay(session, known.get(session, Bay, bay_id, "bay"), clock())
    session.commit()


@blueprint.post("/bays/<uuid:bay_id>/restrictions")
@writes_places
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
