"""What bays may allow."""

from enforcement import queries
from enforcement.pipeline.rules import rules_of
from enforcement.places import restrictions
from enforcement.places.weeks_ahead import weeks_ahead

from .auth import clock, current, reads_places, supervisor, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.hours import HoursOut, HoursQuery

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
    calendar = rules_of(session, clock()).calendar
    row = restrictions.restriction(session, body, calendar, clock(), current.actor)
    session.commit()
    return row


@blueprint.get("/hours")
@supervisor
@blueprint.arguments(HoursQuery, location="query")
@blueprint.response(200, HoursOut)
def show_hours(query):
    """What written hours come to from today on, day by day, with the authority's holidays and event days; nothing is
    kept."""
    return {"items": weeks_ahead(session, query["hours"], query["days"], clock())}
