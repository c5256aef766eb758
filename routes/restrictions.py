"""What bays may allow."""

from enforcement import queries
from enforcement.pipeline.rules import rules_of
from enforcement.places import restrictions

from .auth import clock, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas

blueprint = Blueprint("restrictions", __name__, description="What bays may allow")


@blueprint.get("/restrictions")
@reads_places
@blueprint.response(200, schemas.RestrictionList)
def list_restrictions():
    """Everything that bays may allow."""
    return {"items": queries.restriction_rows(session)}


@blueprint.post("/restrictions")
@writes_places
@blueprint.arguments(schemas.RestrictionIn)
@blueprint.response(201, schemas.RestrictionOut)
def add_restriction(body):
    """A restriction that bays can be given; the one there is already, if its content is the same."""
    row = restrictions.restriction(session, body, rules_of(session, clock()).calendar, clock())
    session.commit()
    return row
