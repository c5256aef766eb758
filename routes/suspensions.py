"""Bays that are closed to parking for a while."""

from sqlalchemy import select

from enforcement import queries
from enforcement.adapters.tables import SuspensionRow
from enforcement.places import suspensions

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.base import PageQuery, page_of

blueprint = Blueprint("suspensions", __name__, description="Bays that are closed for a while")


@blueprint.get("/suspensions")
@reads_places
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(schemas.SuspensionOut))
def list_suspensions(query):
    """Suspensions, the newest first."""
    ours = select(SuspensionRow).where(SuspensionRow.authority_id == current.authority_id)
    rows, following = queries.page(session, ours, SuspensionRow.id, **query)
    return {"items": [row for (row,) in rows], "next": following}


@blueprint.post("/suspensions")
@writes_places
@blueprint.arguments(schemas.SuspensionIn)
@blueprint.response(201, schemas.SuspensionOut)
def add_suspension(body):
    """Close a bay to parking for a while."""
    row = suspensions.suspend(session, **body, now=clock())
    session.commit()
    return row


@blueprint.delete("/suspensions/<uuid:suspension_id>")
@writes_places
@blueprint.response(204)
def cancel_suspension(suspension_id):
    """The suspension holds no more."""
    suspensions.cancel_suspension(session, suspension_id, clock())
    session.commit()
